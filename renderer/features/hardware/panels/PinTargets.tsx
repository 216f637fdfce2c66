import { useMemo } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { targetKey, targetTitle, type PinTarget } from './pins'

interface Props {
  readonly targets: readonly PinTarget[]
  readonly pinOf: (target: PinTarget) => string | undefined
  readonly absent: string
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

/** What can be placed, each with where it is; several at once with Shift, Ctrl or Ctrl+A. */
export function PinTargets({ targets, pinOf, absent, chosen, onChange }: Props) {
  const lines = targets.map((target) => ({
    key: targetKey(target),
    title: targetTitle(target),
    pin: pinOf(target),
  }))
  const content = JSON.stringify([lines, absent])
  const items = useMemo(
    () =>
      lines.map(({ key, title, pin }) => (
        <ListBoxItem
          key={key}
          id={key}
          textValue={title}
          className="pin-target"
          aria-label={`${title}, ${pin ?? absent}`}
        >
          <span>{title}</span>
          <span className={pin === undefined ? 'pin-target-set secondary' : 'pin-target-set'}>
            {pin ?? absent}
          </span>
        </ListBoxItem>
      )),
    // `content` says all that the lines do
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [content],
  )
  return (
    <ListBox
      className="pin-targets"
      aria-label="What is placed"
      selectionMode="multiple"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosen}
      onSelectionChange={(keys) =>
        onChange(new Set(keys === 'all' ? lines.map(({ key }) => key) : [...keys].map(String)))
      }
    >
      {items}
    </ListBox>
  )
}
