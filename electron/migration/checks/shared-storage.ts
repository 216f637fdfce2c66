/** What the storage of a VM's disks needs while both hosts have them open, and neither of them tells. */
import type { MoveCheck } from '../../../shared/model/migration/move'
import { sharedStorageOf, type SharedStorage } from '../../../shared/model/migration/shared-storage'
import type { DiskFacts } from '../look'
import { bad } from './check'

export function sharedStorageChecks(disks: readonly DiskFacts[]): MoveCheck[] {
  const targets = new Map<SharedStorage['id'], string[]>()
  for (const facts of disks) {
    const id = storageOf(facts)
    if (id !== undefined) targets.set(id, [...(targets.get(id) ?? []), facts.disk.target])
  }
  return [...targets].flatMap(([id, names]) => {
    const { name = id, whileMoving } = sharedStorageOf(id) ?? {}
    if (whileMoving === undefined) return []
    const verb = names.length === 1 ? 'is' : 'are'
    return [
      bad('unknown', `storage.${id}`, 'Storage', `${names.join(', ')} ${verb} on ${name}.`, {
        cure: whileMoving,
      }),
    ]
  })
}

const byPool: Readonly<Record<string, SharedStorage['id']>> = {
  netfs: 'nfs',
  gluster: 'gluster',
  iscsi: 'iscsi',
  'iscsi-direct': 'iscsi',
  scsi: 'fc',
  logical: 'lvm',
  rbd: 'rbd',
}
const byProtocol: Readonly<Record<string, SharedStorage['id']>> = {
  nbd: 'nbd',
  rbd: 'rbd',
  iscsi: 'iscsi',
  gluster: 'gluster',
  nfs: 'nfs',
}

function storageOf({ disk: { place, element }, pool }: DiskFacts): SharedStorage['id'] | undefined {
  if (place.kind === 'other') return byProtocol[element.find('source')?.attribute('protocol') ?? '']
  if ((place.kind === 'file' || place.kind === 'block') && place.path.startsWith('/dev/drbd')) return 'drbd'
  return byPool[pool?.type ?? '']
}
