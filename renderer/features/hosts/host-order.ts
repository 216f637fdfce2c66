import type { Host, MoveHostInput } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'

/**
 * The user's order as the tree shows it: main keeps one flat list, in which each host may name a group. A group stands
 * where its first host does, with all its hosts. Pure.
 */
export type HostItem =
  | { readonly kind: 'host'; readonly host: Ordered }
  | { readonly kind: 'group'; readonly name: string; readonly hosts: readonly Ordered[] }

type Ordered = Pick<Host, 'id' | 'group'>
export type Direction = 'up' | 'down'

export function hostItems<H extends Ordered>(
  hosts: readonly H[],
): ({ kind: 'host'; host: H } | { kind: 'group'; name: string; hosts: H[] })[] {
  const groups = new Map<string, { kind: 'group'; name: string; hosts: H[] }>()
  const items: ({ kind: 'host'; host: H } | { kind: 'group'; name: string; hosts: H[] })[] = []
  for (const host of hosts) {
    if (host.group === undefined) {
      items.push({ kind: 'host', host })
      continue
    }
    let group = groups.get(host.group)
    if (!group) {
      group = { kind: 'group', name: host.group, hosts: [] }
      groups.set(host.group, group)
      items.push(group)
    }
    group.hosts.push(host)
  }
  return items
}

/** What to ask of main to move a host one step; nothing where there is no further. At a group's edge it steps out. */
export function stepHost(hosts: readonly Ordered[], id: HostId, direction: Direction): MoveHostInput[] {
  const host = hosts.find((other) => other.id === id)
  if (!host) return []
  const items = hostItems(hosts)
  if (host.group === undefined) {
    const at = items.findIndex((item) => item.kind === 'host' && item.host.id === id)
    return stepItem(items, at, direction)
  }
  const at = items.findIndex((item) => item.kind === 'group' && item.name === host.group)
  const group = items[at]
  if (group?.kind !== 'group') return []
  const inside = group.hosts.findIndex((other) => other.id === id)
  const neighbour = group.hosts[inside + (direction === 'up' ? -1 : 1)]
  if (neighbour) {
    // moved up is always the one below, so that the group's first host, and with it the group, keeps its place
    const [moved, before] = direction === 'up' ? [host, neighbour] : [neighbour, host]
    return [{ host: moved.id, group: group.name, before: before.id }]
  }
  if (direction === 'up') return [{ host: id, group: '', before: group.hosts[1]?.id ?? id }]
  return [placed(id, '', firstOf(items[at + 1]))]
}

/** The same for a whole group. */
export function stepGroup(hosts: readonly Ordered[], name: string, direction: Direction): MoveHostInput[] {
  const items = hostItems(hosts)
  return stepItem(
    items,
    items.findIndex((item) => item.kind === 'group' && item.name === name),
    direction,
  )
}

/** Puts an item of the top level before the host, or at the end. */
export function placeItem(item: HostItem, before: HostId | undefined): MoveHostInput[] {
  return item.kind === 'host'
    ? [placed(item.host.id, '', before)]
    : item.hosts.map((host) => placed(host.id, item.name, before))
}

function stepItem(items: readonly HostItem[], at: number, direction: Direction): MoveHostInput[] {
  const item = items[at]
  const other = items[at + (direction === 'up' ? -1 : 1)]
  if (!item || !other) return []
  return direction === 'up' ? placeItem(item, firstOf(other)) : placeItem(item, firstOf(items[at + 2]))
}

export function firstOf(item: HostItem | undefined): HostId | undefined {
  return item?.kind === 'host' ? item.host.id : item?.hosts[0]?.id
}

function placed(host: HostId, group: string, before: HostId | undefined): MoveHostInput {
  return { host, group, ...(before === undefined ? {} : { before }) }
}
