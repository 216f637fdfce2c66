import { useState } from 'react'
import type { HostId } from '../../../../shared/model/ids'
import type { Pool } from '../../../../shared/model/storage/pool'
import {
  hasImageFiles,
  volumeFormatsOf,
  whyNotInPool,
} from '../../../../shared/model/storage/volume-abilities'
import { formatBytes } from '../../../../shared/units'
import { api } from '../../../api/client'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { CopyIcon } from '../../../ui/icons/general'
import { Note } from '../../../ui/Note'
import { Segmented } from '../../../ui/Segmented'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import { usePoolList } from '../pools'
import { isActive } from '../words'
import { Facts, UserList, Waiting } from './parts'
import { useBriefTask } from '../../../stores/use-brief-task'
import { useVolume, type VolumeState } from './use-volume'

interface Props {
  readonly host: HostId
  readonly pool: string
  readonly volume: string
}

const asItIs = 'as-it-is'
const formats = ['qcow2', 'raw', 'vmdk', 'vdi', 'vpc']

/** A copy, here or in another pool, in this or another format; moving is a copy whose original goes. */
export function CloneVolumeDialog({ host, pool, volume: name }: Props) {
  const answer = useVolume(host, pool, name)
  const { value: state } = answer
  const pools = usePoolList(host).items ?? []
  const [way, setWay] = useState<'copy' | 'move'>('copy')
  const [toPool, setToPool] = useState(pool)
  const [newName, setNewName] = useState<string>()
  const [format, setFormat] = useState(asItIs)
  const run = useBriefTask()
  const target = pools.find((one) => one.name === toPool)
  const wantedName = newName ?? (toPool === pool ? copyName(name) : name)
  const canConvert = target !== undefined && hasImageFiles(target.type)
  const wantedFormat = canConvert && format !== asItIs ? format : undefined
  const isMove = way === 'move'
  const why = state && whyNot(state, isMove)
  const nameError =
    wantedName.trim() === ''
      ? 'Enter a name'
      : toPool === pool && wantedName === name
        ? 'Enter another name, or choose another pool'
        : wantedName.includes('/')
          ? 'Use no “/”'
          : undefined
  return (
    <ConfirmDialog
      title={`Copy or move ${name}`}
      confirmLabel={isMove ? 'Move' : 'Copy'}
      icon={CopyIcon}
      width={520}
      canConfirm={state !== undefined && why === undefined && nameError === undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() =>
          api.storage.cloneVolume({
            host,
            pool,
            volume: name,
            toPool,
            name: wantedName.trim(),
            ...(wantedFormat === undefined ? {} : { format: wantedFormat }),
            isMove,
          }),
        )
        closeDialog()
      }}
    >
      {state === undefined ? (
        <Waiting text="Reading the volume…" answer={answer} failure="The volume could not be read" />
      ) : (
        <>
          <Facts
            facts={[
              ['Format', state.volume.format ?? state.volume.type],
              ['Capacity', formatBytes(state.volume.capacityBytes)],
              ['Allocated', formatBytes(state.volume.allocationBytes)],
            ]}
          />
          <Segmented
            label="What to do"
            value={way}
            onChange={setWay}
            segments={[
              { id: 'copy', label: 'Copy' },
              { id: 'move', label: 'Move' },
            ]}
          />
          <Select
            label="To pool"
            value={toPool}
            onChange={setToPool}
            options={pools.map((one) => ({
              id: one.name,
              label: one.name,
              hint: one.availableBytes === undefined ? one.type : `${formatBytes(one.availableBytes)} free`,
              disabledReason: whyNotInto(one),
            }))}
          />
          <TextField
            label="Name there"
            value={wantedName}
            onChange={setNewName}
            isMono
            error={newName === undefined && toPool !== pool ? undefined : nameError}
          />
          {canConvert ? (
            <Select
              label="Format"
              value={format}
              onChange={setFormat}
              options={[
                { id: asItIs, label: `As it is (${state.volume.format ?? 'raw'})` },
                ...formats
                  .filter((one) => volumeFormatsOf(target.type).includes(one))
                  .map((one) => ({ id: one, label: one })),
              ]}
              hint={
                wantedFormat !== undefined && wantedFormat !== state.volume.format
                  ? 'The copy is converted. VMs that shall use it need this format in their disk’s settings.'
                  : undefined
              }
            />
          ) : null}
          {isMove ? (
            <p className="secondary">
              The original is deleted when the copy is complete. VMs are not changed: they would look for it
              where it was.
            </p>
          ) : null}
          {why === undefined ? null : (
            <Note tone="warning" title={why}>
              <UserList label="Users" users={state.users} />
            </Note>
          )}
          {!isMove && state.users.some(({ isRunning }) => isRunning) ? (
            <Note tone="warning" title="A VM is running with it">
              A copy of a disk that is written to may be of no use. Shut the VM down first.
            </Note>
          ) : null}
        </>
      )}
    </ConfirmDialog>
  )
}

function whyNot({ users, unread }: VolumeState, isMove: boolean): string | undefined {
  if (!isMove) return undefined
  if (users.length > 0) return 'It is in use, so it can be copied but not moved'
  return unread.length > 0
    ? 'Not all VMs could be read, so it may be in use: it can be copied but not moved'
    : undefined
}

function whyNotInto(pool: Pool): string | undefined {
  return isActive(pool) ? whyNotInPool(pool.type, 'create') : 'The pool is stopped'
}

/** "disk.qcow2" becomes "disk-copy.qcow2". */
function copyName(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)}-copy${name.slice(dot)}` : `${name}-copy`
}
