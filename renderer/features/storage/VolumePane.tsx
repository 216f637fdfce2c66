import { useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { Pool } from '../../../shared/model/storage/pool'
import { whyNotInPool } from '../../../shared/model/storage/volume-abilities'
import { ErrorBox } from '../../components/ErrorBox'
import { onCommand } from '../../stores/commands'
import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { SearchIcon } from '../../ui/icons/general'
import { DiskIcon } from '../../ui/icons/hardware'
import { Spinner } from '../../ui/Spinner'
import { DropTarget } from './DropTarget'
import { firstSort, nextSort, shownRows } from './rows'
import { startUpload, uploadDropped } from './upload'
import type { Usage } from './usage'
import type { PoolVolumes } from './use-volumes'
import type { VolumeContext } from './volume-actions'
import { VolumeTable, type Selection } from './VolumeTable'
import { VolumeToolbar } from './VolumeToolbar'

interface Props {
  readonly host: HostId
  readonly pool: Pool
  readonly volumes: PoolVolumes
  readonly usage: Usage
  readonly lockedReason: string | undefined
}

const nothing: Selection = { selected: new Set(), cursor: undefined }

/** The volumes of a pool: what can be done, the table, and how far it has been read. */
export function VolumePane({ host, pool, volumes, usage, lockedReason }: Props) {
  const { rows, error, detailsError, isTruncated, missing, loader } = volumes
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  const [sort, setSort] = useState(firstSort)
  const [selection, setSelection] = useState(nothing)
  const grid = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  useEffect(
    () =>
      onCommand('focusFilter', () => {
        search.current?.focus()
        search.current?.select()
      }),
    [],
  )
  const words = useMemo(() => wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean), [wanted])
  const shown = useMemo(
    () => shownRows(rows ?? [], { pool: pool.name, words, sort, usage: usage.value }),
    [rows, pool.name, words, sort, usage.value],
  )
  const chosen = useMemo(
    () => (selection.selected.size === 0 ? [] : shown.filter(({ name }) => selection.selected.has(name))),
    [shown, selection],
  )
  // what is filtered away or gone must not be acted on
  const hasHidden = chosen.length !== selection.selected.size
  const forgetHidden = useEffectEvent(() =>
    setSelection({ ...selection, selected: new Set(chosen.map(({ name }) => name)) }),
  )
  useEffect(() => {
    if (hasHidden) forgetHidden()
  }, [hasHidden])

  const context: VolumeContext = { host, pool, lockedReason }
  const uploadReason = lockedReason ?? whyNotInPool(pool.type, 'upload') ?? whyNotInPool(pool.type, 'create')
  if (rows === undefined) {
    return (
      <div className="storage-padded">
        {error ? (
          <ErrorBox
            error={error}
            title={`The volumes of ${pool.name} could not be read`}
            actions={<Button onPress={() => void loader?.reload()}>Try again</Button>}
          />
        ) : (
          <p className="storage-waiting" role="status">
            <Spinner /> Reading the volumes…
          </p>
        )}
      </div>
    )
  }
  return (
    <DropTarget
      hint={`Drop to upload to ${pool.name}`}
      whyNot={uploadReason}
      onFiles={(files) => void uploadDropped(host, pool.name, files)}
    >
      <VolumeToolbar
        context={context}
        rows={chosen}
        total={rows.length}
        found={words.length === 0 ? undefined : shown.length}
        missing={missing}
        uploadReason={uploadReason}
        filter={filter}
        onFilter={setFilter}
        onLeaveFilter={() => grid.current?.focus()}
        searchRef={search}
      />
      {error || detailsError ? (
        <div className="storage-padded">
          <ErrorBox
            error={error ?? detailsError ?? { kind: 'internal', message: '' }}
            title={error ? 'The list may not be up to date' : 'Some volumes could not be read'}
            actions={
              <Button onPress={() => (error ? void loader?.reload() : loader?.retry())}>Try again</Button>
            }
          />
        </div>
      ) : null}
      {usage.error || (usage.value?.unread.length ?? 0) > 0 ? <UsageNote usage={usage} /> : null}
      <VolumeTable
        context={context}
        rows={shown}
        loader={loader}
        usage={usage}
        sort={sort}
        onSort={(column) => setSort(nextSort(sort, column))}
        selection={selection}
        onSelect={setSelection}
        chosen={chosen}
        gridRef={grid}
        empty={
          rows.length > 0 ? (
            <EmptyState
              icon={SearchIcon}
              title="Nothing matches the filter"
              actions={<Button onPress={() => setFilter('')}>Clear filter</Button>}
            >
              {`No volume has “${wanted.trim()}” in its name, format, path or among its users.`}
            </EmptyState>
          ) : (
            <NoVolumes context={context} uploadReason={uploadReason} />
          )
        }
      />
      {isTruncated ? (
        <p className="volume-foot">
          The pool has more volumes than the host told. Others are found by their path.
        </p>
      ) : null}
    </DropTarget>
  )
}

function NoVolumes({ context, uploadReason }: { context: VolumeContext; uploadReason: string | undefined }) {
  const { host, pool, lockedReason } = context
  const closed = whyNotInPool(pool.type, 'create')
  return (
    <EmptyState
      icon={DiskIcon}
      title="No volumes yet"
      actions={
        closed === undefined ? (
          <>
            <Button
              variant="primary"
              disabledReason={lockedReason}
              onPress={() =>
                openDialog({ kind: 'storage', host, ask: { kind: 'createVolume', pool: pool.name } })
              }
            >
              New volume…
            </Button>
            <Button disabledReason={uploadReason} onPress={() => void startUpload(host, pool.name)}>
              Upload…
            </Button>
          </>
        ) : null
      }
    >
      {closed ?? 'Make a disk for a VM, or drop an ISO or an image from your desktop here to upload it.'}
    </EmptyState>
  )
}

/** Without all definitions nothing counts as unused; said once, above the table. */
function UsageNote({ usage }: { usage: Usage }) {
  const unread = usage.value?.unread ?? []
  const some = unread.slice(0, 3).join(', ')
  const text = usage.error
    ? `Who uses the volumes is not known: ${usage.error.message}`
    : `What ${unread.length > 3 ? `${some} and ${unread.length - 3} more use` : `${some} ${unread.length === 1 ? 'uses' : 'use'}`} could not be read, so no volume is called unused`
  return <p className="volume-note">{text}</p>
}
