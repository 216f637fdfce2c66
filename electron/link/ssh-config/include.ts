import { readdir } from 'node:fs/promises'
import { isAbsolute, join, parse, sep } from 'node:path'
import { globExpression } from './pattern'

/**
 * The files an Include names, in the order of glob(3). Relative names stand below ~/.ssh in a user's file and below
 * /etc/ssh in the system's (ssh_config(5), Include).
 */
export async function includedFiles(pattern: string, base: string, home: string): Promise<string[]> {
  const full = pattern.startsWith('~/')
    ? join(home, pattern.slice(2))
    : isAbsolute(pattern)
      ? pattern
      : join(base, pattern)
  const { root } = parse(full)
  let found = [root]
  for (const part of full.slice(root.length).split(sep === '\\' ? /[\\/]/ : '/')) {
    if (part === '') continue
    const isPattern = /[*?]/.test(part)
    const lists = found.map(async (directory) =>
      isPattern ? matching(directory, part) : [join(directory, part)],
    )
    found = (await Promise.all(lists)).flat()
  }
  return found
}

async function matching(directory: string, part: string): Promise<string[]> {
  const expression = globExpression(part)
  const names = await readdir(directory).catch(() => [])
  const wanted = names.filter(
    (name) => expression.test(name) && (part.startsWith('.') || !name.startsWith('.')),
  )
  return wanted.sort().map((name) => join(directory, name))
}
