import { useState } from 'react'
import { isRemovable } from '../../shared/model/hardware/kinds/disk-when'
import { firmwareWords } from '../../shared/model/hardware/kinds/firmware-file'
import { mediumOf } from '../../shared/model/hardware/kinds/disk-volume'
import { Button } from '../ui/Button'
import { ComboField } from '../ui/ComboField'
import { UnitField } from '../ui/UnitField'
import { BrowseVolumesDialog } from './BrowseVolumesDialog'
import { diskUsers } from './disk-users'
import { textOf, unsetWhenEmpty, type ControlProps } from './control-props'
import { useScope } from './scope'

/** A path on the host. Where it must be something that is there, it can be chosen there; firmware is offered. */
export function PathControl({
  field,
  label,
  value,
  onChange,
  error,
  hint,
  isDisabled,
}: ControlProps<'path'>) {
  const { target, context, kind, values: scopeValues } = useScope()
  const [isBrowsing, setBrowsing] = useState(false)
  if (field.type.offers === 'firmware')
    return (
      <ComboField
        label={label}
        value={textOf(value)}
        onChange={unsetWhenEmpty(onChange)}
        options={(context?.capabilities?.firmware.loaders ?? []).map((id) => ({
          id,
          hint: firmwareWords(id),
        }))}
        placeholder={field.absent}
        hint={hint}
        error={error}
        isDisabled={isDisabled}
        isMono
      />
    )
  return (
    <>
      <UnitField
        label={label}
        value={textOf(value)}
        onChange={unsetWhenEmpty(onChange)}
        isMono
        placeholder={field.absent}
        hint={hint}
        error={error}
        isDisabled={isDisabled}
        end={
          field.type.mustExist ? (
            <Button isDisabled={isDisabled} onPress={() => setBrowsing(true)}>
              Browse…
            </Button>
          ) : undefined
        }
      />
      {isBrowsing ? (
        <BrowseVolumesDialog
          host={target.host}
          current={textOf(value)}
          onClose={() => setBrowsing(false)}
          isForMedia={kind.id === 'disk' && isRemovable(scopeValues)}
          isForFolder={field.type.isFolder ?? false}
          users={diskUsers(context)}
          onChoose={(volume, pool) => {
            onChange(volume.path, kind.id === 'disk' ? mediumOf(volume, pool) : {})
            setBrowsing(false)
          }}
        />
      ) : null}
    </>
  )
}
