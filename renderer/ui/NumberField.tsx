import { useState } from 'react'
import { UnitField } from './UnitField'

interface Props {
  readonly label: string
  /** A text is what somebody typed that is no number. */
  readonly value: number | string | undefined
  /** A text that is no whole number is handed on as it is, so that whoever keeps the value can say so. */
  readonly onChange: (value: number | string | undefined) => void
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly unit?: string | undefined
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean
  readonly className?: string
}

/** A whole number; arrow keys count, with Shift by ten. Empty means not set. */
export function NumberField(props: Props) {
  const { label, value, onChange, min, max, unit, hint, error, placeholder, isDisabled = false } = props
  const [typed, setTyped] = useState<string>()
  const change = (text: string): void => {
    setTyped(text)
    onChange(numberOf(text))
  }
  // "007" stays as typed while it means what the value is
  const text =
    typed !== undefined && numberOf(typed) === value ? typed : value === undefined ? '' : String(value)
  return (
    <UnitField
      className={props.className ?? 'field-number'}
      label={label}
      value={text}
      onChange={change}
      inputMode="numeric"
      hint={hint}
      error={error}
      placeholder={placeholder}
      isDisabled={isDisabled}
      onStep={(steps) => {
        if (typeof value === 'string') return
        const next = value === undefined ? (min ?? 0) : value + steps
        onChange(Math.min(max ?? Number.MAX_SAFE_INTEGER, Math.max(min ?? Number.MIN_SAFE_INTEGER, next)))
      }}
      end={unit === undefined ? undefined : <span className="unit-text">{unit}</span>}
    />
  )
}

function numberOf(text: string): number | string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : text
}
