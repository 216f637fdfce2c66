import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { configLines } from '../link/ssh-config/lines'
import { includedFiles } from '../link/ssh-config/include'

/** Bounds on what somebody else wrote: no real file comes near. */
const maxBytes = 1_000_000
const maxFiles = 64
const maxNames = 2000

/**
 * The names a user can ssh to by their ~/.ssh/config: those of Host lines without wildcards, in the order they stand.
 * The rest of the settings is left to ssh, as the name alone leads to them. Nothing is run and nothing is guessed:
 * a Host that serves something else than ssh logins is the user's to leave out.
 */
export async function sshConfigHosts(home: string): Promise<string[]> {
  const names = new Set<string>()
  const seen = new Set<string>()
  const read = async (file: string): Promise<void> => {
    if (seen.has(file) || seen.size >= maxFiles) return
    seen.add(file)
    const text = await readBounded(file)
    if (text === undefined) return
    for (const { keyword, words } of configLines(text, () => undefined)) {
      if (keyword === 'host') words.filter(isPlainName).forEach((name) => names.add(name))
      if (keyword !== 'include') continue
      for (const pattern of words) {
        for (const included of await includedFiles(pattern, dirname(file), home)) await read(included)
      }
    }
  }
  await read(join(home, '.ssh', 'config'))
  return [...names].slice(0, maxNames)
}

/** A name that can stand in a URI as it is; patterns and negations name no host. */
function isPlainName(word: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(word)
}

async function readBounded(file: string): Promise<string | undefined> {
  const facts = await stat(file).catch(() => undefined)
  if (!facts?.isFile() || facts.size > maxBytes) return undefined
  return readFile(file, 'utf8').catch(() => undefined)
}
