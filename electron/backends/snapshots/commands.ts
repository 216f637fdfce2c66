/** What a hypervisor calls the steps, for those who would rather do them by hand. */
import type { SnapshotFacts } from '../../domain-xml/snapshots/document'
import type { Deed } from './delete-order'
import type { Reading } from './reading'

type Merge = Extract<Deed, { kind: 'merge' }>

export interface SnapshotCommands {
  revertInternal(reading: Reading, snapshot: SnapshotFacts): readonly string[]
  restoreMemory(reading: Reading, file: string): string
  mergeRunning(reading: Reading, merge: Merge): string
  removeData(reading: Reading, snapshot: SnapshotFacts): readonly string[]
  forget(reading: Reading, name: string): string
}

export function virshCommands(virsh: (words: readonly string[]) => string): SnapshotCommands {
  return {
    revertInternal: ({ vm }, { name }) => [virsh(['snapshot-revert', vm.name, name, '--force'])],
    restoreMemory: (_, file) => virsh(['restore', file]),
    mergeRunning: ({ vm }, { target, from, into, above }) =>
      virsh([
        'blockcommit',
        vm.name,
        target,
        ...['--base', into, '--top', from],
        ...(above === undefined ? ['--active', '--pivot'] : ['--wait']),
      ]),
    removeData: ({ vm }, { name }) => [virsh(['snapshot-delete', vm.name, name])],
    forget: ({ vm }, name) => virsh(['snapshot-delete', vm.name, name, '--metadata']),
  }
}
