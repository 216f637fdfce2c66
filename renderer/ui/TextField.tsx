import type { HTMLInputTypeAttribute, Ref } from 'react'
import { FieldError, Input, Label, Text, TextField as AriaTextField } from 'react-aria-components'
import { classNames } from './class-names'
import { ErrorIcon } from './icons/general'
import './fields.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  /** Shown under the field, in place of the hint. */
  readonly error?: string | undefined
  readonly placeholder?: string
  readonly type?: HTMLInputTypeAttribute
  readonly isMono?: boolean
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  readonly inputMode?: 'numeric' | 'text'
  /** For a field with a button of its own inside of a form: Enter does not send that. */
  readonly onEnter?: () => void
  readonly onEscape?: () => void
  readonly className?: string
  readonly ref?: Ref<HTMLInputElement>
}

export function TextField(props: Props) {
  const { label, value, onChange, hint, error, placeholder, type = 'text', isMono = false } = props
  const { onEnter, onEscape } = props
  return (
    <AriaTextField
      className={classNames('field', props.className)}
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
      autoComplete="off"
      {...(onEnter || onEscape
        ? {
            onKeyDown: (event) => {
              const act = event.key === 'Enter' ? onEnter : event.key === 'Escape' ? onEscape : undefined
              if (!act) return event.continuePropagation()
              event.preventDefault()
              act()
            },
          }
        : {})}
    >
      <Label className="field-label">{label}</Label>
      <Input
        className={classNames('input', isMono && 'input-mono')}
        spellCheck="false"
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(props.inputMode ? { inputMode: props.inputMode } : {})}
        {...(props.ref ? { ref: props.ref } : {})}
      />
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
