/** What does the same with volumes in a shell. `virsh` turns words into a command with its connection. */
import { hereDocument } from '../here-document'
import { cloneXml } from './volume-document'

type Virsh = (words: readonly string[]) => string

export interface ShellCopy {
  readonly pool: string
  readonly volume: string
  readonly toPool: string
  readonly name: string
  readonly format?: string | undefined
  readonly capacityBytes: number
}

/** Into a pool of files. */
export function copyCommand(virsh: Virsh, copy: ShellCopy): string {
  const { pool, volume, toPool, name, format, capacityBytes } = copy
  return hereDocument(
    virsh(['vol-create-from', '--pool', toPool, '--vol', volume, '--inputpool', pool, '--file']),
    cloneXml('dir', { capacityBytes, encryption: undefined }, { name, format }),
  )
}

/** An empty qcow2 image. */
export function emptyImageCommand(
  virsh: Virsh,
  pool: string,
  image: { readonly volume: string; readonly sizeBytes: number; readonly backingPath?: string | undefined },
): string {
  const { volume, sizeBytes, backingPath } = image
  return virsh([
    ...['vol-create-as', pool, volume, String(sizeBytes), '--format', 'qcow2', '--allocation', '0'],
    ...(backingPath === undefined ? [] : ['--backing-vol', backingPath, '--backing-vol-format', 'qcow2']),
  ])
}
