import type { Task } from '../../../shared/model/task'
import { formatBytes, formatBytesPerSecond, formatDuration } from '../../../shared/units'

/** "1.2 of 4 GiB, 118 MiB/s, 24 s left": how far a copy is, how fast, and how long it will take. */
export function amountText({ doneBytes, totalBytes, bytesPerSecond }: NonNullable<Task['amount']>): string {
  const total = formatBytes(totalBytes)
  const unit = total.slice(total.indexOf(' '))
  const done = formatBytes(Math.min(doneBytes, totalBytes))
  const parts = [`${done.endsWith(unit) ? done.slice(0, -unit.length) : done} of ${total}`]
  if (bytesPerSecond !== undefined && bytesPerSecond > 0) {
    parts.push(formatBytesPerSecond(bytesPerSecond))
    const left = totalBytes - doneBytes
    if (left > 0) parts.push(`${formatDuration((left / bytesPerSecond) * 1000)} left`)
  }
  return parts.join(', ')
}
