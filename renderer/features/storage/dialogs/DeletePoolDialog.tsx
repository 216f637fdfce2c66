import { useState } from 'react'
import type { HostId } from '../../../../shared/model/ids'
import type { PoolDeletePlan } from '../../../../shared/model/storage/pool'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { hostLabel } from '../../../stores/hosts'
import { TrashIcon } from '../../../ui/icons/general'
import { VmIcon } from '../../../ui/icons/objects'
import { Note } from '../../../ui/Note'
import { TextField } from '../../../ui/TextField'
import { counted, isActive } from '../words'
import { Choices } from './Choices'
import { Waiting } from './parts'
import { useBriefTask } from '../../../stores/use-brief-task'

/** Forgetting a pool and destroying what it is made of are two things, and look like two. */
export function DeletePoolDialog({ host, pool }: { host: HostId; pool: string }) {
  const answer = useAnswer(`deleting ${host} ${pool}`, () => api.storage.poolDeletePlan({ host, pool }))
  const { value: plan } = answer
  const [what, setWhat] = useState<'definition' | 'everything'>('definition')
  const [typed, setTyped] = useState('')
  const run = useBriefTask()
  const isDestroying = what === 'everything'
  return (
    <ConfirmDialog
      title={`Delete pool ${pool}?`}
      confirmLabel={isDestroying ? 'Destroy' : 'Delete'}
      tone="danger"
      icon={TrashIcon}
      width={560}
      canConfirm={plan !== undefined && (!isDestroying || typed === pool)}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.storage.deletePool({ host, pool, what }))
        closeDialog()
      }}
    >
      {plan === undefined ? (
        <Waiting
          text="Looking at what belongs to it…"
          answer={answer}
          failure="What deleting would touch could not be worked out"
        />
      ) : (
        <>
          <p>
            {isActive(plan.pool) ? 'The pool is stopped first. ' : ''}
            {contentText(plan)}
          </p>
          <Choices
            label="What is deleted"
            value={what}
            onChange={setWhat}
            choices={[
              {
                id: 'definition',
                label: 'The definition only',
                note: `${hostLabel(host)} forgets the pool. What is in it stays, and it can be defined again.`,
              },
              {
                id: 'everything',
                label: 'Everything',
                note: plan.destroys ?? 'What the pool is made of is deleted too.',
                isDanger: true,
                disabledReason: plan.canDestroy
                  ? undefined
                  : 'The host cannot delete what this pool is made of',
              },
            ]}
          />
          <Users plan={plan} isDestroying={isDestroying} />
          {plan.unread ? (
            <Note tone="warning" title="More VMs may have disks in it: not everything could be read">
              <span className="selectable">{plan.unread.join(', ')}</span>
            </Note>
          ) : null}
          {isDestroying ? (
            <TextField
              label={`This cannot be undone. Type ${pool} to confirm`}
              value={typed}
              onChange={setTyped}
              isMono
            />
          ) : null}
        </>
      )}
    </ConfirmDialog>
  )
}

function contentText({ volumeCount }: PoolDeletePlan): string {
  if (volumeCount === undefined) return 'What is in it is not known while it is stopped.'
  return volumeCount === 0 ? 'It is empty.' : `It has ${counted(volumeCount, 'volume')}.`
}

function Users({ plan, isDestroying }: { plan: PoolDeletePlan; isDestroying: boolean }) {
  const { users, detaches } = plan
  if (users.length === 0 && (isDestroying || detaches === undefined)) return null
  return (
    <Note
      tone="warning"
      title={
        users.length === 0
          ? detaches
          : isDestroying
            ? `${counted(users.length, 'VM')} would lose disks`
            : `${counted(users.length, 'VM')} ${users.length === 1 ? 'has' : 'have'} disks in it`
      }
    >
      {users.length > 0 && !isDestroying && detaches !== undefined ? <span>{detaches}</span> : null}
      <ul className="user-list" tabIndex={0} aria-label="VMs with disks in this pool">
        {users.map(({ vmName, isRunning, volumes }) => (
          <li key={vmName}>
            <VmIcon size={14} />
            <span className="selectable">
              {`${vmName}${isRunning ? ' (running)' : ''}: ${volumes.slice(0, 4).join(', ')}${volumes.length > 4 ? ` and ${volumes.length - 4} more` : ''}`}
            </span>
          </li>
        ))}
      </ul>
    </Note>
  )
}
