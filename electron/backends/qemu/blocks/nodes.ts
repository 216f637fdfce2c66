/** The images that a running guest has open, as QEMU tells them (qapi/block-core.json, query-named-block-nodes). */
import { AppError } from '../../../../shared/errors'
import { objectsIn, isObject, QmpError, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'
import { removeNodes } from '../hotplug/nodes'
import { isNodeOf } from './node-names'

export interface BlockNode {
  readonly name: string
  readonly driver: string
  readonly path: string
  readonly format: string
  readonly virtualBytes: number
  /** What it is built on, nearest first. */
  readonly below: readonly Image[]
}

export interface Image {
  readonly path: string
  readonly format: string
}

export interface OpenDisk {
  readonly top: BlockNode
  /** What the guest has: the same, or what stands before it, such as a limit. Jobs on all of a disk are begun on this one. */
  readonly root: string
  /** By path, as far as a name leads to it without doubt: another disk may have the same base. */
  nodeOf(path: string): string | undefined
}

/** These read files for the layer of a format above them, or change what passes. */
const noFormats = new Set([
  ...['file', 'host_device', 'host_cdrom', 'nbd', 'iscsi', 'rbd', 'http', 'https', 'ftp', 'ftps', 'ssh'],
  ...['gluster', 'nfs', 'nvme', 'throttle', 'copy-on-read', 'commit_top', 'mirror_top', 'copy-before-write'],
])

export async function openNodes(guest: Guest): Promise<readonly BlockNode[]> {
  return objectsIn(await guest.execute('query-named-block-nodes')).flatMap((node) => {
    const { image } = node
    const [name, driver, path] = [node['node-name'], node['drv'], node['file']]
    if (typeof name !== 'string' || typeof driver !== 'string' || typeof path !== 'string') return []
    if (!isObject(image) || noFormats.has(driver)) return []
    const { 'virtual-size': size } = image
    return [
      {
        name,
        driver,
        path,
        format: driver,
        virtualBytes: typeof size === 'number' ? size : 0,
        below: imagesBelow(image),
      },
    ]
  })
}

function imagesBelow(image: JsonObject): Image[] {
  const { 'backing-image': below } = image
  if (!isObject(below)) return []
  const { filename: path, format } = below
  return [
    ...(typeof path === 'string' && typeof format === 'string' ? [{ path, format }] : []),
    ...imagesBelow(below),
  ]
}

/** Of a disk whose image is `path` by the definition that runs. */
export async function openDisk(guest: Guest, target: string, path: string): Promise<OpenDisk> {
  const nodes = await openNodes(guest)
  const own = nodes.filter((node) => node.path === path)
  const top = own.find(({ name }) => isNodeOf(target, name)) ?? (own.length === 1 ? own[0] : undefined)
  if (!top)
    throw new AppError('busy', `QEMU does not have ${path} open as ${target}`, {
      cure: 'Something else has changed the disks of the running VM. Shut it down and start it again.',
      detail: nodes.map((node) => `${node.name}: ${node.path}`).join('\n'),
    })
  const roots = objectsIn(await guest.execute('query-block')).flatMap(({ inserted }) =>
    isObject(inserted) ? (inserted['node-name'] ?? []) : [],
  )
  const root = roots.find((name) => typeof name === 'string' && isNodeOf(target, name))
  return {
    top,
    root: typeof root === 'string' ? root : top.name,
    nodeOf: (wanted) => {
      if (wanted === path) return top.name
      const found = nodes.filter((node) => node.path === wanted)
      const named = found.filter(({ name }) => isNodeOf(target, name))
      const one = named.length > 0 ? named : found
      return one.length === 1 ? one[0]?.name : undefined
    },
  }
}

/** After images have left a disk: a node that QEMU was told to open stays open until it is told otherwise. */
export async function closeUnused(guest: Guest, target: string, path: string): Promise<void> {
  const nodes = await openNodes(guest)
  const top = nodes.find((node) => node.path === path)
  const used = new Set([path, ...(top?.below ?? []).map((image) => image.path)])
  const unused = new Set(nodes.flatMap((node) => (used.has(node.path) ? [] : [node.name])))
  await removeNodes(guest, target, (name) => unused.has(name))
}

/** False where something has it: a job, or a node above it. */
export async function isClosed(guest: Guest, name: string): Promise<boolean> {
  try {
    await guest.execute('blockdev-del', { 'node-name': name })
    return true
  } catch (error) {
    if (error instanceof QmpError) return false
    throw error
  }
}
