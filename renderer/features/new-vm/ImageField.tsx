import { useState } from 'react'
import type { PlaceOnHost } from '../../../shared/model/new-vm/new-vm'
import { BrowseVolumesDialog } from '../../form/BrowseVolumesDialog'
import { Button } from '../../ui/Button'
import { UnitField } from '../../ui/UnitField'
import { chosenPlace, placeOf, placeText } from './place-text'
import { useWizard } from './wizard'

interface Props {
  readonly label: string
  readonly value: PlaceOnHost | undefined
  readonly onChange: (place: PlaceOnHost) => void
  readonly isForMedia?: boolean
  /** A folder is wanted, which no pool has. */
  readonly isForFolder?: boolean
  readonly error?: string | undefined
  readonly hint?: string | undefined
}

const nobody: ReadonlyMap<string, string> = new Map()

/** An image of the host: typed as a path, or chosen from its pools and folders. */
export function ImageField({
  label,
  value,
  onChange,
  isForMedia = false,
  isForFolder = false,
  error,
  hint,
}: Props) {
  const { host } = useWizard()
  const [isBrowsing, setBrowsing] = useState(false)
  return (
    <>
      <UnitField
        label={label}
        value={value === undefined ? '' : placeText(value)}
        onChange={(text) => onChange(placeOf(text))}
        isMono
        placeholder="Path on the host, or choose one"
        error={error}
        hint={hint}
        end={<Button onPress={() => setBrowsing(true)}>Choose…</Button>}
      />
      {isBrowsing ? (
        <BrowseVolumesDialog
          host={host}
          isForMedia={isForMedia}
          isForFolder={isForFolder}
          current={value?.kind === 'path' ? value.path : ''}
          users={nobody}
          onClose={() => setBrowsing(false)}
          onChoose={(volume, pool) => {
            onChange(chosenPlace(volume, pool))
            setBrowsing(false)
          }}
        />
      ) : null}
    </>
  )
}
