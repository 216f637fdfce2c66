/** The equal virt-clone command (virt-clone(1)): it copies, or leaves a disk shared, and can do nothing else. */
import type { PlannedClone } from '../../shared/model/clone'

export function virtCloneWords(source: string, clone: PlannedClone): string[] | undefined {
  const files: string[] = []
  const shared: string[] = []
  for (const disk of clone.disks) {
    if (disk.how === 'linked' || disk.how === 'skip') return undefined
    if (disk.how === 'share') {
      // read-only and empty drives it leaves alone by itself
      if (disk.from !== undefined && disk.device === 'disk') shared.push(disk.target)
    } else if (disk.to?.startsWith('/') === true) files.push(disk.to)
    else return undefined
  }
  return [
    '--original',
    source,
    '--name',
    clone.name,
    ...files.flatMap((file) => ['--file', file]),
    ...shared.flatMap((target) => ['--skip-copy', target]),
    ...(clone.nvram ? ['--nvram', clone.nvram.to] : []),
    ...clone.cards.flatMap(({ to }) => ['--mac', to]),
  ]
}
