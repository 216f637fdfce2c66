import type { HostId } from '../../../shared/model/ids'
import type { SaveFolder } from '../../../shared/model/save/saved-state'
import { formatBytes } from '../../../shared/units'
import { useBrowse } from '../../form/host-files/use-browse'
import { ComboField } from '../../ui/ComboField'

interface Props {
  readonly host: HostId
  readonly label: string
  readonly value: string
  readonly folders: readonly SaveFolder[]
  readonly onChange: (folder: string) => void
  readonly error?: string | undefined
}

/** A folder of the host: one of a pool, one that is looked for, or one that is typed. */
export function FolderField({ host, label, value, folders, onChange, error }: Props) {
  const browse = useBrowse({ host, current: value, isForFolder: true, onChoose: onChange })
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
      {browse.button}
      {browse.dialog}
    </>
  )
}
