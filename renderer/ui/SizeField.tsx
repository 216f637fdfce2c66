import { useState } from 'react'
import { Select } from './Select'
import { numberText, readSize, sizeUnits, unitFor, type SizeUnit } from './size-text'
import { UnitField } from './UnitField'

interface Props {
  readonly label: string
  /** Bytes; a text is what somebody typed that is no size. */
  readonly value: number | string | undefined
  readonly onChange: (value: number | string | undefined) => void
  /** Chosen while nothing is set. */
  readonly usualUnit?: SizeUnit
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean
  readonly className?: string
}

const options = sizeUnits.map((unit) => ({ id: unit, label: unit }))

/**
 * A size in bytes, shown with a unit. Choosing another unit shows the same size in it; only for a number that was typed
 * since, the unit is taken as what was meant.
 */
export function SizeField(props: Props) {
  const { label, value, onChange, usualUnit = 'GiB', hint, error, placeholder, isDisabled = false } = props
  const [chosen, setChosen] = useState<SizeUnit>()
  const [typed, setTyped] = useState<string>()
  const shownUnit = chosen ?? (typeof value === 'number' && value > 0 ? unitFor(value) : usualUnit)
  const meaning = (text: string, unit: SizeUnit): number | string | undefined =>
    text.trim() === '' ? undefined : (readSize(text, unit)?.bytes ?? text)
  const text =
    typed !== undefined && meaning(typed, shownUnit) === value
      ? typed
      : typeof value === 'number'
        ? numberText(value, shownUnit)
        : (value ?? '')

  const change = (next: string): void => {
    const read = readSize(next, shownUnit)
    setTyped(next)
    setChosen(shownUnit)
    onChange(next.trim() === '' ? undefined : (read?.bytes ?? next))
  }
  const changeUnit = (unit: SizeUnit): void => {
    setChosen(unit)
    if (typed !== undefined && /^[\d.,\s]+$/.test(typed)) onChange(meaning(typed, unit))
    setTyped(undefined)
  }
  return (
    <UnitField
      className={props.className ?? 'field-number'}
      label={label}
      value={text}
      onChange={change}
      inputMode="decimal"
      hint={hint}
      error={error}
      placeholder={placeholder}
      isDisabled={isDisabled}
      onStep={(steps) => {
        const step = 1024 ** sizeUnits.indexOf(shownUnit)
        if (typeof value === 'number') onChange(Math.max(0, value + steps * step))
      }}
      end={
        <Select
          className="unit-select"
          label={`Unit of ${label}`}
          value={shownUnit}
          options={options}
          onChange={changeUnit}
          isDisabled={isDisabled}
        />
      }
    />
  )
}
