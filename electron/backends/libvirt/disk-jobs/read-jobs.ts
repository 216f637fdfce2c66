/** Jobs on the disks of a running domain (https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainGetBlockJobInfo). */
import type { DiskJob, DiskJobKind } from '../../../../shared/model/disk-jobs/disk-job'
import type { VmId } from '../../../../shared/model/ids'
import {
  hyperNumber,
  RpcError,
  virDomainBlockJobInfoFlags as infoFlags,
  virDomainBlockJobType as types,
} from '../../../libvirt-rpc/index'
import type { XmlElement } from '../../../domain-xml/document'
import { domainOf } from '../domain-handle'
import { domainDocument, readTimeoutMs, type LibvirtHost } from '../host'
import { windowed } from '../../windowed'
import { layersOf } from './layers'

const width = 3

const kinds: Readonly<Record<number, DiskJobKind>> = {
  [types.VIR_DOMAIN_BLOCK_JOB_TYPE_PULL]: 'flatten',
  [types.VIR_DOMAIN_BLOCK_JOB_TYPE_COPY]: 'copy',
  [types.VIR_DOMAIN_BLOCK_JOB_TYPE_COMMIT]: 'merge',
  [types.VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT]: 'merge-top',
  [types.VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP]: 'backup',
}

export async function readJobs(host: LibvirtHost, vm: VmId): Promise<readonly DiskJob[]> {
  const domain = await domainDocument(host, vm)
  // only what runs has an id, and only that has jobs
  if (domain.attribute('id') === undefined) return []
  const disks = (domain.find('devices')?.children('disk') ?? []).filter((disk) => disk.find('source'))
  const found = await windowed(disks, width, (disk) => jobOf(host, vm, disk))
  return found.filter((job) => job !== undefined)
}

async function jobOf(host: LibvirtHost, vm: VmId, disk: XmlElement): Promise<DiskJob | undefined> {
  const target = disk.find('target')?.attribute('dev') ?? ''
  const info = await infoOf(host, vm, target)
  if (!info) return undefined
  const mirror = disk.find('mirror')
  const to = mirror && layersOf(mirror)[0]?.place
  const limit = hyperNumber(info.bandwidth)
  return {
    target,
    kind: kinds[info.type] ?? 'other',
    doneBytes: hyperNumber(info.cur),
    totalBytes: hyperNumber(info.end),
    ...(limit > 0 ? { limitBytesPerSecond: limit } : {}),
    // equal numbers do not mean it: the guest may have written since (https://libvirt.org/formatdomain.html, mirror)
    isReady: mirror?.attribute('ready') === 'yes',
    ...(to === undefined ? {} : { to }),
  }
}

async function infoOf(host: LibvirtHost, vm: VmId, path: string) {
  const flags = infoFlags.VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES
  try {
    const info = await host.rpc.call(
      'DOMAIN_GET_BLOCK_JOB_INFO',
      { dom: domainOf(vm, host.inventory.nameOf(vm)), path, flags },
      { timeoutMs: readTimeoutMs },
    )
    return info.found === 1 ? info : undefined
  } catch (error) {
    // stopped or unplugged meanwhile, or a kind of disk that has no jobs
    if (error instanceof RpcError) return undefined
    throw error
  }
}
