// @ts-check
/**
 * Divides the live tests among lanes (e2e/lab/lane.sh) that take about equally long: the longest file goes first, to the
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
  ['migration/move', 80],
  ['new-vm/virt-install', 80],
  ['storage/pools-rich', 80],
  ['snapshots/snapshots', 60],
  ['hardware/commands', 60],
  ['hardware/hotplug', 60],
  ['disk-jobs/disk-jobs', 60],
  ['hosts/stuck-guests', 60],
  ['libvirt/faults', 55],
]
const usualSeconds = 10

/** @param {string} path */
export function secondsOf(path) {
  return longFiles.find(([part]) => path.includes(`${part}.live.`))?.[1] ?? usualSeconds
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
