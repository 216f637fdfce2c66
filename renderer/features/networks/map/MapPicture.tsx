import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { MapNode, NetworkMap } from '../../../../shared/model/networks/network'
import { classNames } from '../../../ui/class-names'
import { useWidth } from '../../../ui/grid/use-width'
import { NetworkIcon, NodesIcon, PortIcon } from '../../../ui/icons/hardware'
import { HostIcon, VmIcon } from '../../../ui/icons/objects'
import type { Icon } from '../../../ui/icons/icon'
import { useNetworksSession } from '../session'
import { layoutMap, type Box, type Layout } from './map-layout'
import { columnTitles, pathOf } from './map-lines'
import { opener, stateWord } from './open-node'

const sizes = { boxHeight: 40, vmHeight: 28, gap: 8 }
/** Between two columns, so that lines which cross there can be told apart. */
const minGap = 46
/** Narrower than this nothing can be read; the picture scrolls instead. */
const minWidth = 700
/** Wider than this the lines are longer than the eye follows. */
const maxWidth = 1360

const icons: Record<Exclude<MapNode['kind'], 'card'>, Icon> = {
  outside: HostIcon,
  interface: PortIcon,
  bridge: NodesIcon,
  network: NetworkIcon,
  vm: VmIcon,
}

/** Boxes in columns, joined by lines; a box that is pointed at or has the focus lights up its path. */
export function MapPicture({ map }: { map: NetworkMap }) {
  const frame = useRef<HTMLDivElement>(null)
  const available = useWidth(frame)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [pointed, setPointed] = useState<string>()
  const width = Math.min(maxWidth, Math.max(minWidth, available - 48))
  const boxWidth = Math.min(196, Math.max(112, Math.floor((width - 4 * minGap) / 5)))
  const layout = useMemo(
    () => layoutMap(map, { width, boxWidth, ...sizes }, open),
    [map, width, boxWidth, open],
  )
  const path = useMemo(
    () => (pointed === undefined ? undefined : pathOf(pointed, layout.lines)),
    [pointed, layout],
  )
  // lit ones last: they lie on the others where they cross
  const strokes = layout.strokes
    .map((stroke) => ({
      ...stroke,
      isLit: path !== undefined && stroke.ends.some(([from, to]) => path.has(from) && path.has(to)),
    }))
    .toSorted((a, b) => Number(a.isLit) - Number(b.isLit))
  const toggle = (place: string): void => {
    const next = new Set(open)
    if (!next.delete(place)) next.add(place)
    setOpen(next)
  }
  return (
    <div className="net-map-scroll" ref={frame}>
      <div className="net-map-board" style={{ width }}>
        <div className="net-map-titles" aria-hidden="true">
          {layout.columns.map(({ id, x }) => (
            <span key={id} style={{ left: x, width: boxWidth }}>
              {columnTitles[id]}
            </span>
          ))}
        </div>
        {/* the boxes are buttons; arrow keys lead from one to the next */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div
          className={classNames('net-map-field', path && 'has-path')}
          style={{ height: layout.height }}
          onKeyDown={(event) => walk(event, layout)}
          role="group"
          aria-label="Map: arrow keys go from box to box"
          onMouseLeave={() => setPointed(undefined)}
        >
          <svg aria-hidden="true" width={width} height={layout.height}>
            {strokes.map(({ from, to, isUp, isLit, d }) => (
              <path
                key={`${from} ${to}`}
                d={d}
                className={classNames('net-map-line', !isUp && 'is-down', isLit && 'is-lit')}
              />
            ))}
          </svg>
          {layout.boxes.map((box) => (
            <BoxView
              key={box.id}
              box={box}
              boxWidth={boxWidth}
              isLit={path?.has(box.id) ?? false}
              onPoint={setPointed}
              onToggle={toggle}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface BoxProps {
  readonly box: Box
  readonly boxWidth: number
  readonly isLit: boolean
  readonly onPoint: (id: string | undefined) => void
  readonly onToggle: (place: string) => void
}

function BoxView({ box, boxWidth, isLit, onPoint, onToggle }: BoxProps) {
  const { host } = useNetworksSession()
  const { node, more, id, x, y, height } = box
  const place = { left: x, top: y, width: boxWidth, height }
  const shared = {
    style: place,
    'data-box': id,
    onMouseEnter: () => onPoint(id),
    onFocus: () => onPoint(id),
    onBlur: () => onPoint(undefined),
  }
  if (more) {
    return (
      <button
        type="button"
        className={classNames('net-map-more', isLit && 'is-lit')}
        aria-expanded={more.isOpen}
        onClick={() => onToggle(more.of)}
        {...shared}
      >
        {more.isOpen ? 'Show fewer' : `and ${more.count} more`}
      </button>
    )
  }
  if (!node || node.kind === 'card') return null
  const Shape = icons[node.kind]
  const run = opener(host.id, node)
  return (
    <button
      type="button"
      className={classNames(
        'net-map-box',
        `net-map-${node.kind}`,
        !node.isUp && 'is-down',
        isLit && 'is-lit',
        !run && 'is-plain',
      )}
      title={[node.label, node.note].filter(Boolean).join('\n')}
      onClick={run}
      {...shared}
    >
      <Shape size={14} />
      <span className="net-map-text">
        <span className="net-map-label truncate">{node.label}</span>
        {node.note === undefined || node.kind === 'vm' ? null : (
          <span className="net-map-note truncate">{node.note}</span>
        )}
      </span>
      <span className="visually-hidden">{stateWord(node)}</span>
    </button>
  )
}

/** Up and down within a column, left and right to the nearest box of the next one. */
function walk(event: KeyboardEvent, layout: Layout): void {
  const target = event.target as HTMLElement
  const here = layout.boxes.find(({ id }) => id === target.dataset['box'])
  if (!here) return
  const move = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key]
  if (!move) return
  const [dx = 0, dy = 0] = move
  const xs = layout.columns.map(({ x }) => x)
  const x = dx === 0 ? here.x : xs[xs.indexOf(here.x) + dx]
  const [next] = layout.boxes
    .filter((box) => box.x === x && box.id !== here.id && (dy === 0 || Math.sign(box.y - here.y) === dy))
    .toSorted((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y))
  if (!next) return
  event.preventDefault()
  const field = event.currentTarget as HTMLElement
  for (const box of field.querySelectorAll<HTMLElement>('[data-box]'))
    if (box.dataset['box'] === next.id) box.focus()
}
