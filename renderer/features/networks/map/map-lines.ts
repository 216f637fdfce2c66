import type { MapNode, NetworkMap } from '../../../../shared/model/networks/network'

/** Columns of the map, from the outside to the guests. Cards are drawn as the line that ends in their VM. */
export const columns = ['outside', 'interface', 'bridge', 'network', 'vm'] as const
export type Column = (typeof columns)[number]

export const columnTitles: Record<Column, string> = {
  outside: 'Outside',
  interface: 'Host interfaces',
  bridge: 'Bridges',
  network: 'Networks',
  vm: 'Virtual machines',
}

export interface Line {
  readonly from: string
  readonly to: string
  readonly label?: string
  readonly isUp: boolean
}

const rank = (column: Column): number => columns.indexOf(column)

/** Everything on the way from a box outwards, and everything that hangs on it. */
export function pathOf(id: string, lines: readonly Line[]): ReadonlySet<string> {
  const found = new Set([id])
  const walk = (start: string, next: (line: Line) => readonly [string, string]): void => {
    const seen = new Set([start])
    const queue = [start]
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      for (const line of lines) {
        const [here, there] = next(line)
        if (here !== at || seen.has(there)) continue
        seen.add(there)
        found.add(there)
        queue.push(there)
      }
    }
  }
  walk(id, ({ from, to }) => [from, to])
  walk(id, ({ from, to }) => [to, from])
  return found
}

export function columnOf({ kind }: MapNode): Column {
  return kind === 'card' ? 'vm' : kind
}

/** Cards become lines from what they are plugged into to their VM; every line leads from left to right. */
export function withoutCards({ nodes, links }: NetworkMap): {
  nodes: MapNode[]
  lines: Line[]
} {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const neighbours = new Map<string, { id: string; isUp: boolean }[]>()
  for (const { from, to, isUp = true } of links) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), { id: to, isUp }])
    neighbours.set(to, [...(neighbours.get(to) ?? []), { id: from, isUp }])
  }
  const lines: Line[] = []
  const add = (a: string, b: string, isUp: boolean, label?: string): void => {
    const [first, second] = [byId.get(a), byId.get(b)]
    if (!first || !second || a === b) return
    const [from, to] = rank(columnOf(first)) <= rank(columnOf(second)) ? [a, b] : [b, a]
    if (lines.some((line) => line.from === from && line.to === to)) return
    lines.push({ from, to, isUp, ...(label === undefined ? {} : { label }) })
  }
  for (const { from, to, label, isUp = true } of links) {
    if (byId.get(from)?.kind !== 'card' && byId.get(to)?.kind !== 'card') add(from, to, isUp, label)
  }
  for (const card of nodes.filter(({ kind }) => kind === 'card')) {
    const ends = neighbours.get(card.id) ?? []
    const owners = ends.filter(({ id }) => byId.get(id)?.kind === 'vm')
    const others = ends.filter(({ id }) => byId.get(id)?.kind !== 'vm')
    for (const owner of owners)
      for (const other of others) add(other.id, owner.id, owner.isUp && other.isUp && card.isUp, card.label)
  }
  return { nodes: nodes.filter(({ kind }) => kind !== 'card'), lines }
}
