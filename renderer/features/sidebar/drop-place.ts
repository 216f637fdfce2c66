import type { Host, MoveHostInput } from '../../../shared/model/host'
import { firstOf, hostItems, placeItem } from '../hosts/host-order'
import type { TreeRow } from './tree-rows'

/** Where a dragged host or group would land: at an edge of a row, or inside a group; or a VM, on a host. */
export interface DropPlace {
  readonly index: number
  readonly edge: 'before' | 'after' | 'inside'
}

/** `share` is how far down the row the pointer is, 0 to 1. Undefined where nothing can be dropped. */
export function dropPlace(
  rows: readonly TreeRow[],
  dragged: TreeRow,
  index: number,
  share: number,
): DropPlace | undefined {
  const target = rows[index]
  if (!target || target.key === dragged.key) return undefined
  // onto another host, to be moved there
  if (dragged.kind === 'vm')
    return target.kind === 'host' &&
      target.host.id !== dragged.vm.host &&
      target.host.status.kind === 'connected'
      ? { index, edge: 'inside' }
      : undefined
  if (target.kind === 'group') {
    if (dragged.kind === 'group') return { index, edge: share < 0.5 ? 'before' : 'after' }
    // the middle is the way in; the edges are for a place beside it
    return { index, edge: share < 0.25 ? 'before' : share > 0.75 && !target.isOpen ? 'after' : 'inside' }
  }
  if (target.kind !== 'host') return undefined
  // groups stand at the top level only
  if (dragged.kind === 'group' && target.host.group !== undefined) return undefined
  return { index, edge: share < 0.5 ? 'before' : 'after' }
}

/** What to ask of main for it. */
export function dropMoves(
  hosts: readonly Host[],
  dragged: TreeRow,
  rows: readonly TreeRow[],
  { index, edge }: DropPlace,
): MoveHostInput[] {
  const target = rows[index]
  if (!target || (dragged.kind !== 'host' && dragged.kind !== 'group')) return []
  if (target.kind === 'group' && edge === 'inside') {
    return dragged.kind === 'host' ? [{ host: dragged.host.id, group: target.name }] : []
  }
  if (dragged.kind === 'host' && target.kind === 'host' && target.host.group !== undefined) {
    const inGroup = hosts.filter(({ group }) => group === target.host.group)
    return [moveIn(inGroup, dragged.host, target.host, edge)]
  }
  const items = hostItems(hosts)
  const at = items.findIndex((item) =>
    item.kind === 'host'
      ? target.kind === 'host' && item.host.id === target.host.id
      : target.kind === 'group' && item.name === target.name,
  )
  const item =
    dragged.kind === 'host'
      ? ({ kind: 'host', host: dragged.host } as const)
      : items.find((other) => other.kind === 'group' && other.name === dragged.name)
  if (at < 0 || !item) return []
  // an item that is moved away does not stand where it would be put before
  const isItself = (other: (typeof items)[number] | undefined): boolean =>
    other !== undefined && firstOf(other) === firstOf(item) && other.kind === item.kind
  const next = edge === 'before' ? at : isItself(items[at + 1]) ? at + 2 : at + 1
  return placeItem(item, firstOf(items[next]))
}

function moveIn(members: readonly Host[], host: Host, target: Host, edge: DropPlace['edge']): MoveHostInput {
  const others = members.filter(({ id }) => id !== host.id)
  const at = others.findIndex(({ id }) => id === target.id) + (edge === 'after' ? 1 : 0)
  const before = others[at]?.id
  const group = target.group ?? ''
  return { host: host.id, group, ...(before === undefined ? {} : { before }) }
}
