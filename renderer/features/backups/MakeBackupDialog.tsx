import { useState } from 'react'
import type { BackUpInput, BackupsView } from '../../../shared/model/backups/backup'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useBriefTask } from '../../stores/use-brief-task'
import { useVm } from '../../stores/vms'
import { Checkbox } from '../../ui/Checkbox'
import { DownloadIcon } from '../../ui/icons/storage'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'

/** A VM that stops or starts meanwhile is backed up in another way. */
function useCurrentView(target: VmRef, known: BackupsView): BackupsView {
  const state = useVm(vmKey(target))?.state
  const [stateThen] = useState(state)
  const { value } = useAnswer(`backups ${vmKey(target)} ${state}`, () => api.backups.view(target), {
    isWanted: state !== stateThen,
  })
  return value ?? known
}

/** All of the disks, or what changed on them since the last backup. */
export function MakeBackupDialog({ target, known }: { target: VmRef; known: BackupsView }) {
  const view = useCurrentView(target, known)
  const { follows, pools, disks, whyNotIncremental, isRunning } = view
  const [kind, setKind] = useState<BackUpInput['kind']>(follows ? 'incremental' : 'full')
  const [pool, setPool] = useState(follows?.pool ?? pools[0]?.name ?? '')
  const [holdsStill, setHoldsStill] = useState(false)
  const run = useBriefTask()
  const left = disks.filter(({ whyNot }) => whyNot !== undefined)
  const isIncremental = kind === 'incremental'
  const mostBytes = disks.reduce(
    (sum, { whyNot, sizeBytes = 0 }) => (whyNot === undefined ? sum + sizeBytes : sum),
    0,
  )
  const free = pools.find(({ name }) => name === pool)?.freeBytes
  return (
    <ConfirmDialog
      title={`Back up ${view.vmName}`}
      confirmLabel="Back up"
      icon={DownloadIcon}
      width={520}
      canConfirm={!isIncremental || follows !== undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.backups.make({ ...target, kind, pool, holdsStill: holdsStill && isRunning }))
        closeDialog()
      }}
    >
      <Segmented<BackUpInput['kind']>
        label="What to write"
        value={kind}
        onChange={setKind}
        segments={[
          { id: 'incremental', label: 'What changed' },
          { id: 'full', label: 'Everything' },
        ]}
      />
      {isIncremental ? (
        follows ? (
          <p className="secondary">
            It follows the backup {follows.id} in {follows.pool}, and needs it: it is written beside it.
          </p>
        ) : (
          <Note tone="info" title={`${whyNotIncremental ?? 'There is none to follow'}.`} />
        )
      ) : (
        <>
          <Select
            label="To pool"
            value={pool}
            onChange={setPool}
            options={pools.map((one) => ({
              id: one.name,
              label: one.name,
              ...(one.freeBytes === undefined ? {} : { hint: `${formatBytes(one.freeBytes)} free` }),
            }))}
          />
          {free !== undefined && free < mostBytes ? (
            <Note
              tone="warning"
              title={`It may take ${formatBytes(mostBytes)}, and pool ${pool} has ${formatBytes(free)} left.`}
            >
              When the pool is full the backup is given up, and nothing of it stays.
            </Note>
          ) : null}
          {whyNotIncremental?.startsWith('What changes') ? (
            <Note tone="info" title={`No later backup can follow it with less. ${whyNotIncremental}.`} />
          ) : null}
        </>
      )}
      {isRunning ? (
        <>
          <Checkbox isSelected={holdsStill} onChange={setHoldsStill} isDisabled={!view.hasAgent}>
            Have the guest agent hold its file systems still while it begins
          </Checkbox>
          <p className="secondary">
            {`The VM runs on. The backup has its definition without passwords, and what its disks have when it begins, ${
              holdsStill ? 'with nothing half written.' : 'as after a power cut.'
            }`}
            {view.hasAgent ? '' : ' It has no channel for a guest agent.'}
          </p>
        </>
      ) : (
        <p className="secondary">
          The VM is off: its pools copy the disks, each into one image that stands alone, and it cannot be
          started meanwhile. The backup has its definition without passwords, and no saved memory.
        </p>
      )}
      {left.length > 0 ? (
        <p className="secondary">
          Left out: {left.map(({ target: disk, whyNot }) => `${disk} (${whyNot ?? ''})`).join(', ')}
        </p>
      ) : null}
    </ConfirmDialog>
  )
}
