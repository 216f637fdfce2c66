import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * sun_path has 108 bytes on Linux and 104 elsewhere (unix(7)), and ssh first binds a name that is 17 longer than
 * the one it is told.
 */
const longestFolder = 104 - 17 - '/m'.length - 1

/** A folder that only this user may enter, with a short path, for sockets and pipes. */
export async function makePrivateFolder(): Promise<string> {
  const wanted = join(tmpdir(), 'ik-XXXXXX')
  const parent = Buffer.byteLength(wanted) <= longestFolder ? tmpdir() : '/tmp'
  const folder = await mkdtemp(join(parent, 'ik-'))
  // mkdtemp makes it so; a folder that is not would hand the connection to other users
  await chmod(folder, 0o700)
  return folder
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
