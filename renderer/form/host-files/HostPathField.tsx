import { useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { Button } from '../../ui/Button'
import { UnitField } from '../../ui/UnitField'
import { BrowseVolumesDialog } from '../BrowseVolumesDialog'

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

const nobody: ReadonlyMap<string, string> = new Map()

/** A path on a host, for forms that are no part of a VM. */
export function HostPathField({ host, label, value, onChange, hint, error, isNew = false }: Props) {
  const [isBrowsing, setBrowsing] = useState(false)
  const wrong = value !== '' && !value.startsWith('/') ? 'Enter the full path, from “/” on.' : undefined
  return (
    <>
      <UnitField
        label={label}
        value={value}
        onChange={onChange}
        isMono
        hint={hint}
        error={error ?? wrong}
        end={isNew ? undefined : <Button onPress={() => setBrowsing(true)}>Browse…</Button>}
      />
      {isBrowsing ? (
        <BrowseVolumesDialog
          host={host}
          current={value}
          users={nobody}
          onClose={() => setBrowsing(false)}
          onChoose={({ path }) => {
            onChange(path)
            setBrowsing(false)
          }}
        />
      ) : null}
    </>
  )
}
