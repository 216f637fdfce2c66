import type { HostId } from '../../../shared/model/ids'
import { UnitField } from '../../ui/UnitField'
import { useBrowse } from './use-browse'

interface Props {
  readonly host: HostId
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly error?: string | undefined
  /** For a file that is to be made: it is typed, as there is nothing to choose. */
  readonly isNew?: boolean
}

/** A path on a host, for forms that are no part of a VM. */
export function HostPathField({ host, label, value, onChange, hint, error, isNew = false }: Props) {
  const wrong = value !== '' && !value.startsWith('/') ? 'Enter the full path, from “/” on.' : undefined
  const browse = useBrowse({ host, current: value, onChoose: onChange })
  return (
    <>
      <UnitField
        label={label}
        value={value}
        onChange={onChange}
        isMono
        hint={hint}
        error={error ?? wrong}
        end={isNew ? undefined : browse.button}
      />
      {browse.dialog}
    </>
  )
}
