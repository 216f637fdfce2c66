import type { MapNode } from '../../../../shared/model/networks/network'
import type { Line } from './map-lines'

/** Of one place more VMs than this are folded into "and 37 more". */
export const vmsShown = 6

export interface Folded {
  readonly id: string
  readonly of: string
  readonly count: number
  readonly isOpen: boolean
  readonly isUp: boolean
}

/** In the list of what is drawn, ids that begin so are some room between two groups. */
export const groupGap = ' gap'

/** VMs in groups by what they hang on first, running ones before others, long groups cut short. */
export function foldVms(
  nodes: readonly MapNode[],
  lines: readonly Line[],
  open: ReadonlySet<string>,
): { kept: string[]; folded: Folded[] } {
  const groups = new Map<string, MapNode[]>()
  const places = nodes.filter(({ kind }) => kind !== 'vm').map(({ id }) => id)
  const order = [
    ...places.filter((id) => nodes.find((node) => node.id === id)?.kind === 'network'),
    ...places,
  ]
  for (const vm of nodes.filter(({ kind }) => kind === 'vm')) {
    const ends = new Set(lines.filter(({ to }) => to === vm.id).map(({ from }) => from))
    const home = order.find((id) => ends.has(id)) ?? ''
    groups.set(home, [...(groups.get(home) ?? []), vm])
  }
  const kept: string[] = []
  const folded: Folded[] = []
  for (const home of [...new Set(order), '']) {
    const vms = groups
      .get(home)
      ?.toSorted((a, b) => Number(b.isUp) - Number(a.isUp) || a.label.localeCompare(b.label))
    if (!vms) continue
    if (kept.length > 0) kept.push(`${groupGap} ${home}`)
    // one more box is no longer than the line that tells of it
    const isLong = vms.length > vmsShown + 1
    const isOpen = open.has(home)
    const shown = isLong && !isOpen ? vms.slice(0, vmsShown) : vms
    kept.push(...shown.map(({ id }) => id))
    if (!isLong) continue
    const id = `more ${home}`
    kept.push(id)
    const hidden = vms.slice(shown.length)
    folded.push({ id, of: home, count: hidden.length, isOpen, isUp: hidden.some(({ isUp }) => isUp) })
  }
  return { kept, folded }
}
