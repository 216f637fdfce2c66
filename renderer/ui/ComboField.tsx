import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import { classNames } from './class-names'
import { ChevronDownIcon } from './icons/general'
import './fields.css'
import './menu.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Offered; anything else may be typed. */
  readonly options: readonly string[]
  readonly placeholder?: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly autoFocus?: boolean
  readonly className?: string
}

/** A text field that offers what is there already. */
export function ComboField(props: Props) {
  const { label, value, onChange, options, placeholder, hint, error, autoFocus = false } = props
  return (
    <ComboBox
      className={classNames('field', props.className)}
      allowsCustomValue
      // the offer is the whole list until somebody types: what is set already should not hide the others
      defaultItems={options.map((name) => ({ id: name, name }))}
      inputValue={value}
      onInputChange={onChange}
      isInvalid={error !== undefined}
      autoFocus={autoFocus}
      menuTrigger="manual"
    >
      <Label className="field-label">{label}</Label>
      <div className="combo">
        <Input className="input" spellCheck="false" {...(placeholder === undefined ? {} : { placeholder })} />
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
        <ListBox<{ id: string; name: string }> className="menu">
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name} className="menu-item">
              <span className="menu-label truncate">{name}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
