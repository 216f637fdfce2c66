import { useState } from 'react'
import { Label } from 'react-aria-components'
import { Button } from '../ui/Button'
import { TextField } from '../ui/TextField'
import type { ControlProps } from './control-props'

/** A secret never comes from the host: it is set or not, and can be replaced or taken away. */
export function SecretControl(props: ControlProps<'secret'>) {
  const { label, value, onChange, error, hint, isDisabled } = props
  const [isTyping, setTyping] = useState(typeof value === 'string')
  const isShown = isTyping || typeof value === 'string'
  if (isShown) {
    return (
      <TextField
        label={label}
        type="password"
        value={typeof value === 'string' ? value : ''}
        onChange={(text) => onChange(text === '' ? undefined : text)}
        {...(hint === undefined ? {} : { hint })}
        error={error}
        isDisabled={isDisabled}
        placeholder="New value"
        autoFocus={isTyping && typeof value !== 'string'}
      />
    )
  }
  return (
    <div className="field">
      <Label className="field-label" aria-hidden="true">
        {label}
      </Label>
      <div className="hw-secret" role="group" aria-label={label}>
        <span className={value === true ? 'hw-secret-set' : 'secondary'}>
          {value === true ? 'Set' : (props.field.absent ?? 'Not set')}
        </span>
        <Button className="button-small" isDisabled={isDisabled} onPress={() => setTyping(true)}>
          {value === true ? 'Change…' : 'Set…'}
        </Button>
        {value === true ? (
          <Button className="button-small" isDisabled={isDisabled} onPress={() => onChange(undefined)}>
            Remove
          </Button>
        ) : null}
      </div>
      {(error ?? hint) === undefined ? null : (
        <span className={error === undefined ? 'field-hint' : 'field-error'}>{error ?? hint}</span>
      )}
    </div>
  )
}
