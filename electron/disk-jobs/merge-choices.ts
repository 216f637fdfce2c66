/** Which layers of a disk can become one, and who would lose by it. Pure. */
import type { DiskFacts, MergeChoice } from '../../shared/model/disk-jobs/disk-job'
import type { VmId } from '../../shared/model/ids'
import type { StorageUsage } from '../../shared/model/storage/volume'

export function mergeChoices(
  vm: VmId,
  facts: DiskFacts,
  usage: StorageUsage,
  busy: string | undefined,
): MergeChoice[] {
  const places = facts.layers.map(({ place }) => place)
  return places.flatMap((top, from) =>
    places.slice(from + 1).map((base, distance): MergeChoice => {
      const touched = places.slice(from, from + distance + 2)
      const whyNot = busy ?? whyNotMerged(vm, facts, places, touched, usage)
      return { top, base, leftOver: touched.slice(0, -1), ...(whyNot === undefined ? {} : { whyNot }) }
    }),
  )
}

/**
 * The base gets other contents, so whatever else is built on it, or on a layer between, is damaged
 * (https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainBlockCommit).
 */
function whyNotMerged(
  vm: VmId,
  { isRunning, snapshots }: DiskFacts,
  chain: readonly string[],
  touched: readonly string[],
  { users, unread }: StorageUsage,
): string | undefined {
  if (!isRunning) return 'Only possible while the VM runs; while it is off, its image is committed in Storage'
  if (snapshots.length > 0)
    return `The snapshots of the VM need its layers as they are: delete ${snapshots.join(', ')} first`
  for (const place of touched) {
    const other = (Object.hasOwn(users, place) ? (users[place] ?? []) : []).find(
      ({ kind, name, vm: user }) => (kind === 'image' ? !chain.includes(name) : user !== vm),
    )
    if (other) return `${other.name} uses ${place} too, and would be damaged`
  }
  if (unread.length > 0) return `Who else uses these images is not known: ${unread.join('; ')}`
  return undefined
}
