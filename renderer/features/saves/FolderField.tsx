import { useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { SaveFolder } from '../../../shared/model/save/saved-state'
import { formatBytes } from '../../../shared/units'
import { BrowseVolumesDialog } from '../../form/BrowseVolumesDialog'
import { Button } from '../../ui/Button'
import { ComboField } from '../../ui/ComboField'

interface Props {
  readonly host: HostId
  readonly label: string
  readonly value: string
  readonly folders: readonly SaveFolder[]
  readonly onChange: (folder: string) => void
  readonly error?: string | undefined
}

const nobody: ReadonlyMap<string, string> = new Map()

/** A folder of the host: one of a pool, one that is looked for, or one that is typed. */
export function FolderField({ host, label, value, folders, onChange, error }: Props) {
  const [isBrowsing, setBrowsing] = useState(false)
  return (
    <>
      <ComboField
        label={label}
        value={value}
        onChange={onChange}
        isMono
        error={error}
        options={folders.map(({ path, pool, freeBytes }) => ({
          id: path,
          hint: [
            pool === undefined ? undefined : `pool ${pool}`,
            freeBytes === undefined ? undefined : `${formatBytes(freeBytes)} left`,
          ]
            .filter((part) => part !== undefined)
            .join(', '),
        }))}
      />
      <Button onPress={() => setBrowsing(true)}>Browse…</Button>
      {isBrowsing ? (
        <BrowseVolumesDialog
          host={host}
          isForFolder
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
