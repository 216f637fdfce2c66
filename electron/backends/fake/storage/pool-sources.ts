/** What the demo host and the servers around it have to make pools of. */
import { AppError } from '../../../../shared/errors'
import type { FoundSource } from '../../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import type { FakeStorage } from './model'
import { deadServer } from './pool-steps'

const exported = ['/exports/images', '/exports/isos']
const targets = ['iqn.2026-01.net.example:disks', 'iqn.2026-01.net.example:backup']
const glusterVolumes = ['images', 'isos']
const disks = ['/dev/disk/by-id/nvme-backup', '/dev/disk/by-id/nvme-spare']

export function demoSources(storage: FakeStorage, type: string, server?: string): FoundSource[] {
  const sources = poolTypeOf(type)?.sources
  if (sources === undefined)
    throw new AppError('unsupported', 'The host cannot look for what a pool of this kind is made of')
  const usedBy = (source: string): string | undefined =>
    [...storage.pools.values()].find((pool) => pool.type === type && pool.source === source)?.name
  const found = (label: string, values: FoundSource['values'], source: string): FoundSource => {
    const user = usedBy(source)
    return { label, values, ...(user === undefined ? {} : { usedBy: user }) }
  }
  if (sources === 'server') {
    if (server === undefined || server === '')
      throw new AppError('invalid', 'Enter the server to ask', { field: 'server' })
    if (server === deadServer) {
      throw new AppError('invalid', `${server} does not answer the host`, {
        cure: 'Check that the server is up and that the host reaches it.',
        field: 'server',
        detail: `clnt_create: RPC: Timed out`,
      })
    }
  }
  const at = server ?? ''
  switch (type) {
    case 'netfs':
      return exported.map((path) =>
        found(path, { server: at, exportPath: path, share: 'nfs' }, `${at}:${path}`),
      )
    case 'iscsi':
    case 'iscsi-direct':
      return targets.map((target) => found(target, { server: at, target }, `${at} ${target}`))
    case 'gluster':
      return glusterVolumes.map((volume) =>
        found(volume, { server: at, glusterVolume: volume }, `${at}:/${volume}`),
      )
    case 'logical':
      return ['vg0', 'vg1'].map((group) => found(group, { volumeGroup: group }, group))
    case 'scsi':
      return [found('scsi_host0', { adapterType: 'scsi_host', adapterName: 'scsi_host0' }, 'scsi_host0')]
    default:
      return disks.map((device) => found(device, { device }, device))
  }
}
