import { Label } from 'react-aria-components'
import { Select } from '../ui/Select'
import { Switch } from '../ui/Switch'
import type { ControlProps } from './control-props'

/** Where it is known what no value means, a switch says all; elsewhere the hypervisor's own choice is one of three. */
export function FlagControl(props: ControlProps<'flag'>) {
  const { field, label, value, onChange, error, hint, isDisabled } = props
  const usual = plainDefault(field.absent)
  if (usual === undefined) {
    return (
      <Select
        label={label}
        value={value === true ? 'yes' : value === false ? 'no' : ''}
        options={[
          { id: '', label: field.absent ?? 'Hypervisor default' },
          { id: 'yes', label: 'Yes' },
          { id: 'no', label: 'No' },
        ]}
        onChange={(id) => onChange(id === '' ? undefined : id === 'yes')}
        hint={hint}
        error={error}
        isDisabled={isDisabled}
      />
    )
  }
  const isOn = typeof value === 'boolean' ? value : usual
  return (
    <div className="field">
      <Label className="field-label" aria-hidden="true">
        {label}
      </Label>
      <Switch aria-label={label} isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
        {isOn ? 'Yes' : 'No'}
      </Switch>
      {(error ?? hint) === undefined ? null : (
        <span className={error === undefined ? 'field-hint' : 'field-error'}>{error ?? hint}</span>
      )}
    </div>
  )
}

function plainDefault(absent: string | undefined): boolean | undefined {
  if (absent === undefined || /^no\b/i.test(absent)) return false
  return /^yes\b/i.test(absent) ? true : undefined
}
