import { useMemo } from 'react'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components'
import { classNames } from './class-names'
import { CheckIcon, ChevronDownIcon } from './icons/general'
import './fields.css'
import './menu.css'

export interface SelectOption<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly hint?: string
  /** Why it cannot be chosen now; shown in place of the hint. */
  readonly disabledReason?: string | undefined
}

interface Props<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly options: readonly SelectOption<Id>[]
  readonly onChange: (value: Id) => void
  /** Shown under the field; usually what the choice means. */
  readonly hint?: string | undefined
  /** Shown under the field, in place of the hint. */
  readonly error?: string | undefined
  readonly isDisabled?: boolean
  readonly className?: string
}

export function Select<Id extends string>(props: Props<Id>) {
  const { label, value, options, onChange, hint, error, className } = props
  const content = JSON.stringify(options)
  const list = useMemo(
    () => (
      <ListBox className="menu">
        {options.map((option) => (
          <ListBoxItem
            key={option.id}
            id={option.id}
            textValue={option.label}
            className="menu-item"
            isDisabled={option.disabledReason !== undefined}
          >
            <span className="menu-check">{option.id === value ? <CheckIcon size={14} /> : null}</span>
            <span className="menu-label">
              <Text slot="label">{option.label}</Text>
              {(option.disabledReason ?? option.hint) === undefined ? null : (
                <Text slot="description" className="menu-hint">
                  {option.disabledReason ?? option.hint}
                </Text>
              )}
            </span>
          </ListBoxItem>
        ))}
      </ListBox>
    ),
    // `content` says all that `options` does; forms have dozens of these, and draw all of them with every key
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [content, value],
  )
  return (
    <AriaSelect
      className={classNames('field', className)}
      value={value}
      isDisabled={props.isDisabled ?? false}
      isInvalid={error !== undefined}
      onChange={(key) => {
        const option = options.find(({ id }) => id === key)
        if (option) onChange(option.id)
      }}
    >
      <Label className="field-label">{label}</Label>
      <Button className="select-button">
        <SelectValue className="truncate">{options.find(({ id }) => id === value)?.label ?? ''}</SelectValue>
        <ChevronDownIcon size={14} />
      </Button>
      {(error ?? hint) === undefined ? null : (
        <Text
          slot={error === undefined ? 'description' : 'errorMessage'}
          className={error === undefined ? 'field-hint' : 'field-error'}
        >
          {error ?? hint}
        </Text>
      )}
      <Popover className="popover select-popover" offset={4}>
        {list}
      </Popover>
    </AriaSelect>
  )
}
