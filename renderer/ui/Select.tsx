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
import { CheckIcon, ChevronDownIcon } from './icons/general'
import './fields.css'
import './menu.css'

export interface SelectOption<Id extends string> {
  readonly id: Id
  readonly label: string
  readonly hint?: string
}

interface Props<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly options: readonly SelectOption<Id>[]
  readonly onChange: (value: Id) => void
}

export function Select<Id extends string>({ label, value, options, onChange }: Props<Id>) {
  return (
    <AriaSelect
      className="field"
      value={value}
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
      <Popover className="popover select-popover" offset={4}>
        <ListBox className="menu">
          {options.map((option) => (
            <ListBoxItem key={option.id} id={option.id} textValue={option.label} className="menu-item">
              <span className="menu-check">{option.id === value ? <CheckIcon size={14} /> : null}</span>
              <span className="menu-label">
                <Text slot="label">{option.label}</Text>
                {option.hint === undefined ? null : (
                  <Text slot="description" className="menu-hint">
                    {option.hint}
                  </Text>
                )}
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
