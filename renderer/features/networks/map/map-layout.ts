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

/** Of one place more VMs than this are folded into "and 37 more". */
export const vmsShown = 6

/** A box of the map. `more` stands for VMs that are not drawn. */
export interface Box {
  readonly id: string
  readonly node?: MapNode
  readonly more?: { readonly of: string; readonly count: number; readonly isOpen: boolean }
  readonly column: Column
  readonly x: number
  readonly y: number
  readonly height: number
}

export interface Line {
  readonly from: string
  readonly to: string
  readonly label?: string
  readonly isUp: boolean
}

export interface Layout {
  readonly columns: readonly { readonly id: Column; readonly x: number }[]
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
  readonly height: number
}

export interface Sizes {
  readonly width: number
  readonly boxWidth: number
  readonly boxHeight: number
  /** Guests have one line, and there are many of them. */
  readonly vmHeight: number
  readonly gap: number
}

const rank = (column: Column): number => columns.indexOf(column)

/** `open`: places whose VMs are all wanted. */
export function layoutMap(map: NetworkMap, sizes: Sizes, open: ReadonlySet<string> = new Set()): Layout {
  const { nodes, lines } = withoutCards(map)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const used = columns.filter((column) => nodes.some((node) => columnOf(node) === column))
  const step = used.length < 2 ? 0 : (sizes.width - sizes.boxWidth) / (used.length - 1)
  const xOf = new Map(used.map((column, index) => [column, Math.round(index * step)]))
  const pitch = sizes.boxHeight + sizes.gap
  const vmPitch = sizes.vmHeight + sizes.gap

  // guests first: they need the most room, and everything else is centred on what hangs on it
  const { kept, folded } = foldVms(nodes, lines, open)
  const places = new Map<string, number>()
  let next = 0
  for (const id of kept) {
    if (id === groupGap) {
      next += sizes.gap * 2
      continue
    }
    places.set(id, next)
    next += vmPitch
  }
  let height = next
  const drawn = new Set([...kept, ...nodes.filter((node) => columnOf(node) !== 'vm').map(({ id }) => id)])
  const shownLines = [
    ...lines.filter(({ from, to }) => drawn.has(from) && drawn.has(to)),
    ...folded.map(({ id, of }) => ({
      from: of,
      to: id,
      isUp: folded.some((one) => one.id === id && one.isUp),
    })),
  ]
  for (const column of used.toReversed()) {
    if (column === 'vm') continue
    const wanted = nodes
      .filter((node) => columnOf(node) === column)
      .map(({ id }) => ({
        id,
        y: middle(id, shownLines, places, byId, column, (sizes.vmHeight - sizes.boxHeight) / 2),
      }))
      .toSorted((a, b) => (a.y ?? Infinity) - (b.y ?? Infinity))
    let free = 0
    for (const { id, y } of wanted) {
      const at = Math.max(free, y ?? free)
      places.set(id, at)
      free = at + pitch
    }
    height = Math.max(height, free)
  }

  const heightOf = (column: Column): number => (column === 'vm' ? sizes.vmHeight : sizes.boxHeight)
  const boxes: Box[] = nodes.flatMap((node) => {
    const y = places.get(node.id)
    const column = columnOf(node)
    const x = xOf.get(column)
    return y === undefined || x === undefined
      ? []
      : [{ id: node.id, node, column, x, y: Math.round(y), height: heightOf(column) }]
  })
  for (const { id, of, count, isOpen } of folded) {
    boxes.push({
      id,
      more: { of, count, isOpen },
      column: 'vm',
      x: xOf.get('vm') ?? 0,
      y: Math.round(places.get(id) ?? 0),
      height: sizes.vmHeight,
    })
  }
  return {
    columns: used.map((id) => ({ id, x: xOf.get(id) ?? 0 })),
    boxes,
    lines: shownLines,
    height: Math.round(Math.max(0, height - sizes.gap)),
  }
}

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

function columnOf({ kind }: MapNode): Column {
  return kind === 'card' ? 'vm' : kind
}

/** Cards become lines from what they are plugged into to their VM; every line leads from left to right. */
function withoutCards({ nodes, links }: NetworkMap): { nodes: MapNode[]; lines: Line[] } {
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

interface Folded {
  readonly id: string
  readonly of: string
  readonly count: number
  readonly isOpen: boolean
  readonly isUp: boolean
}

const groupGap = ' gap'

/** VMs in groups by what they hang on first, running ones before others, long groups cut short. */
function foldVms(
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
    if (kept.length > 0) kept.push(groupGap)
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

/** The middle of what hangs on a box and has its place already. */
function middle(
  id: string,
  lines: readonly Line[],
  places: ReadonlyMap<string, number>,
  byId: ReadonlyMap<string, MapNode>,
  column: Column,
  /** From the top of a guest’s box to where a box must begin to have the same middle. */
  vmShift: number,
): number | undefined {
  const ys = lines.flatMap(({ from, to }) => {
    const node = byId.get(to)
    if (from !== id || (node && columnOf(node) === column)) return []
    const y = places.get(to)
    const isVm = !node || columnOf(node) === 'vm'
    return y === undefined ? [] : isVm ? y + vmShift : y
  })
  return ys.length === 0 ? undefined : ys.reduce((sum, y) => sum + y, 0) / ys.length
}
