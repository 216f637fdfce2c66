import type { LeftFile, UnfinishedCreation } from '../../../shared/model/new-vm/unfinished'
import { formatBytes } from '../../../shared/units'

export function removable({ files }: UnfinishedCreation): readonly LeftFile[] {
  return files.filter(({ keptBecause }) => keptBecause === undefined)
}

export function bytesOf(files: readonly LeftFile[]): number {
  return files.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
}

export function countText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}

/** "Creating web-01 was cut off at 10:12" */
export function cutOffText({ what, name, cutOffAtMs }: UnfinishedCreation, now = new Date()): string {
  const at = new Date(cutOffAtMs)
  const isToday = at.toDateString() === now.toDateString()
  const time = at.toLocaleTimeString(undefined, { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' })
  const when = isToday ? `at ${time}` : `on ${at.toLocaleDateString()} at ${time}`
  return `${what === 'clone' ? 'Cloning to' : 'Creating'} ${name} was cut off ${when}`
}

/** "2 files of 3.1 GiB are on the host" */
export function leftText(creation: UnfinishedCreation): string {
  const free = removable(creation)
  const some = `${countText(free.length)} of ${formatBytes(bytesOf(free))} ${free.length === 1 ? 'is' : 'are'}`
  const rest = creation.files.length - free.length
  if (creation.vm !== undefined)
    return free.length === 0
      ? `${creation.name} is on the host nevertheless. Look whether it is whole.`
      : `${creation.name} is on the host nevertheless, and ${some} left beside it.`
  if (free.length === 0)
    return `${countText(rest)} of it ${rest === 1 ? 'is' : 'are'} on the host, and in use.`
  return `${some} on the host${rest === 0 ? '' : `, and ${rest} more in use`}.`
}
