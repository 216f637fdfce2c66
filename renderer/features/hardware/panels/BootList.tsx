import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { kindOf } from '../../../../shared/model/hardware/kinds'
import type { ItemRef } from '../../../../shared/model/hardware/view'
import { IconButton } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { classNames } from '../../../ui/class-names'
import { ArrowDownIcon, ArrowUpIcon } from '../../../ui/icons/general'
import { GripIcon } from '../../../ui/icons/hardware'
import { MiddleTruncate } from '../../../ui/MiddleTruncate'
import { isSameRef, type ShownItem } from '../draft'
import { KindIcon } from '../KindIcon'
import { pageOf } from '../store'
import { moved } from './boot-list'

interface Props {
  readonly devices: readonly ShownItem[]
  readonly order: readonly ItemRef[]
  readonly isDisabled: boolean
  readonly onChange: (order: readonly ItemRef[]) => void
}

/** Ticked devices are tried; they change places by dragging, by buttons and by Alt with the arrow keys. */
export function BootList({ devices, order, isDisabled, onChange }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const [dragged, setDragged] = useState<ItemRef>()
  const [dropAt, setDropAt] = useState<number>()
  const [said, setSaid] = useState('')
  const placeOf = (ref: ItemRef): number => order.findIndex((one) => isSameRef(one, ref))

  const boxOf = (row: Element | null | undefined) => row?.querySelector<HTMLElement>('input')
  const move = (item: ShownItem, to: number): void => {
    if (isDisabled || to < 0 || to >= order.length) return
    onChange(moved(order, item.ref, to))
    setSaid(`${titled(item)}: place ${to + 1} of ${order.length}`)
  }
  const tick = (item: ShownItem, boots: boolean): void => {
    onChange(boots ? [...order, item.ref] : order.filter((ref) => !isSameRef(ref, item.ref)))
    setSaid(boots ? `${titled(item)}: place ${order.length + 1}` : `${titled(item)}: not tried`)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, item: ShownItem): void => {
    const steps = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (steps === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const row = event.currentTarget
    const place = placeOf(item.ref)
    if (event.altKey) {
      if (place !== -1) move(item, place + steps)
      return
    }
    boxOf(steps < 0 ? row.previousElementSibling : row.nextElementSibling)?.focus()
  }
  const dropPlace = (event: DragEvent<HTMLElement>, index: number): number => {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    return Math.min(order.length, index + (event.clientY - top > height / 2 ? 1 : 0))
  }
  const drop = (at: number): void => {
    const item = devices.find(({ ref }) => dragged && isSameRef(ref, dragged))
    if (!item) return
    const from = placeOf(item.ref)
    // the places below the old one move up when it leaves
    const to = from !== -1 && from < at ? at - 1 : at
    onChange(moved(order, item.ref, to))
    setSaid(`${titled(item)}: place ${to + 1}`)
  }
  const endDrag = (): void => {
    setDragged(undefined)
    setDropAt(undefined)
  }
  return (
    <>
      <ul ref={list} className="boot-list" aria-label="Devices to start from">
        {devices.map((item, index) => {
          const place = placeOf(item.ref)
          const boots = place !== -1
          const title = titled(item)
          const summary = kindOf(item.ref.kind)?.summary?.(item.values)
          return (
            // keys of the controls inside pass through it
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={pageOf(item.ref)}
              className={classNames(
                'boot-row',
                boots ? 'boot-row-on' : 'boot-row-off',
                dragged && isSameRef(dragged, item.ref) && 'boot-row-dragged',
                dropAt === index && 'boot-drop-before',
                dropAt === index + 1 && index === devices.length - 1 && 'boot-drop-after',
              )}
              draggable={!isDisabled}
              onKeyDown={(event) => onKeyDown(event, item)}
              onDragStart={(event) => {
                event.dataTransfer.setData('text/plain', title)
                event.dataTransfer.effectAllowed = 'move'
                setDragged(item.ref)
              }}
              onDragOver={(event) => {
                if (!dragged) return
                event.preventDefault()
                event.dataTransfer.dropEffect = 'move'
                setDropAt(dropPlace(event, index))
              }}
              onDrop={(event) => {
                event.preventDefault()
                drop(dropPlace(event, index))
                endDrag()
              }}
              onDragEnd={endDrag}
            >
              <span className="boot-grip">
                <GripIcon size={14} />
              </span>
              <Checkbox
                isSelected={boots}
                isDisabled={isDisabled}
                aria-label={`Start from ${title}`}
                onChange={(on) => tick(item, on)}
              >
                <span className="visually-hidden">{boots ? `Place ${place + 1}` : 'Not tried'}</span>
              </Checkbox>
              <span className="boot-place" aria-hidden="true">
                {boots ? place + 1 : ''}
              </span>
              <KindIcon kind={kindOf(item.ref.kind)} />
              <span className="boot-text">
                <span className="truncate">{title}</span>
                {summary === undefined ? null : <MiddleTruncate text={summary} />}
              </span>
              {boots ? (
                <span className="boot-buttons">
                  <IconButton
                    icon={ArrowUpIcon}
                    label={`Move ${title} up`}
                    shortcut="Alt+↑"
                    className="button-small"
                    isDisabled={isDisabled || place === 0}
                    keepsFocus
                    onPress={() => move(item, place - 1)}
                  />
                  <IconButton
                    icon={ArrowDownIcon}
                    label={`Move ${title} down`}
                    shortcut="Alt+↓"
                    className="button-small"
                    isDisabled={isDisabled || place === order.length - 1}
                    keepsFocus
                    onPress={() => move(item, place + 1)}
                  />
                </span>
              ) : null}
            </li>
          )
        })}
      </ul>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  )
}

function titled({ ref, values }: ShownItem): string {
  return kindOf(ref.kind)?.title(values) ?? ref.kind
}
