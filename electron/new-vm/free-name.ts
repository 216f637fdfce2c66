/** Names of files and volumes that a VM brings along: after it, free, and as long as a file system takes. */
import { createHash } from 'node:crypto'

/** Of ext4, XFS, NTFS and most others. */
const maxBytes = 255

/** "web-01.qcow2", then "web-01-2.qcow2"; `what` tells several files of one VM apart: "-seed". */
export function freeName(
  { stem, what = '', ending = '' }: { stem: string; what?: string; ending?: string },
  isTaken: (name: string) => boolean,
): string {
  for (let number = 1; ; number += 1) {
    const name = fitting(stem, `${what}${number === 1 ? '' : `-${number}`}${ending}`)
    if (!isTaken(name)) return name
  }
}

/**
 * Of what is too long the end is cut off, for which a fingerprint of the whole stands in: VMs of a series differ in their
 * last signs only, and so do the files of one.
 */
function fitting(stem: string, ending: string): string {
  if (bytesOf(stem + ending) <= maxBytes) return stem + ending
  const mark = `-${createHash('sha256').update(stem).digest('hex').slice(0, 8)}`
  const signs = Array.from(stem)
  while (signs.length > 0 && bytesOf(signs.join('') + mark + ending) > maxBytes) signs.pop()
  return `${signs.join('').replace(/[-_.:+]+$/, '')}${mark}${ending}`
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
