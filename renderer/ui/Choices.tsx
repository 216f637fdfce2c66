import { Label, Radio, RadioGroup } from 'react-aria-components'
import { classNames } from './class-names'
import './choices.css'

export interface ChoiceEntry<Id extends string> {
  readonly id: Id
  readonly label: string
  /** What it means, in a sentence. */
  readonly note?: string | undefined
  readonly isDanger?: boolean
  readonly disabledReason?: string | undefined
}

interface Props<Id extends string> {
  readonly label: string
  readonly value: Id
  readonly choices: readonly ChoiceEntry<Id>[]
  readonly onChange: (value: Id) => void
}

/** A few ways to go, each with what it means. */
export function Choices<Id extends string>({ label, value, choices, onChange }: Props<Id>) {
  return (
    <RadioGroup
      className="choices"
      value={value}
      onChange={(key) => {
        const choice = choices.find(({ id }) => id === key)
        if (choice) onChange(choice.id)
      }}
    >
      <Label className="field-label">{label}</Label>
      {choices.map(({ id, label: text, note, isDanger = false, disabledReason }) => (
        <Radio
          key={id}
          value={id}
          isDisabled={disabledReason !== undefined}
          className={classNames('choice', isDanger && 'choice-danger')}
        >
          <span className="choice-dot" />
          <span className="choice-text">
            <span className="choice-label">{text}</span>
            {(disabledReason ?? note) === undefined ? null : (
              <span className="choice-note">{disabledReason ?? note}</span>
            )}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  )
}
