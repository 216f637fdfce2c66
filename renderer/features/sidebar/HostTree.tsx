import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react'
import type { HostId } from '../../../shared/model/ids'
import { useHosts } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { go, openVm, routeKey, useRoute } from '../../stores/route'
import { refOf, useVms } from '../../stores/vms'
import { ContextMenu, type MenuEntry, type MenuPlace } from '../../ui/Menu'
import { stepTarget, typeAheadTarget } from '../../ui/grid/grid-selection'
import { useTypeAhead } from '../../ui/grid/use-type-ahead'
import { hostMenuEntries } from '../hosts/menu-entries'
import { vmMenuEntries } from '../vm-actions/menu-entries'
import { runShortcut } from '../vm-actions/shortcuts'
import { useActionContext } from '../vm-actions/use-action-context'
import { TreeRowView } from './TreeRowView'
import { treeRows, type TreeRow } from './tree-rows'
import './sidebar.css'

/** Hosts and their VMs. Virtualised, so that a thousand VMs cost as much as thirty. */
export function HostTree() {
  const rows = useTreeRows()
  const route = useRoute((state) => state.route)
  const current = routeKey(route)
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const typeAhead = useTypeAhead()
  const [cursorKey, setCursorKey] = useState(current)
  const [menu, setMenu] = useState<{ row: TreeRow; place: MenuPlace }>()
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
    else if (event.key === 'ArrowRight' && row?.kind === 'host') {
      if (row.isOpen) moveTo(cursor + 1)
      else fold(row.host.id, false)
    } else if (event.key === 'ArrowLeft' && row?.kind === 'host') fold(row.host.id, true)
    else if (event.key === 'ArrowLeft' && row?.kind === 'vm') {
      moveTo(rows.findIndex((other) => other.kind === 'host' && other.host.id === row.vm.host))
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
          if (row.kind === 'host' && isArrow) fold(row.host.id, row.isOpen)
          else {
            setCursorKey(row.key)
            show(row)
          }
        }}
        onDoubleClick={(event) => {
          const row = rowAt(event)
          if (row?.kind === 'host') fold(row.host.id, row.isOpen)
        }}
        onContextMenu={(event) => {
          event.preventDefault()
          const row = rowAt(event)
          if (row && row.kind !== 'all') setMenu({ row, place: { x: event.clientX, y: event.clientY } })
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
  return entries.length === 0 ? null : (
    <ContextMenu label={`Actions for ${rowText(row)}`} entries={entries} place={place} onClose={onClose} />
  )
}

function useTreeRows(): TreeRow[] {
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  const byKey = useVms((state) => state.byKey)
  const folded = useRemembered((state) => state.foldedHosts)
  return useMemo(
    () =>
      treeRows(
        order.flatMap((host) => byId[host] ?? []),
        byKey,
        folded,
      ),
    [byId, order, byKey, folded],
  )
}

function show(row: TreeRow): void {
  if (row.kind === 'all') go({ kind: 'all' })
  else if (row.kind === 'host') go({ kind: 'host', host: row.host.id })
  else openVm(refOf(row.vm))
}

function rowText(row: TreeRow): string {
  return row.kind === 'all' ? 'All virtual machines' : row.kind === 'host' ? row.host.label : row.vm.name
}

function fold(host: HostId, isFolded: boolean): void {
  const others = useRemembered.getState().foldedHosts.filter((other) => other !== host)
  remember({ foldedHosts: isFolded ? [...others, host] : others })
}
