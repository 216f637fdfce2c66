/**
 * The user's own public SSH keys on this computer, to be put into new VMs. Of ~/.ssh nothing else is read: names end in
 * ".pub", and what is no public key inside of such a file is not handed on.
 */
import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isPublicKey } from '../../shared/model/new-vm/cloud'
import type { PublicKey } from '../../shared/model/new-vm/public-key'

const maxFiles = 64
const maxBytes = 16_384

export async function publicKeys(folder = join(homedir(), '.ssh')): Promise<readonly PublicKey[]> {
  const names = await readdir(folder).catch(() => [])
  const wanted = names
    .filter((name) => name.endsWith('.pub'))
    .toSorted()
    .slice(0, maxFiles)
  const found = await Promise.all(wanted.map((name) => readKey(folder, name)))
  return found.filter((key) => key !== undefined)
}

async function readKey(folder: string, name: string): Promise<PublicKey | undefined> {
  try {
    // a pipe of that name would be waited for
    const file = await open(join(folder, name), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const found = await file.stat()
      if (!found.isFile() || found.size > maxBytes) return undefined
      const line = (await file.readFile('utf8')).trim()
      // certificates end in ".pub" as well, and let nobody in by themselves
      return isPublicKey(line) ? { name, line } : undefined
    } finally {
      await file.close()
    }
  } catch {
    // one that cannot be read is as good as none: the others are what is asked for
    return undefined
  }
}
