import { FieldError, Label, Text, TextArea as AriaTextArea, TextField } from 'react-aria-components'
import { classNames } from './class-names'
import { ErrorIcon } from './icons/general'
import './fields.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly placeholder?: string | undefined
  readonly isMono?: boolean
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  readonly className?: string
}

export function TextArea(props: Props) {
  const { label, value, onChange, rows = 4, hint, error, placeholder, isMono = false } = props
  return (
    <TextField
      className={classNames('field', props.className)}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
    >
      <Label className="field-label">{label}</Label>
      <AriaTextArea
        className={classNames('input', 'input-area', isMono && 'input-mono')}
        rows={rows}
        spellCheck="false"
        {...(placeholder === undefined ? {} : { placeholder })}
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
    </TextField>
  )
}
