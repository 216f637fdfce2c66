import { useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import type { VmRef } from '../../../shared/model/ids'
import { openDialog } from '../../stores/dialogs'
import { showToast } from '../../stores/toasts'
import { classNames } from '../../ui/class-names'
import { pick, stepTarget, type GridSelection } from '../../ui/grid/grid-selection'
import { HereIcon, SnapshotIcon } from '../../ui/icons/objects'
import { LayersIcon } from '../../ui/icons/storage'
import { ContextMenu, type MenuPlace } from '../../ui/Menu'
import { timeText } from '../../ui/time-text'
import { menuEntries, snapshotEntries } from './actions'
import { nowKey, type TreeRow } from './tree-rows'
import { count, stateText } from './words'

interface Props {
  readonly target: VmRef
  readonly rows: readonly TreeRow[]
  readonly marked: GridSelection
  readonly nowText: string
  readonly lockedReason: string | undefined
  readonly onMark: (marked: GridSelection) => void
}

/** Deeper than this the rows are indented no more: their text needs the room. */
const deepest = 9

/** Snapshots by what they were made after, with the place where the VM is now. Arrow keys walk, Ctrl and Shift mark several. */
export function SnapshotTree({ target, rows, marked, nowText, lockedReason, onMark }: Props) {
  const id = useId()
  const body = useRef<HTMLDivElement>(null)
  const [menu, setMenu] = useState<{ readonly row: TreeRow; readonly place: MenuPlace }>()
  const keys = rows.map(({ key }) => key)
  const cursor = rows.findIndex(({ key }) => key === marked.cursor)

  const markTo = (index: number, event: KeyboardEvent | MouseEvent): void => {
    const row = rows[index]
    if (!row) return
    const isToggle = event.ctrlKey || event.metaKey
    const next = pick(keys, marked, row.key, { isRange: event.shiftKey, isToggle })
    // what is now is no snapshot: nothing can be done to it along with others
    const selected = new Set(next.selected)
    if (selected.size > 1) selected.delete(nowKey)
    onMark(selected.size === 0 ? { ...next, selected: new Set([row.key]) } : { ...next, selected })
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' })
  }
  const removeMarked = (): void => {
    const names = [...marked.selected].filter((key) => key !== nowKey)
    const one = names.length === 1 ? rows.find(({ key }) => key === names[0])?.snapshot : undefined
    if (one) runOrTell(snapshotEntries(target, one, lockedReason).delete, `${one.name} cannot be deleted`)
    else if (names.length > 1)
      runOrTell(
        {
          disabledReason: lockedReason,
          run: () => openDialog({ kind: 'deleteSnapshots', ref: target, names }),
        },
        `${count(names.length, 'snapshot')} cannot be deleted`,
      )
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[cursor]
    const step = stepTarget(event.key, cursor, rows.length, 10)
    if (step !== undefined) markTo(step, event)
    else if (event.key === 'ArrowLeft' && row) markTo(keys.indexOf(row.parentKey ?? row.key), event)
    else if (event.key === 'ArrowRight' && row) {
      const child = rows.findIndex(({ parentKey }) => parentKey === row.key)
      if (child >= 0) markTo(child, event)
    } else if (event.key === 'Delete') removeMarked()
    else if (event.key === 'F2' && row?.snapshot)
      runOrTell(
        snapshotEntries(target, row.snapshot, lockedReason).edit,
        `${row.snapshot.name} cannot be edited`,
      )
    else if ((event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && row) {
      const box = document.getElementById(`${id}-${cursor}`)?.getBoundingClientRect()
      if (box) setMenu({ row, place: { x: box.left + 40, y: box.bottom - 4 } })
    } else return
    event.preventDefault()
  }
  const indexAt = (event: MouseEvent): number => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    return element ? Number(element.dataset['row']) : -1
  }
  return (
    <>
      <div
        ref={body}
        className="panes-list-body snap-tree"
        role="tree"
        aria-label="Snapshots"
        aria-multiselectable="true"
        tabIndex={0}
        aria-activedescendant={cursor >= 0 ? `${id}-${cursor}` : undefined}
        onKeyDown={onKeyDown}
        onClick={(event) => markTo(indexAt(event), event)}
        onContextMenu={(event) => {
          event.preventDefault()
          const index = indexAt(event)
          const row = rows[index]
          if (!row?.snapshot) return
          if (!marked.selected.has(row.key)) markTo(index, event)
          setMenu({ row, place: { x: event.clientX, y: event.clientY } })
        }}
      >
        {rows.map((row, index) => (
          <Row
            key={row.key}
            id={`${id}-${index}`}
            index={index}
            row={row}
            nowText={nowText}
            isMarked={marked.selected.has(row.key)}
            isCursor={index === cursor}
          />
        ))}
      </div>
      {menu?.row.snapshot ? (
        <ContextMenu
          label={`Actions for ${menu.row.key}`}
          entries={menuEntries(target, menu.row.snapshot, lockedReason)}
          place={menu.place}
          onClose={() => setMenu(undefined)}
        />
      ) : null}
    </>
  )
}

interface RowProps {
  readonly id: string
  readonly index: number
  readonly row: TreeRow
  readonly nowText: string
  readonly isMarked: boolean
  readonly isCursor: boolean
}

function Row({ id, index, row, nowText, isMarked, isCursor }: RowProps) {
  const { snapshot, level } = row
  const text = snapshot
    ? { title: snapshot.name, about: `${timeText(snapshot.createdAtMs)} · ${stateText[snapshot.state]}` }
    : { title: 'You are here', about: nowText }
  const RowIcon = snapshot ? (snapshot.kind === 'internal' ? SnapshotIcon : LayersIcon) : HereIcon
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and points here
    <div
      id={id}
      role="treeitem"
      data-row={index}
      aria-level={level}
      aria-selected={isMarked}
      className={classNames('snap-row', isCursor && 'is-cursor', !snapshot && 'snap-now')}
    >
      {Array.from({ length: Math.min(level - 1, deepest) }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike
        <span key={at} className="snap-guide" />
      ))}
      <RowIcon />
      <span className="snap-row-text">
        <span className="snap-row-title truncate" title={text.title}>
          {text.title}
        </span>
        <span className="snap-row-about truncate">
          {text.about}
          {snapshot?.isCurrent ? <span className="visually-hidden">, the VM is built on it</span> : null}
        </span>
      </span>
    </div>
  )
}

/** A key that does nothing would look broken: what a greyed-out button says is said here. */
function runOrTell(
  { disabledReason, run }: { disabledReason?: string | undefined; run: () => void },
  refusal: string,
): void {
  if (disabledReason === undefined) run()
  else showToast({ tone: 'info', title: `${refusal}: ${disabledReason}` })
}
