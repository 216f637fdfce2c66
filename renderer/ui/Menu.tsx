import { useRef, type ReactNode } from 'react'
import {
  Keyboard,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components'
import { classNames } from './class-names'
import { CheckIcon } from './icons/general'
import type { Icon } from './icons/icon'
import './menu.css'

export type MenuEntry =
  | 'separator'
  | {
      readonly id: string
      readonly label: string
      readonly icon?: Icon
      readonly shortcut?: string | undefined
      readonly isDanger?: boolean
      /** Present = a choice with a mark. */
      readonly isChecked?: boolean
      readonly disabledReason?: string | undefined
      readonly run: () => void
    }

interface MenuProps {
  readonly label: string
  readonly entries: readonly MenuEntry[]
}

function MenuBody({ label, entries, onClose }: MenuProps & { onClose?: () => void }) {
  const hasChecks = entries.some((entry) => entry !== 'separator' && entry.isChecked !== undefined)
  const hasIcons = entries.some((entry) => entry !== 'separator' && entry.icon !== undefined)
  return (
    <AriaMenu className="menu" aria-label={label} autoFocus="first" {...(onClose ? { onClose } : {})}>
      {entries.map((entry, index) =>
        entry === 'separator' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: separators have nothing else
          <Separator key={`separator-${index}`} className="menu-separator" />
        ) : (
          <AriaMenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            className={classNames('menu-item', entry.isDanger && 'menu-item-danger')}
            isDisabled={entry.disabledReason !== undefined}
            onAction={entry.run}
          >
            {hasChecks ? (
              <span className="menu-check">{entry.isChecked ? <CheckIcon size={14} /> : null}</span>
            ) : null}
            {entry.icon ? <entry.icon /> : hasIcons ? <span className="menu-no-icon" /> : null}
            <span className="menu-label" title={entry.disabledReason}>
              <Text slot="label">{entry.label}</Text>
            </span>
            {entry.shortcut === undefined ? null : <Keyboard>{entry.shortcut}</Keyboard>}
          </AriaMenuItem>
        ),
      )}
    </AriaMenu>
  )
}

/** A button (the child) that opens a menu. */
export function MenuButton({ children, ...menu }: MenuProps & { children: ReactNode }) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="popover" offset={4} placement="bottom end">
        <MenuBody {...menu} />
      </Popover>
    </MenuTrigger>
  )
}

export interface MenuPlace {
  readonly x: number
  readonly y: number
}

/** A context menu at a point of the window. */
export function ContextMenu({
  place,
  onClose,
  ...menu
}: MenuProps & { place: MenuPlace; onClose: () => void }) {
  const anchor = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span
        ref={anchor}
        aria-hidden="true"
        style={{ position: 'fixed', left: place.x, top: place.y, width: 1, height: 1, pointerEvents: 'none' }}
      />
      <Popover
        className="popover"
        triggerRef={anchor}
        isOpen
        offset={1}
        placement="bottom start"
        aria-label={menu.label}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose()
        }}
      >
        <MenuBody {...menu} onClose={onClose} />
      </Popover>
    </>
  )
}
