/** Snapshots as main tells them, for tests of this folder. */
import type { Snapshot, SnapshotView } from '../../../shared/model/snapshots/snapshot'
import { allowed } from '../../../shared/model/snapshots/verdict'

export const one = (name: string, more: Partial<Snapshot> = {}): Snapshot => ({
  name,
  isCurrent: false,
  createdAtMs: Date.UTC(2026, 1, 3),
  description: '',
  state: 'shut-off',
  kind: 'internal',
  hasMemory: false,
  disks: [{ target: 'vda', kind: 'internal', file: '/i/web.qcow2' }],
  actions: {
    revert: allowed,
    delete: allowed,
    deleteWithChildren: allowed,
    forget: allowed,
    edit: allowed,
    rename: allowed,
  },
  ...more,
})

export const viewOf = (snapshots: readonly Snapshot[], more: Partial<SnapshotView> = {}): SnapshotView => ({
  snapshots,
  offers: { internal: allowed, external: allowed, memory: allowed, quiesce: allowed, live: allowed },
  usual: 'internal',
  disks: [
    {
      target: 'vda',
      path: '/i/web.qcow2',
      format: 'qcow2',
      internal: allowed,
      external: allowed,
      usual: { internal: 'internal', external: 'external' },
    },
  ],
  chains: [{ target: 'vda', files: [{ path: '/i/web.qcow2', format: 'qcow2', snapshots: ['clean'] }] }],
  foreign: [],
  warnings: [],
  nextName: 'snapshot 3',
  ...more,
})
