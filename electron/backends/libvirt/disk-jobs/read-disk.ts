/** One disk of a domain: its images, as it runs or as it is stored. */
import { AppError } from '../../../../shared/errors'
import type { DiskFacts } from '../../../../shared/model/disk-jobs/disk-job'
import type { VmId } from '../../../../shared/model/ids'
import { isActive } from '../../../../shared/model/vm'
import type { XmlElement } from '../../../domain-xml/document'
import { hyperNumber, RpcError } from '../../../libvirt-rpc/index'
import { domainOf } from '../domain-handle'
import { currentRecord, domainDocument, readTimeoutMs, type LibvirtHost } from '../host'
import { findVolume } from '../volumes'
import { layersOf, type NamedLayer } from './layers'

export async function readDisk(host: LibvirtHost, vm: VmId, target: string): Promise<DiskFacts> {
  const { state, isPersistent } = await currentRecord(host, vm)
  const disk = await diskElement(host, vm, target)
  const [layers, sizeBytes, snapshots] = await Promise.all([
    withPaths(host, layersOf(disk)),
    sizeOf(host, vm, target),
    snapshotNames(host, vm),
  ])
  return {
    target,
    device: disk.attribute('device') ?? 'disk',
    isRunning: isActive(state),
    isPersistent,
    isReadOnly: disk.find('readonly') !== undefined,
    layers: layers.map(({ place, isFile, format }) => ({
      place,
      isFile,
      ...(format === undefined ? {} : { format }),
    })),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    snapshots,
  }
}

export async function diskElement(host: LibvirtHost, vm: VmId, target: string): Promise<XmlElement> {
  const disks = (await domainDocument(host, vm)).find('devices')?.children('disk') ?? []
  const disk = disks.find((one) => one.find('target')?.attribute('dev') === target)
  if (disk) return disk
  throw new AppError('not-found', `The VM has no disk ${target}`, {
    cure: 'It was removed; look at its hardware again.',
  })
}

/** Disks that are named as a volume of a pool are files like any other, and are told as such. */
async function withPaths({ rpc }: LibvirtHost, layers: readonly NamedLayer[]): Promise<NamedLayer[]> {
  return Promise.all(
    layers.map(async (layer) => {
      if (layer.source.kind !== 'volume') return layer
      const volume = await findVolume(rpc, layer.source)
      return volume ? { ...layer, place: volume.path, isFile: volume.isFile } : layer
    }),
  )
}

async function sizeOf({ rpc, inventory }: LibvirtHost, vm: VmId, path: string): Promise<number | undefined> {
  try {
    const dom = domainOf(vm, inventory.nameOf(vm))
    const { capacity } = await rpc.call(
      'DOMAIN_GET_BLOCK_INFO',
      { dom, path, flags: 0 },
      { timeoutMs: readTimeoutMs },
    )
    return hyperNumber(capacity)
  } catch (error) {
    // an empty drive, or network storage that is asked for only while it is in use
    if (error instanceof RpcError) return undefined
    throw error
  }
}

async function snapshotNames({ rpc, inventory }: LibvirtHost, vm: VmId): Promise<string[]> {
  try {
    const dom = domainOf(vm, inventory.nameOf(vm))
    const args = { dom, need_results: 1, flags: 0 }
    const { snapshots } = await rpc.call('DOMAIN_LIST_ALL_SNAPSHOTS', args, { timeoutMs: readTimeoutMs })
    return snapshots.map(({ name }) => name)
  } catch (error) {
    // drivers without snapshots have none
    if (error instanceof RpcError) return []
    throw error
  }
}
