/**
 * Moments since which changes are remembered: written down in the VM's folder as libvirt does, and kept in the images as bitmaps of
 * the same name. Each is of all that changed since its moment, so that one can go without a trace in the others.
 */
import { AppError } from '../../../../shared/errors'
import type { BackupRequest, Checkpoint } from '../../../../shared/model/backups/backup'
import type { VmId } from '../../../../shared/model/ids'
import { checkpointXml } from '../../../domain-xml/backups/backup-xml'
import { parseXml } from '../../../domain-xml/document'
import { EditDocument, EditElement } from '../../../domain-xml/edit/tree'
import { objectsIn, QmpError } from '../../../qmp/index'
import { readChain, readImage } from '../../images/chain'
import type { Guest } from '../guest'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { diskPathsOf } from '../blocks/definitions'
import type { Store } from '../store/store'
import { folderOf } from '../store/names'

export const checkpointFolder = 'checkpoints'

export async function keptCheckpoints(store: Store, folder: string): Promise<Checkpoint[]> {
  const texts = await store.readKept(checkpointFolder, [folder])
  return [...texts.values()].flatMap((xml) => readOne(xml)).toSorted((one, other) => one.atMs - other.atMs)
}

function readOne(xml: string): Checkpoint[] {
  try {
    const { root } = parseXml(xml, 'a checkpoint')
    const [name, parent] = [root.textOf('name'), root.textOf('parent', 'name')]
    const atMs = Number(root.textOf('creationTime') ?? 0) * 1000
    return name === undefined ? [] : [{ name, atMs, ...(parent === undefined ? {} : { parent }) }]
  } catch (error) {
    // anybody may put files there
    if (error instanceof AppError) return []
    throw error
  }
}

/** Of a guest that runs only those whose bitmaps are in the images that are written to: after a disk went elsewhere they are not. */
export async function usableCheckpoints(host: QemuHost, entry: VmEntry): Promise<Checkpoint[]> {
  const { folder, guest } = entry
  if (folder === undefined) return []
  const kept = await keptCheckpoints(host.store, folder)
  if (!guest || kept.length === 0) return kept
  const paths = new Set(diskPathsOf(entry).map(({ path }) => path))
  const known = new Set(
    (await readBitmaps(guest)).flatMap(({ path, name, isLost }) =>
      paths.has(path) && !isLost ? [name] : [],
    ),
  )
  return kept.filter(({ name }) => known.has(name))
}

export interface Bitmap {
  readonly node: string
  readonly path: string
  readonly name: string
  /** QEMU had no time to write it before it ended, and it tells nothing. */
  readonly isLost: boolean
}

export async function readBitmaps(guest: Guest): Promise<Bitmap[]> {
  return objectsIn(await guest.execute('query-named-block-nodes')).flatMap((node) => {
    const [own, path, bitmaps] = [node['node-name'], node['file'], node['dirty-bitmaps']]
    if (typeof own !== 'string' || typeof path !== 'string' || bitmaps === undefined) return []
    return objectsIn(bitmaps).flatMap(({ name, inconsistent }) =>
      typeof name === 'string' ? [{ node: own, path, name, isLost: inconsistent === true }] : [],
    )
  })
}

export async function keepCheckpoint(
  store: Store,
  folder: string,
  name: string,
  request: BackupRequest,
): Promise<void> {
  const parent = (await keptCheckpoints(store, folder)).at(-1)?.name
  const document = EditDocument.parse(
    checkpointXml(
      name,
      request,
      request.disks.map(({ target }) => target),
    ),
  )
  const { root } = document
  const text = (into: EditElement, element: string, value: string): void =>
    into.insert(new EditElement(element), into.find('name')).setText(value)
  text(root, 'creationTime', String(Math.floor(Date.now() / 1000)))
  if (parent !== undefined) text(root.insert(new EditElement('parent'), root.find('name')), 'name', parent)
  await store.writeKept(folder, checkpointFolder, `${folderOf(name)}.xml`, `${document.toString()}\n`)
}

export async function deleteCheckpoint(host: QemuHost, id: VmId, name: string): Promise<void> {
  const entry = await host.inventory.find(id)
  if (entry.folder === undefined) return
  if (entry.guest) await dropFromGuest(entry.guest, (bitmap) => bitmap.name === name)
  else if (!entry.run) await dropFromFiles(host, await imagesOf(host, entry), (bitmap) => bitmap === name)
  await host.store.removeFiles(entry.folder, `${checkpointFolder}/${folderOf(name)}.xml`)
}

/**
 * Before disks get other contents at once: nothing is known of what changes then, and QEMU does not go back to a snapshot in an
 * image that has bitmaps at all, whoever made them.
 */
export async function forgetChanges(host: QemuHost, id: VmId, paths: readonly string[]): Promise<void> {
  const entry = await host.inventory.find(id)
  if (entry.guest) await dropFromGuest(entry.guest, ({ path }) => paths.includes(path))
  else await dropFromFiles(host, paths, () => true)
  if (entry.folder !== undefined) await host.store.removeFiles(entry.folder, checkpointFolder)
}

async function dropFromGuest(guest: Guest, isMeant: (bitmap: Bitmap) => boolean): Promise<void> {
  for (const bitmap of await readBitmaps(guest)) {
    if (!isMeant(bitmap)) continue
    const { node, name } = bitmap
    try {
      await guest.execute('block-dirty-bitmap-remove', { node, name })
    } catch (error) {
      // an image below that is only read keeps it, and nobody asks for it any more
      if (!(error instanceof QmpError)) throw error
    }
  }
}

/** qemu-img knows bitmaps since QEMU 5.1; what is left in an image takes a few kilobytes and harms nobody. */
async function dropFromFiles(
  { commands }: QemuHost,
  paths: readonly string[],
  isMeant: (name: string) => boolean,
): Promise<void> {
  for (const path of paths)
    for (const name of (await readImage(commands, path)).bitmaps)
      if (isMeant(name)) await commands.run(['qemu-img', 'bitmap', '--remove', path, name])
}

async function imagesOf({ commands }: QemuHost, entry: VmEntry): Promise<string[]> {
  const found = new Set<string>()
  for (const { path, format } of diskPathsOf(entry)) {
    if (format !== 'qcow2') continue
    const images = await readChain(commands, path).then(
      (chain) => chain.images,
      () => [],
    )
    for (const image of images) if (image.format === 'qcow2') found.add(image.path)
  }
  return [...found]
}
