/** The steps by hand: on files with qemu-img, in a running guest with the words of its monitor. */
import { shellWord } from '../../../../shared/shell-word'
import type { SnapshotFacts } from '../../../domain-xml/snapshots/document'
import type { SnapshotCommands } from '../../snapshots/commands'
import { innerDisks } from './internal'

export function qemuCommands(): SnapshotCommands {
  return {
    revertInternal: (_, snapshot) =>
      snapshot.hasMemory ? [inMonitor(`loadvm ${snapshot.name}`)] : onFiles('-a', snapshot),
    restoreMemory: (_, file) => inMonitor(`migrate_incoming "exec:cat ${shellWord(file)}"`),
    mergeRunning: (_, { target, from, into }) =>
      JSON.stringify({
        execute: 'block-commit',
        arguments: { device: `drive-${target}`, top: from, base: into },
      }),
    removeData: ({ vm }, snapshot) =>
      vm.isActive ? [inMonitor(`delvm ${snapshot.name}`)] : onFiles('-d', snapshot),
    forget: (_, name) => `rm ${shellWord(`snapshots/${name}.xml`)}`,
  }
}

/** With the prompt that the monitor has. */
const inMonitor = (line: string): string => `(qemu) ${line}`

const onFiles = (option: '-a' | '-d', snapshot: SnapshotFacts): string[] =>
  innerDisks(snapshot).map(
    ({ path }) => `qemu-img snapshot ${option} ${shellWord(snapshot.name)} ${shellWord(path)}`,
  )
