// @ts-check
/**
 * Divides live tests and journeys among lanes (e2e/lab/lane.sh) that take about equally long: the longest file goes first, to the
 * lane that has least. Seconds are those of an idle two-core machine, of the files that take longest; being wrong about
 * them costs time and nothing else.
 */
import { BaseSequencer } from 'vitest/node'

/** @type {readonly (readonly [string, number])[]} */
const longFiles = [
  ['hosts/faults', 200],
  ['libvirt/qemu', 190],
  ['libvirt/qemu-ssh', 190],
  ['libvirt/qemu-system-ssh', 190],
  ['libvirt/qemu-tls', 190],
  ['hardware/random-changes', 150],
  ['new-vm/virt-install-hosts', 140],
  ['libvirt/test-driver', 130],
  ['hardware/assign', 100],
  ['migration/move', 135],
  ['migration/move-direct', 110],
  ['qemu/discovery/discovery', 30],
  ['qemu/helpers', 30],
  ['migration/move-direct', 110],
  ['migration/move-direct-network', 55],
  ['new-vm/virt-install', 80],
  ['storage/pools-rich', 80],
  ['snapshots/snapshots', 60],
  ['hardware/commands', 60],
  ['hardware/hotplug', 60],
  ['disk-jobs/disk-jobs', 60],
  ['hosts/stuck-guests', 60],
  ['libvirt/faults', 55],
  ['backends/qemu/qemu', 170],
  ['backends/qemu/qemu-ssh', 400],
  ['hotplug/hotplug', 115],
  ['hotplug/controllers', 35],
  ['qemu/networks', 30],
  ['argv/starts', 90],
  ['argv/libvirt', 40],
  ['import/import-command', 40],
  ['qemu/survival', 90],
  ['saves/saves', 30],
  // journeys, with the lab that each brings up
  ['live/new-vm', 150],
  ['live/move', 170],
  ['live/qemu-whole-life', 120],
  ['live/qemu-move', 30],
  ['live/saves', 90],
  ['live/consoles', 80],
  ['live/new-vm-faults', 80],
  ['live/faults', 80],
  ['live/disk-jobs', 70],
  ['live/hardware', 60],
  ['live/backups', 60],
  ['live/storage', 60],
  ['live/first-minute', 60],
  ['live/performance', 55],
  ['live/snapshots', 55],
  ['live/text-console', 50],
  ['live/console-typing', 50],
  ['live/console-security', 50],
  ['live/hardware-assign', 45],
  ['live/networks', 45],
  ['app/new-vm', 60],
  ['app/performance', 40],
  ['app/connections', 40],
  ['app/disk-jobs', 40],
  ['app/export', 35],
  ['app/backups', 35],
  ['app/move', 30],
  ['app/clone', 25],
  ['app/after-installation', 25],
  ['app/hardware', 20],
  ['app/tasks', 20],
  ['app/networks', 20],
]
const usualSeconds = 10

/** @param {string} path */
export function secondsOf(path) {
  return (
    longFiles.find(([part]) => path.includes(`${part}.live.`) || path.endsWith(`${part}.spec.ts`))?.[1] ??
    usualSeconds
  )
}

/** @template File @param {readonly File[]} files @param {(file: File) => string} pathOf @param {number} count @returns {File[][]} */
export function divide(files, pathOf, count) {
  const lanes = Array.from({ length: count }, () => ({ seconds: 0, files: /** @type {File[]} */ ([]) }))
  const seconds = (/** @type {File} */ file) => secondsOf(pathOf(file))
  const order = files.toSorted((a, b) => seconds(b) - seconds(a) || (pathOf(a) < pathOf(b) ? -1 : 1))
  for (const file of order) {
    const lane = lanes.reduce((least, one) => (one.seconds < least.seconds ? one : least))
    lane.seconds += seconds(file)
    lane.files.push(file)
  }
  return lanes.map((lane) => lane.files)
}

export class LaneSequencer extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  async shard(files) {
    const { shard } = this.ctx.config
    if (!shard) return files
    return divide(files, ({ moduleId }) => moduleId, shard.count)[shard.index - 1] ?? []
  }
}
