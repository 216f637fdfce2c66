import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type KeyboardEvent,
  type MouseEvent,
} from 'react'
import { openDialog } from '../../stores/dialogs'
import { useHosts } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { go, openVm, routeKey, useRoute } from '../../stores/route'
import { refOf, useVms } from '../../stores/vms'
import { ContextMenu, type MenuEntry, type MenuPlace } from '../../ui/Menu'
import { stepTarget, typeAheadTarget } from '../../ui/grid/grid-selection'
import { useTypeAhead } from '../../ui/grid/use-type-ahead'
import { carryOut, connectHost, isUp, moveGroup, moveHost, orderedHosts } from '../hosts/host-actions'
import { groupMenuEntries, hostMenuEntries } from '../hosts/menu-entries'
import { vmMenuEntries } from '../vm-actions/menu-entries'
import { runShortcut } from '../vm-actions/shortcuts'
import { useActionContext } from '../vm-actions/use-action-context'
import { TreeRowView } from './TreeRowView'
import { dropMoves, dropPlace, type DropPlace } from './drop-place'
import { isPlace, treeBuilder, type TreeRow } from './tree-rows'
import './sidebar.css'

/** Hosts and their VMs. Virtualized, so that a thousand VMs cost as much as thirty. */
export function HostTree() {
  const rows = useTreeRows()
  const route = useRoute((state) => state.route)
  const current = routeKey(route)
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const typeAhead = useTypeAhead()
  const [cursorKey, setCursorKey] = useState(current)
  const [menu, setMenu] = useState<{ row: TreeRow; place: MenuPlace }>()
  const [dragged, setDragged] = useState<TreeRow>()
  const [drop, setDrop] = useState<DropPlace>()
  const cursor = rows.findIndex(({ key }) => key === cursorKey)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 28,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
  })

  useEffect(() => setCursorKey(current), [current])
  const scrollTo = useEffectEvent((key: string) => {
    const index = rows.findIndex((row) => row.key === key)
    if (index >= 0) virtualizer.scrollToIndex(index)
  })
  useEffect(() => scrollTo(cursorKey), [cursorKey])

  const moveTo = (index: number | undefined): void => {
    const row = index === undefined ? undefined : rows[index]
    if (!row) return
    setCursorKey(row.key)
    show(row)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[cursor]
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    const step = plain && !event.shiftKey ? stepTarget(event.key, cursor, rows.length, 12) : undefined
    if (step !== undefined) moveTo(step)
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const direction = event.key === 'ArrowUp' ? 'up' : 'down'
      if (row?.kind === 'host') void moveHost(row.host, direction)
      else if (row?.kind === 'group') void moveGroup(row.name, direction)
    } else if (event.key === 'ArrowRight' && row && isFoldable(row)) {
      if (row.isOpen) moveTo(cursor + 1)
      else fold(row, false)
    } else if (event.key === 'ArrowLeft' && row) {
      if (isFoldable(row) && row.isOpen) fold(row, true)
      else moveTo(parentIndex(rows, cursor))
    } else if ((event.key === 'Enter' || event.key === ' ') && plain && row) show(row)
    else if ((event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && row) {
      const box = document.getElementById(`${id}-${cursor}`)?.getBoundingClientRect()
      if (box) setMenu({ row, place: { x: box.left + 40, y: box.bottom - 4 } })
    } else if (event.key.length === 1 && event.key !== ' ' && plain && !event.shiftKey) {
      moveTo(typeAheadTarget(rows.map(rowText), cursor, typeAhead(event.key)))
    } else if (!(row?.kind === 'vm' && runShortcut(event, [row.vm]))) return
    event.preventDefault()
  }
  const rowAt = (event: MouseEvent): TreeRow | undefined => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    return element ? rows[Number(element.dataset['row'])] : undefined
  }

  const placeUnder = (event: DragEvent): DropPlace | undefined => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    if (!element || !dragged) return undefined
    const box = element.getBoundingClientRect()
    return dropPlace(rows, dragged, Number(element.dataset['row']), (event.clientY - box.top) / box.height)
  }

  return (
    <>
      <div
        ref={scroller}
        className="tree"
        role="tree"
        aria-label="Hosts"
        tabIndex={0}
        aria-activedescendant={cursor >= 0 ? `${id}-${cursor}` : undefined}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const row = rowAt(event)
          if (!row) return
          const isArrow = event.target instanceof Element && event.target.closest('.tree-arrow') !== null
          if (isFoldable(row) && (isArrow || row.kind === 'group')) {
            setCursorKey(row.key)
            fold(row, row.isOpen)
          } else {
            setCursorKey(row.key)
            show(row)
          }
        }}
        onDoubleClick={(event) => {
          const row = rowAt(event)
          if (row?.kind !== 'host') return
          if (isUp(row.host)) fold(row, row.isOpen)
          else void connectHost(row.host)
        }}
        onDragStart={(event) => {
          const row = rowAt(event)
          if (!row || isPlace(row)) return event.preventDefault()
          // without data Firefox and some window managers start no drag; the text is what one would expect to drop
          event.dataTransfer.setData('text/plain', rowText(row))
          event.dataTransfer.effectAllowed = 'move'
          setDragged(row)
        }}
        onDragOver={(event) => {
          const place = placeUnder(event)
          setDrop((before) =>
            before?.index === place?.index && before?.edge === place?.edge ? before : place,
          )
          if (!place) return
          event.preventDefault()
          event.dataTransfer.dropEffect = 'move'
        }}
        onDragLeave={(event) => {
          if (event.target === event.currentTarget) setDrop(undefined)
        }}
        onDragEnd={() => {
          setDragged(undefined)
          setDrop(undefined)
        }}
        onDrop={(event) => {
          const place = placeUnder(event)
          if (place && dragged) {
            event.preventDefault()
            const target = rows[place.index]
            if (dragged.kind === 'vm' && target?.kind === 'host')
              openDialog({ kind: 'moveVms', refs: [refOf(dragged.vm)], to: target.host.id })
            else void carryOut(rowText(dragged), dropMoves(orderedHosts(), dragged, rows, place))
          }
          setDragged(undefined)
          setDrop(undefined)
        }}
        onContextMenu={(event) => {
          event.preventDefault()
          const row = rowAt(event)
          if (row && !isPlace(row)) setMenu({ row, place: { x: event.clientX, y: event.clientY } })
        }}
      >
        <div className="tree-body" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index]
            return row === undefined ? null : (
              <TreeRowView
                key={key}
                id={`${id}-${index}`}
                row={row}
                index={index}
                startPx={start}
                isCurrent={row.key === current}
                isCursor={index === cursor}
                drop={drop?.index === index ? drop.edge : undefined}
              />
            )
          })}
        </div>
      </div>
      {menu ? <RowMenu row={menu.row} place={menu.place} onClose={() => setMenu(undefined)} /> : null}
    </>
  )
}

function RowMenu({ row, place, onClose }: { row: TreeRow; place: MenuPlace; onClose: () => void }) {
  const context = useActionContext()
  let entries: MenuEntry[] = []
  if (row.kind === 'vm') entries = vmMenuEntries([row.vm], context)
  else if (row.kind === 'host') entries = hostMenuEntries(row.host)
  else if (row.kind === 'group') entries = groupMenuEntries(row.name, row.hosts)
  return entries.length === 0 ? null : (
    <ContextMenu label={`Actions for ${rowText(row)}`} entries={entries} place={place} onClose={onClose} />
  )
}

function useTreeRows(): TreeRow[] {
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  const byKey = useVms((state) => state.byKey)
  const foldedHosts = useRemembered((state) => state.foldedHosts)
  const foldedGroups = useRemembered((state) => state.foldedGroups)
  const [build] = useState(treeBuilder)
  return useMemo(
    () => build({ hosts: order.flatMap((host) => byId[host] ?? []), byKey, foldedHosts, foldedGroups }),
    [build, byId, order, byKey, foldedHosts, foldedGroups],
  )
}

function show(row: TreeRow): void {
  if (isPlace(row)) go({ kind: row.kind })
  else if (row.kind === 'host') go({ kind: 'host', host: row.host.id })
  // a group has no page of its own: the one that is open stays
  else if (row.kind === 'vm') openVm(refOf(row.vm))
}

function rowText(row: TreeRow): string {
  switch (row.kind) {
    case 'all':
      return 'All virtual machines'
    case 'top':
      return 'Top'
    case 'group':
      return row.name
    case 'host':
      return row.host.label
    case 'vm':
      return row.vm.name
  }
}

type Foldable = Extract<TreeRow, { kind: 'group' | 'host' }>

function isFoldable(row: TreeRow): row is Foldable {
  return row.kind === 'group' || row.kind === 'host'
}

/** The nearest row above that is one level up; undefined at the top level. */
function parentIndex(rows: readonly TreeRow[], index: number): number | undefined {
  const level = rows[index]?.level ?? 1
  if (level === 1) return undefined
  for (let at = index - 1; at >= 0; at -= 1) if ((rows[at]?.level ?? 1) < level) return at
  return undefined
}

function fold(row: Foldable, isFolded: boolean): void {
  const { foldedHosts, foldedGroups } = useRemembered.getState()
  const changed = (all: readonly string[], one: string): string[] => [
    ...all.filter((other) => other !== one),
    ...(isFolded ? [one] : []),
  ]
  if (row.kind === 'host') remember({ foldedHosts: changed(foldedHosts, row.host.id) })
  else remember({ foldedGroups: changed(foldedGroups, row.name) })
}
