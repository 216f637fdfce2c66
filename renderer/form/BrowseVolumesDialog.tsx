import { useState } from 'react'
import type { PoolChoice, VolumeChoice } from '../../shared/model/host-choices'
import type { HostId } from '../../shared/model/ids'
import { ErrorBox } from '../components/ErrorBox'
import { useHost } from '../stores/hosts'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { DiskIcon } from '../ui/icons/hardware'
import { Segmented } from '../ui/Segmented'
import { Select } from '../ui/Select'
import { Spinner } from '../ui/Spinner'
import {
  askForChoices,
  askForVolumes,
  useHostChoices,
  useReadAnew,
  useReadVolumesAnew,
  useVolumes,
} from './host-data'
import { HostFilesPlace } from './host-files/HostFilesPlace'
import { UploadHere } from './host-files/UploadHere'
import { VolumeTable } from './VolumeTable'
import './form.css'
import './browse-volumes.css'
import './host-files/host-files.css'

interface Props {
  readonly host: HostId
  /** For a CD or floppy drive. */
  readonly isForMedia?: boolean
  /** A folder is wanted, which no pool has. */
  readonly isForFolder?: boolean
  readonly current: string
  /** Who has a volume, by path, as far as that is known. */
  readonly users: ReadonlyMap<string, string>
  readonly onClose: () => void
  /** The pool is empty for a file that was chosen by its path. */
  readonly onChoose: (volume: VolumeChoice, pool: string) => void
}

const places = [
  { id: 'pools', label: 'Storage pools' },
  { id: 'host', label: 'Files of the host' },
] as const

/** Something on the host, to choose it: a volume of a pool, a file by its path, or one of this computer that is uploaded. */
export function BrowseVolumesDialog(props: Props) {
  const { host, current, isForMedia = false, isForFolder = false, onClose, onChoose } = props
  const [place, setPlace] = useState<'pools' | 'host'>(isForFolder ? 'host' : 'pools')
  return (
    <Dialog
      title={isForFolder ? 'Choose a folder' : isForMedia ? 'Choose a medium' : 'Choose a volume or file'}
      icon={DiskIcon}
      width={760}
      onClose={onClose}
      footer={<Button onPress={onClose}>Cancel</Button>}
    >
      <div className="hw-browse">
        {isForFolder ? null : (
          <Segmented label="Where it is" value={place} segments={places} onChange={setPlace} />
        )}
        {place === 'pools' ? (
          <Pools {...props} />
        ) : (
          <HostFilesPlace
            host={host}
            wants={isForFolder ? 'folder' : 'file'}
            current={current}
            onChoose={(file) => onChoose(file, '')}
          />
        )}
      </div>
    </Dialog>
  )
}

/** What is not known yet, not there, or not told looks different. */
function Pools(props: Props) {
  const { host, current } = props
  const choices = useHostChoices(host)
  useReadAnew(host)
  const pools = choices.value?.pools
  const usual = useHost(host)?.usualPool
  const [chosen, setChosen] = useState<string>()
  const pool =
    pools?.items.find(({ name }) => name === chosen) ?? firstPool(pools?.items ?? [], current, usual)
  const failure = choices.error ?? (pools?.items.length === 0 ? pools.error : undefined)
  if (failure)
    return (
      <ErrorBox
        error={failure}
        title="The host did not tell its pools"
        actions={<Button onPress={() => askForChoices(host)}>Try again</Button>}
      />
    )
  if (pools === undefined) return <Waiting text="Asking the host for its pools…" />
  if (pool === undefined)
    return (
      <p className="hw-pick-empty" role="status">
        This host has no storage pools to choose from. A path on the host can be typed into the field.
      </p>
    )
  return (
    <>
      <Select
        label="Pool"
        value={pool.name}
        options={pools.items.map((one) => ({ id: one.name, label: one.name, hint: poolHint(one) }))}
        onChange={setChosen}
      />
      <Volumes key={pool.name} {...props} pool={pool.name} />
      {pool.state === 'running' ? (
        <UploadHere
          key={`upload ${pool.name}`}
          host={host}
          pool={pool.name}
          onDone={() => askForVolumes(host, pool.name)}
        />
      ) : null}
    </>
  )
}

function Volumes({
  host,
  pool,
  current,
  users,
  isForMedia = false,
  onChoose,
}: Props & { readonly pool: string }) {
  const volumes = useVolumes(host, pool)
  useReadVolumesAnew(host, pool)
  if (volumes.error)
    return (
      <ErrorBox
        error={volumes.error}
        title={`The volumes of ${pool} could not be read`}
        actions={
          <Button isDisabled={volumes.isLoading} onPress={() => askForVolumes(host, pool)}>
            Try again
          </Button>
        }
      />
    )
  if (volumes.value === undefined) return <Waiting text="Reading the volumes…" />
  return (
    <VolumeTable
      list={volumes.value}
      current={current}
      users={users}
      isForMedia={isForMedia}
      onChoose={(volume) => onChoose(volume, pool)}
    />
  )
}

function Waiting({ text }: { text: string }) {
  return (
    <p className="hw-loading" role="status">
      <Spinner /> {text}
    </p>
  )
}

/** Where the present image is, the one for new disks, or one that can be looked into. */
function firstPool(
  pools: readonly PoolChoice[],
  current: string,
  usual: string | undefined,
): PoolChoice | undefined {
  return (
    pools.find(({ path }) => path !== undefined && current.startsWith(`${path}/`)) ??
    pools.find(({ name, state }) => name === usual && state === 'running') ??
    pools.find(({ state }) => state === 'running') ??
    pools[0]
  )
}

function poolHint({ type, state, path }: PoolChoice): string {
  return [type, ...(state === 'running' ? [] : [state]), ...(path === undefined ? [] : [path])].join(', ')
}
