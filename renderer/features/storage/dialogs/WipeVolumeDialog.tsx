import { useState } from 'react'
import type { HostId } from '../../../../shared/model/ids'
import type { wipeAlgorithms } from '../../../../shared/model/storage/volume'
import { formatBytes } from '../../../../shared/units'
import { api } from '../../../api/client'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { EraserIcon } from '../../../ui/icons/storage'
import { Note } from '../../../ui/Note'
import { Select, type SelectOption } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import { Facts, UserList, Waiting } from './parts'
import { useBriefTask } from '../../../stores/use-brief-task'
import { useVolume } from './use-volume'

type Algorithm = (typeof wipeAlgorithms)[number]

const algorithms: readonly SelectOption<Algorithm>[] = [
  { id: 'zero', label: 'Zeros', hint: 'One pass; enough for disks of today' },
  { id: 'random', label: 'Random data', hint: 'One pass' },
  {
    id: 'trim',
    label: 'Discard (trim)',
    hint: 'At once, where the storage can; the device decides what is erased',
  },
  { id: 'nnsa', label: 'NNSA', hint: '4 passes, NAP-14.1-C' },
  { id: 'dod', label: 'DoD', hint: '4 passes, 5220.22-M' },
  { id: 'bsi', label: 'BSI', hint: '9 passes' },
  { id: 'schneier', label: 'Schneier', hint: '7 passes' },
  { id: 'pfitzner7', label: 'Pfitzner', hint: '7 passes' },
  { id: 'pfitzner33', label: 'Pfitzner', hint: '33 passes' },
  { id: 'gutmann', label: 'Gutmann', hint: '35 passes' },
]

interface Props {
  readonly host: HostId
  readonly pool: string
  readonly volume: string
}

/** The volume stays, all that is in it goes. */
export function WipeVolumeDialog({ host, pool, volume: name }: Props) {
  const answer = useVolume(host, pool, name)
  const { value: state } = answer
  const [algorithm, setAlgorithm] = useState<Algorithm>('zero')
  const [typed, setTyped] = useState('')
  const run = useBriefTask()
  const users = state?.users ?? []
  const isRunning = users.some((user) => user.isRunning)
  const isBase = users.some(({ kind }) => kind === 'image' || kind === 'backing')
  const refusal = isRunning
    ? 'A VM runs with it. Shut it down first.'
    : isBase
      ? 'Other images are built on it, and wiping it would destroy them too.'
      : undefined
  return (
    <ConfirmDialog
      title={`Wipe ${name}?`}
      confirmLabel={refusal === undefined ? 'Wipe' : undefined}
      tone="danger"
      icon={EraserIcon}
      width={520}
      canConfirm={state !== undefined && refusal === undefined && typed === name}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.storage.wipeVolume({ host, pool, volume: name, algorithm }))
        closeDialog()
      }}
    >
      {state === undefined ? (
        <Waiting text="Reading the volume…" answer={answer} failure="The volume could not be read" />
      ) : (
        <>
          <p>All data in the volume are overwritten. This cannot be undone; the volume itself stays.</p>
          <Facts
            facts={[
              ['Format', state.volume.format ?? state.volume.type],
              ['Allocated', formatBytes(state.volume.allocationBytes)],
            ]}
          />
          {users.length === 0 ? null : (
            <Note tone="warning" title={refusal ?? 'It is in use: its VMs lose what is in it'}>
              <UserList label="Users" users={users} />
            </Note>
          )}
          {users.length === 0 && state.unread.length > 0 ? (
            <Note tone="warning" title="It may be in use: not all VMs could be read">
              {state.unread.join(', ')}
            </Note>
          ) : null}
          {refusal === undefined ? (
            <>
              <Select label="How" value={algorithm} options={algorithms} onChange={setAlgorithm} />
              {algorithm === 'zero' || algorithm === 'random' || algorithm === 'trim' ? null : (
                <p className="secondary">
                  The host needs the program “scrub” for it. On SSDs and copy-on-write storage more passes do
                  not erase more.
                </p>
              )}
              <TextField label={`Type ${name} to confirm`} value={typed} onChange={setTyped} isMono />
            </>
          ) : null}
        </>
      )}
    </ConfirmDialog>
  )
}
