import { freshMac } from '../../shared/model/hardware/mac'
import { itemsOf } from '../../shared/model/hardware/kind'
import { IconButton } from '../ui/Button'
import { DiceIcon } from '../ui/icons/hardware'
import { UnitField } from '../ui/UnitField'
import { textOf, unsetWhenEmpty, type ControlProps } from './control-props'
import { useScope } from './scope'

export function MacControl({ field, label, value, onChange, error, hint, isDisabled }: ControlProps<'mac'>) {
  const { context, item } = useScope()
  const own = context && item ? itemsOf(context, item.kind) : (context?.items ?? [])
  const inUse = (): string[] => [
    ...(context?.otherMacs ?? []),
    ...own.flatMap(({ values }) => Object.values(values).filter((one) => typeof one === 'string')),
  ]
  return (
    <UnitField
      className="field-mac"
      label={label}
      value={textOf(value)}
      onChange={unsetWhenEmpty(onChange)}
      isMono
      placeholder={field.absent}
      hint={hint}
      error={error}
      isDisabled={isDisabled}
      end={
        <IconButton
          icon={DiceIcon}
          label="New random address"
          isDisabled={isDisabled}
          onPress={() => onChange(freshMac(context?.virtType ?? '', inUse()))}
        />
      }
    />
  )
}
