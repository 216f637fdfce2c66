/** Whether a container will find its files: looked at from outside, where links that lead anywhere else tell nothing. */
import { isKind } from '../../shared/errors'
import type { ContainerLook, ContainerSource } from '../../shared/model/new-vm/container'
import type { HostFile, HostFolder } from '../../shared/model/storage/image'

type ReadFolder = (path: string) => Promise<HostFolder>

/** Ends with an error only where the host cannot be asked. */
export async function lookAtContainer(
  { root = '/', init }: ContainerSource,
  folder: ReadFolder,
): Promise<ContainerLook> {
  const found = await look(root, folder)
  if (typeof found === 'string') return { root: found }
  const { files } = found
  if (files.length === 0 && !found.isTruncated) return { root: 'empty' }
  const first = await lookAtInit(root, init, found, folder)
  return { root: 'filled', ...(first === undefined ? {} : { init: first }) }
}

/** Undefined where it cannot be told. */
async function lookAtInit(
  root: string,
  init: string,
  top: HostFolder,
  folder: ReadFolder,
): Promise<ContainerLook['init']> {
  const names = init.split('/').filter((name) => name !== '' && name !== '.')
  const last = names.pop()
  if (last === undefined) return 'folder'
  let [path, at] = [root, top]
  for (const name of names) {
    const entry = entryOf(at, name)
    if (typeof entry === 'string') return entry === 'missing' ? entry : undefined
    // a link is followed from the container's root, which only the container can
    if (entry.isLink) return undefined
    if (!entry.isFolder) return 'missing'
    path = `${path.replace(/\/$/, '')}/${name}`
    const next = await look(path, folder)
    if (typeof next === 'string') return next === 'missing' ? next : undefined
    at = next
  }
  const entry = entryOf(at, last)
  if (typeof entry === 'string') return entry === 'missing' ? entry : undefined
  if (entry.isLink) return undefined
  if (entry.isFolder) return 'folder'
  return entry.isExecutable === false ? 'not-executable' : 'there'
}

function entryOf({ files, isTruncated }: HostFolder, name: string): HostFile | 'missing' | 'unknown' {
  return files.find((file) => file.name === name) ?? (isTruncated ? 'unknown' : 'missing')
}

async function look(path: string, folder: ReadFolder): Promise<HostFolder | 'missing' | 'no-folder'> {
  try {
    return await folder(path)
  } catch (error) {
    if (isKind(error, 'not-found')) return 'missing'
    if (isKind(error, 'invalid')) return 'no-folder'
    throw error
  }
}
