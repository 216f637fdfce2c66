import { memo } from 'react'
import type { Choice } from '../../../../shared/model/hardware/field'
import { Select } from '../../../ui/Select'
import type { FeatureLine } from './cpu-features'

interface Props {
  readonly line: FeatureLine
  readonly policies: readonly Choice[]
  readonly isDisabled: boolean
  readonly onChange: (name: string, policy: string | undefined) => void
}

const asModel = ''

/** Two plain buttons while nothing is set, all choices once it is: hundreds of lists of choices would be slow. */
export const FeatureRow = memo(function FeatureRow({ line, policies, isDisabled, onChange }: Props) {
  const { name, note, policy } = line
  return (
    <li className={policy === undefined ? 'feature-row' : 'feature-row feature-row-set'} data-feature={name}>
      <span className="feature-name selectable">{name}</span>
      <span className="feature-note truncate">{note ?? ''}</span>
      {policy === undefined ? (
        <span className="feature-buttons" role="group" aria-label={name}>
          {(['require', 'disable'] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="feature-button"
              disabled={isDisabled}
              aria-label={`${name}: ${one === 'require' ? 'on' : 'off'}`}
              onClick={() => onChange(name, one)}
            >
              {one === 'require' ? 'On' : 'Off'}
            </button>
          ))}
        </span>
      ) : (
        <Select
          className="feature-policy"
          label={`Policy of ${name}`}
          value={policy}
          isDisabled={isDisabled}
          options={[
            { id: asModel, label: 'As the model has it' },
            ...policies.map(({ value, label, note: hint }) => ({
              id: value,
              label,
              ...(hint === undefined ? {} : { hint }),
            })),
            // a definition may say what no list knows
            ...(policies.some(({ value }) => value === policy) ? [] : [{ id: policy, label: policy }]),
          ]}
          onChange={(next) => onChange(name, next === asModel ? undefined : next)}
        />
      )}
    </li>
  )
})
