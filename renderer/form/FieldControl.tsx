import type { FieldType } from '../../shared/model/hardware/field'
import { NumberField } from '../ui/NumberField'
import { SizeField } from '../ui/SizeField'
import { TextArea } from '../ui/TextArea'
import { UnitField } from '../ui/UnitField'
import { ChoiceControl } from './ChoiceControl'
import { textOf, unsetWhenEmpty, type ControlProps } from './control-props'
import { FlagControl } from './FlagControl'
import { HostChoiceControl } from './HostChoiceControl'
import { MacControl } from './MacControl'
import { PathControl } from './PathControl'
import { SecretControl } from './SecretControl'

/** The control for a field's type (lists have RowsControl), with its label, help and problem. */
export function FieldControl(props: ControlProps) {
  const { field, label, value, onChange, error, hint, isDisabled } = props
  const { type } = field
  const number = typeof value === 'number' || typeof value === 'string' ? value : undefined
  const common = { label, error, hint, isDisabled, placeholder: field.absent }
  const shared = { ...props, field: field as never }
  switch (type.kind) {
    case 'integer':
      return (
        <NumberField
          {...common}
          value={number}
          onChange={onChange}
          min={type.min}
          max={type.max}
          unit={type.unit}
        />
      )
    case 'size':
      return <SizeField {...common} value={number} onChange={onChange} usualUnit={usualUnit(type)} />
    case 'text':
      return type.isLong ? (
        <TextArea
          {...common}
          value={textOf(value)}
          onChange={unsetWhenEmpty(onChange)}
          isMono={type.isMono ?? false}
        />
      ) : (
        <UnitField
          {...common}
          value={textOf(value)}
          onChange={unsetWhenEmpty(onChange)}
          isMono={type.isMono ?? false}
        />
      )
    case 'uuid':
    case 'cpuset':
      return <UnitField {...common} value={textOf(value)} onChange={unsetWhenEmpty(onChange)} isMono />
    case 'choice':
      return <ChoiceControl {...shared} />
    case 'flag':
      return <FlagControl {...shared} />
    case 'secret':
      return <SecretControl {...shared} />
    case 'mac':
      return <MacControl {...shared} />
    case 'path':
      return <PathControl {...shared} />
    case 'host-choice':
      return <HostChoiceControl {...shared} />
    // RowsControl draws them; an entry has no lists of its own
    case 'rows':
      return null
  }
}

/** Where nothing is set: small limits are typed in MiB or KiB, memory in GiB. */
function usualUnit(type: Extract<FieldType, { kind: 'size' }>): 'KiB' | 'MiB' | 'GiB' {
  if (type.maxBytes === undefined || type.maxBytes >= 1024 ** 4) return 'MiB'
  return type.maxBytes >= 1024 ** 3 ? 'MiB' : 'KiB'
}
