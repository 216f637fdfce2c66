/** How long a copy takes at least, told before it begins. */
import { formatBytes, formatBytesPerSecond, formatDuration } from '../../units'
import type { MovePlan } from './move'

/** What networks bring over in practice: about nine tenths of what is written on them. */
const usualLines = [
  { name: '1 Gbit/s', bytesPerSecond: 112_500_000 },
  { name: '10 Gbit/s', bytesPerSecond: 1_125_000_000 },
] as const

/** Undefined for a VM that is off: what is copied then goes through this computer. */
export function copyTimeText(
  { isRunning, memoryBytes, disks }: Pick<MovePlan, 'isRunning' | 'memoryBytes' | 'disks'>,
  bandwidthBytesPerSecond: number | undefined,
): string | undefined {
  if (!isRunning) return undefined
  const diskBytes = disks.reduce((sum, { isCopied, sizeBytes = 0 }) => sum + (isCopied ? sizeBytes : 0), 0)
  const at = (bytesPerSecond: number, name: string): string =>
    `${formatDuration(((memoryBytes + diskBytes) / bytesPerSecond) * 1000)} at ${name}`
  const times =
    bandwidthBytesPerSecond === undefined
      ? usualLines.map(({ name, bytesPerSecond }) => at(bytesPerSecond, name)).join(', ')
      : at(bandwidthBytesPerSecond, formatBytesPerSecond(bandwidthBytesPerSecond))
  const what = diskBytes === 0 ? 'memory' : `memory and up to ${formatBytes(diskBytes)} of disks`
  return `${formatBytes(memoryBytes)} of ${what} are copied: about ${times}. What the guest writes meanwhile comes on top, what is empty is not sent.`
}
