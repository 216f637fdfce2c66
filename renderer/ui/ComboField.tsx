import { useMemo } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import { classNames } from './class-names'
import { ChevronDownIcon } from './icons/general'
import './fields.css'
import './menu.css'

/** `id` is what goes into the field, `label` what the list says. */
export interface ComboOption {
  readonly id: string
  readonly label?: string
  readonly hint?: string | undefined
}

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Offered; anything else may be typed. */
  readonly options: readonly (string | ComboOption)[]
  readonly placeholder?: string | undefined
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly autoFocus?: boolean
  readonly isDisabled?: boolean
  readonly isMono?: boolean
  readonly className?: string
}

/** A text field that offers what is there already. */
export function ComboField(props: Props) {
  const { label, value, onChange, options, placeholder, hint, error, autoFocus = false } = props
  const items = useSameWhileEqual(options)
  return (
    <ComboBox
      className={classNames('field', props.className)}
      allowsCustomValue
      // the offer is the whole list until somebody types: what is set already should not hide the others
      defaultItems={items}
      inputValue={value}
      onInputChange={onChange}
      isInvalid={error !== undefined}
      autoFocus={autoFocus}
      isDisabled={props.isDisabled ?? false}
      menuTrigger="manual"
    >
      <Label className="field-label">{label}</Label>
      <div className="combo">
        <Input
          className={classNames('input', (props.isMono ?? false) && 'input-mono')}
          spellCheck="false"
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        {options.length === 0 ? null : (
          <Button className="combo-button" aria-label={`Offers for ${label}`}>
            <ChevronDownIcon size={14} />
          </Button>
        )}
      </div>
      {(error ?? hint) === undefined ? null : (
        <Text
          slot={error === undefined ? 'description' : 'errorMessage'}
          className={error === undefined ? 'field-hint' : 'field-error'}
        >
          {error ?? hint}
        </Text>
      )}
      <Popover className="popover select-popover" offset={4}>
        <ListBox<ComboOption> className="menu">
          {({ id, label: name = id, hint: note }) => (
            // what is chosen goes into the field as it is
            <ListBoxItem id={id} textValue={id} className="menu-item">
              <span className="menu-label truncate">
                <Text slot="label">{name}</Text>
                {note === undefined ? null : (
                  <Text slot="description" className="menu-hint">
                    {note}
                  </Text>
                )}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

/** A list this long is not read; typing narrows what is offered first. */
const maxOffers = 400

function asOption(option: string | ComboOption): ComboOption {
  return typeof option === 'string' ? { id: option } : option
}

/** Lists that say the same stay the same object: a long one is costly to take in anew with every key typed elsewhere. */
function useSameWhileEqual(options: Props['options']): readonly ComboOption[] {
  const items = options.slice(0, maxOffers).map(asOption)
  const content = JSON.stringify(items)
  // `content` says all that `items` does
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => items, [content])
}
