import type { MapNode, NetworkMap } from '../../../../shared/model/networks/network'
import { cutLines, type Segment } from './cut-lines'
import { foldVms, groupGap } from './fold-vms'
import { columnOf, columns, withoutCards, type Column, type Line } from './map-lines'
import { placeColumns } from './place-columns'

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

/** What is drawn for a part of a line: it ends at the edges of boxes, or passes a column between two of them. */
export interface Stroke extends Segment {
  /** The data of a path. */
  readonly d: string
}

export interface Layout {
  readonly columns: readonly { readonly id: Column; readonly x: number }[]
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
  readonly strokes: readonly Stroke[]
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

/** A line that passes between two boxes keeps away from them. */
const laneHeight = 8
/** How far a line between two boxes of one column swings out. */
const swing = 26

/** `open`: places whose VMs are all wanted. */
export function layoutMap(map: NetworkMap, sizes: Sizes, open: ReadonlySet<string> = new Set()): Layout {
  const { nodes, lines } = withoutCards(map)
  const used = columns.filter((column) => nodes.some((node) => columnOf(node) === column))
  const step = used.length < 2 ? 0 : (sizes.width - sizes.boxWidth) / (used.length - 1)
  const xs = new Map(used.map((column, index) => [column, Math.round(index * step)]))

  const { kept, folded } = foldVms(nodes, lines, open)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const drawn = new Map<string, Column>([
    ...nodes.flatMap((node): [string, Column][] =>
      columnOf(node) === 'vm' ? [] : [[node.id, columnOf(node)]],
    ),
    ...kept.map((id): [string, Column] => [id, 'vm']),
  ])
  const shown: Line[] = [
    ...lines.filter(({ from, to }) => drawn.has(from) && drawn.has(to)),
    ...folded.filter(({ of }) => drawn.has(of)).map(({ id, of, isUp }) => ({ from: of, to: id, isUp })),
  ]
  const { lanes, segments } = cutLines(shown, used, (id) => drawn.get(id))

  const laneIds = new Set(lanes.map(({ id }) => id))
  const heightOf = (id: string): number =>
    laneIds.has(id)
      ? laneHeight
      : id.startsWith(groupGap)
        ? sizes.gap
        : drawn.get(id) === 'vm'
          ? sizes.vmHeight
          : sizes.boxHeight
  const middles = placeColumns(
    used.map((column) => ({
      ids: [
        ...[...drawn].flatMap(([id, of]) => (of === column ? [id] : [])),
        ...lanes.flatMap((lane) => (lane.column === column ? [lane.id] : [])),
      ],
      isOrdered: column === 'vm',
    })),
    segments,
    heightOf,
    sizes.gap,
  )
  const tops = [...middles].map(([id, middle]) => middle - heightOf(id) / 2)
  const top = tops.reduce((least, y) => Math.min(least, y), tops[0] ?? 0)
  const middleOf = (id: string): number => Math.round((middles.get(id) ?? 0) - top)

  const more = new Map(folded.map((one) => [one.id, one]))
  const boxes = [...drawn].flatMap(([id, column]): Box[] => {
    const height = heightOf(id)
    const place = { id, column, x: xs.get(column) ?? 0, y: middleOf(id) - height / 2, height }
    const node = byId.get(id)
    if (node) return [{ ...place, node }]
    const fold = more.get(id)
    return fold ? [{ ...place, more: { of: fold.of, count: fold.count, isOpen: fold.isOpen } }] : []
  })
  const laneColumns = new Map(lanes.map(({ id, column }) => [id, column]))
  const xOf = (id: string): number => xs.get(drawn.get(id) ?? laneColumns.get(id) ?? 'vm') ?? 0
  return {
    columns: used.map((id) => ({ id, x: xs.get(id) ?? 0 })),
    boxes,
    lines: shown,
    strokes: segments.map((segment) => ({
      ...segment,
      d: pathData(
        { x: xOf(segment.from), y: middleOf(segment.from) },
        { x: xOf(segment.to), y: middleOf(segment.to), isLane: laneIds.has(segment.to) },
        sizes.boxWidth,
      ),
    })),
    height: boxes.reduce((lowest, { y, height }) => Math.max(lowest, y + height), 0),
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

/** From the right edge of a column through the gap beside it; a lane leads on to the other side of its column. */
function pathData(from: Point, to: Point & { readonly isLane: boolean }, boxWidth: number): string {
  const x = from.x + boxWidth
  if (from.x === to.x) return `M${x} ${from.y}C${x + swing} ${from.y} ${x + swing} ${to.y} ${x} ${to.y}`
  const half = (to.x - x) / 2
  const end = to.isLane ? `H${to.x + boxWidth}` : ''
  return `M${x} ${from.y}C${x + half} ${from.y} ${to.x - half} ${to.y} ${to.x} ${to.y}${end}`
}
