import { useState } from 'react'
import { formatBytes } from '../../../../shared/units'
import type { HostId } from '../../../../shared/model/ids'
import { ErrorBox } from '../../../components/ErrorBox'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { DiskIcon } from '../../../ui/icons/hardware'
import { SearchField } from '../../../ui/SearchField'
import { Select } from '../../../ui/Select'
import { Spinner } from '../../../ui/Spinner'
import { useHostChoices, useVolumes } from '../host-data'
import './dialogs.css'

interface Props {
  readonly host: HostId
  readonly current: string
  readonly onClose: () => void
  readonly onChoose: (path: string) => void
}

/** More are not read through; the filter finds the others. */
const maxShown = 300

/** The volumes of the host's pools, to choose the path of one. */
export function BrowseVolumesDialog({ host, current, onClose, onChoose }: Props) {
  const choices = useHostChoices(host)
  const pools = choices.value?.pools.items ?? []
  const own = pools.find(({ path }) => path !== undefined && current.startsWith(`${path}/`))
  const [chosen, setChosen] = useState<string>()
  const pool = chosen ?? own?.name ?? pools[0]?.name
  const volumes = useVolumes(host, pool)
  const [filter, setFilter] = useState('')
  const found = (volumes.value?.volumes ?? []).filter(({ name }) =>
    name.toLowerCase().includes(filter.trim().toLowerCase()),
  )
  return (
    <Dialog
      title="Choose a volume"
      icon={DiskIcon}
      width={640}
      onClose={onClose}
      footer={<Button onPress={onClose}>Cancel</Button>}
    >
      {pools.length === 0 ? (
        choices.isLoading ? (
          <p className="hw-loading" role="status">
            <Spinner /> Asking the host for its pools…
          </p>
        ) : (
          <p className="secondary">
            {choices.value?.pools.error
              ? `The host did not tell its pools: ${choices.value.pools.error.message}`
              : 'This host has no storage pools. The path can still be typed.'}
          </p>
        )
      ) : (
        <>
          <div className="hw-browse-head">
            <Select
              label="Pool"
              value={pool ?? ''}
              options={pools.map(({ name, type, state, path }) => ({
                id: name,
                label: name,
                hint: [
                  type,
                  ...(state === 'running' ? [] : [state]),
                  ...(path === undefined ? [] : [path]),
                ].join(', '),
              }))}
              onChange={setChosen}
            />
            <SearchField label="Filter volumes" placeholder="Filter" value={filter} onChange={setFilter} />
          </div>
          {volumes.error ? <ErrorBox error={volumes.error} title="The volumes could not be read" /> : null}
          <ul className="hw-volumes" aria-label="Volumes">
            {found.slice(0, maxShown).map(({ name, path, format, capacityBytes, type }) => (
              <li key={path}>
                <button
                  type="button"
                  className="hw-volume"
                  aria-current={path === current}
                  disabled={type === 'dir'}
                  onClick={() => onChoose(path)}
                >
                  <span className="truncate">{name}</span>
                  <span className="secondary">{format ?? type}</span>
                  <span className="secondary hw-volume-size">
                    {capacityBytes === undefined ? '' : formatBytes(capacityBytes)}
                  </span>
                </button>
              </li>
            ))}
            {found.length === 0 && !volumes.isLoading ? (
              <li className="hw-volumes-empty">
                {filter === '' ? 'This pool is empty' : 'Nothing has that in its name'}
              </li>
            ) : null}
            {found.length > maxShown ? (
              <li className="hw-volumes-empty">{found.length - maxShown} more; type to narrow the list</li>
            ) : null}
          </ul>
        </>
      )}
    </Dialog>
  )
}
