import type { ReactNode } from 'react'
import { FieldError, Input, Label, Text, TextField as AriaTextField } from 'react-aria-components'
import { classNames } from './class-names'
import { ErrorIcon } from './icons/general'
import './fields.css'
import './unit-field.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean
  readonly isMono?: boolean
  /** Behind the box: a unit, a chooser of units, buttons. */
  readonly end?: ReactNode
  /** Arrow keys: so many steps up (or down, negative). */
  readonly onStep?: (steps: number) => void
  /** `password`: what is typed is hidden. */
  readonly type?: 'text' | 'password'
  readonly inputMode?: 'numeric' | 'decimal' | 'text'
  readonly className?: string | undefined
}

/** A short text field with something behind it in the same line. */
export function UnitField(props: Props) {
  const { label, value, onChange, hint, error, placeholder, end, onStep, isMono = false } = props
  return (
    <AriaTextField
      className={classNames('field', props.className)}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      type={props.type ?? 'text'}
      autoComplete="off"
    >
      <Label className="field-label">{label}</Label>
      <div className="unit-line">
        <Input
          className={classNames('input', isMono && 'input-mono')}
          spellCheck="false"
          inputMode={props.inputMode ?? 'text'}
          {...(placeholder === undefined ? {} : { placeholder })}
          onKeyDown={(event) => {
            const steps = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
            if (!onStep || steps === 0) return
            event.preventDefault()
            onStep(event.shiftKey ? steps * 10 : steps)
          }}
        />
        {end}
      </div>
      {error === undefined && hint !== undefined ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="field-error">
        <ErrorIcon size={14} />
        <span>{error}</span>
      </FieldError>
    </AriaTextField>
  )
}
