/** What a schedule asks for, held against what the VM can do at that time: nobody is there to be asked. */
import { scheduledDescription, type Schedule } from '../../shared/model/snapshots/schedule'
import type { SnapshotView } from '../../shared/model/snapshots/snapshot'
import type { SnapshotWish } from '../backends/snapshot-session'

export function scheduledWish(
  { kind, quiesce }: Schedule,
  { offers }: SnapshotView,
  name: string,
): { readonly wish: SnapshotWish; readonly note?: string } {
  const withMemory = kind === 'memory' && offers.memory.isAllowed
  const wantsRest = kind === 'disks' && quiesce
  const wish: SnapshotWish = {
    name,
    description: scheduledDescription,
    kind: kind === 'internal' ? 'internal' : 'external',
    withMemory,
    live: withMemory && offers.live.isAllowed,
    quiesce: wantsRest && offers.quiesce.isAllowed,
    reuse: false,
    disks: [],
  }
  return wantsRest && !offers.quiesce.isAllowed
    ? { wish, note: `The file systems were not settled first. ${offers.quiesce.reason}.` }
    : { wish }
}
