import { Label, Radio, RadioGroup } from 'react-aria-components'
import './fields.css'

export interface Segment<Id extends string> {
  readonly id: Id
  readonly label: string
}

interface Props<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly segments: readonly Segment<Id>[]
  readonly onChange: (value: Id) => void
}

/** One of a few choices that are all worth seeing at once. */
export function Segmented<Id extends string>({ label, value, segments, onChange }: Props<Id>) {
  return (
    <RadioGroup
      className="field"
      orientation="horizontal"
      value={value}
      onChange={(key) => {
        const segment = segments.find(({ id }) => id === key)
        if (segment) onChange(segment.id)
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="segments">
        {segments.map(({ id, label: text }) => (
          <Radio key={id} value={id} className="segment">
            {text}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
