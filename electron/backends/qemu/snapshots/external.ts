/** Snapshots in files of their own: each disk goes on in an overlay, and what it was stays below. */
import { AppError } from '../../../../shared/errors'
import { isObject, type JsonObject } from '../../../qmp/index'
import type { ActionContext } from '../../backend'
import type { HostCommands } from '../../images/host-commands'
import { readImage } from '../../images/chain'
import { toolError } from '../../images/tool-errors'
import { moved, moveDisks, type DiskMove } from '../blocks/definitions'
import { newTail, nodeNameOf } from '../blocks/job-ids'
import { openDisk } from '../blocks/nodes'
import { plannedNode } from '../blocks/planned-node'
import type { Guest } from '../guest'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { untilWritten, writing } from '../memory'
import { setPlain } from '../migration/settings'
import { storedOf } from './read'

export interface OuterDisk {
  readonly target: string
  readonly path: string
  readonly format: string
  readonly overlay: string
}

/** As libvirt calls the new file: what stands after the last dot of the old one's name gives way to the snapshot's. */
export function overlayOf(path: string, snapshot: string): string {
  const at = path.lastIndexOf('/') + 1
  const [folder, name] = [path.slice(0, at), path.slice(at)]
  const dot = name.lastIndexOf('.')
  return `${folder}${dot > 0 ? name.slice(0, dot) : name}.${snapshot}`
}

/** Returns those that were made. What is there already is nobody's to write over. */
export async function makeOverlays(
  commands: HostCommands,
  disks: readonly OuterDisk[],
  reuse: boolean,
): Promise<string[]> {
  const made: string[] = []
  try {
    for (const { path, format, overlay } of disks) {
      const isThere = (await commands.run(['test', '-e', overlay])).code === 0
      if (reuse && isThere) continue
      if (isThere)
        throw new AppError('already-exists', `${overlay} is there already`, {
          cure: 'Choose another name for the snapshot, or another file; or say that the files are to be used as they are.',
          field: 'disks',
        })
      const { info } = await readImage(commands, path, format)
      const words = ['-u', '-f', 'qcow2', '-F', format, '-b', path, overlay, String(info.virtualSizeBytes)]
      const { code, stderr } = await commands.run(['qemu-img', 'create', '-q', ...words])
      if (code !== 0) throw toolError('qemu-img', { code, stderr })
      made.push(overlay)
    }
  } catch (error) {
    await removeAll(commands, made)
    throw error
  }
  return made
}

export async function removeAll(commands: HostCommands, paths: readonly string[]): Promise<void> {
  if (paths.length > 0) await commands.run(['rm', '-f', '--', ...paths]).catch(() => undefined)
}

export const movesOf = (disks: readonly OuterDisk[]): DiskMove[] =>
  disks.map(({ target, path, overlay }) => ({ target, from: path, to: overlay, format: 'qcow2' }))

/** All disks in one moment, which `taken` is told of. */
export async function switchDisks(
  host: QemuHost,
  guest: Guest,
  entry: VmEntry,
  disks: readonly OuterDisk[],
  taken: () => void,
): Promise<void> {
  const { folder } = storedOf(entry)
  const definition = moved(entry.running ?? '', movesOf(disks))
  const added: string[] = []
  try {
    const actions: JsonObject[] = []
    for (const { target, path } of disks) {
      const { top } = await openDisk(guest, target, path)
      const nodeName = nodeNameOf(target, newTail())
      const node = await plannedNode(host, { id: entry.id, definition, folder, target, nodeName })
      await guest.execute('blockdev-add', { ...node, backing: null })
      added.push(nodeName)
      actions.push({ type: 'blockdev-snapshot', data: { node: top.name, overlay: nodeName } })
    }
    await guest.execute('transaction', { actions })
  } catch (error) {
    for (const name of added)
      await guest.execute('blockdev-del', { 'node-name': name }).catch(() => undefined)
    throw error
  }
  taken()
  await moveDisks(host, entry.id, movesOf(disks))
}

/**
 * The guest's memory goes into a file, and its disks are what they were in the same moment: it stands still from the end of
 * the one to the end of the other, and all of the time unless it is `live`.
 */
export async function withMemory(
  { store }: QemuHost,
  guest: Guest,
  { file, folder, live }: { readonly file: string; readonly folder: string; readonly live: boolean },
  context: ActionContext,
  disks: () => Promise<void>,
  isTaken: () => boolean,
): Promise<void> {
  const written = `${store.vmFolder(folder)}/memory.part`
  const wasRunning = guest.state.state === 'running'
  if (wasRunning && !live) await guest.execute('stop')
  try {
    await setPlain(guest)
    await guest.execute('migrate', { uri: writing })
    await untilWritten(guest, context)
    await store.command(['mv', '--', written, file])
    try {
      await disks()
    } catch (error) {
      if (!isTaken()) await store.command(['rm', '-f', '--', file])
      throw error
    }
  } finally {
    await store.removeFiles(folder, 'memory.part').catch(() => undefined)
    if (wasRunning && guest.isOpen) await goOn(guest)
  }
}

/** It may go on by itself already where the writing was given up. */
async function goOn(guest: Guest): Promise<void> {
  const answer = await guest.execute('query-status')
  if (!isObject(answer) || answer['running'] !== true) await guest.execute('cont')
}
