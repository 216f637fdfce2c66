import { useState } from 'react'
import { vmKey, type VmRef } from '../../../../shared/model/ids'
import type { RevertPlan, RevertStart } from '../../../../shared/model/snapshots/plan'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { useVm } from '../../../stores/vms'
import { UndoIcon } from '../../../ui/icons/hardware'
import { Segmented } from '../../../ui/Segmented'
import { Commands, FileList, PlanState } from './plan-parts'

interface Props {
  readonly target: VmRef
  readonly name: string
}

/** Going back loses what was done since: all of it is told first. */
export function RevertDialog({ target, name }: Props) {
  const vm = useVm(vmKey(target))
  const [start, setStart] = useState<RevertStart>('as-was')
  const plan = useAnswer(`revert ${vmKey(target)} ${name} ${vm?.state ?? ''}`, () =>
    api.snapshots.revertPlan({ ...target, name }),
  )
  const { value } = plan
  const confirm = async (): Promise<void> => {
    if (!value) return
    try {
      await api.snapshots.revert({ ...target, name, start, stamp: value.stamp })
    } catch (error) {
      // what was shown may no longer hold
      plan.reload()
      throw error
    }
    closeDialog()
  }
  return (
    <ConfirmDialog
      title={`Go back to ${name}?`}
      confirmLabel="Go back"
      tone="danger"
      icon={UndoIcon}
      width={600}
      canConfirm={value !== undefined && plan.error === undefined && !plan.isLoading}
      onClose={closeDialog}
      onConfirm={confirm}
    >
      <PlanState answer={plan} failure={`${vm?.name ?? 'The VM'} cannot go back to it`} />
      {value ? (
        <>
          {value.lost.length === 0 ? null : (
            <section aria-label="What is lost">
              <h3 className="snap-plan-title">This is lost for good</h3>
              <ul className="snap-bullets">
                {value.lost.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </section>
          )}
          <FileList title="Files that are deleted" files={value.files} />
          {value.starts.length > 1 ? (
            <Segmented<RevertStart>
              label="Afterwards the VM is"
              value={start}
              segments={value.starts.map((id) => ({ id, label: startText(id, value) }))}
              onChange={setStart}
            />
          ) : (
            <p>{`Afterwards the VM is ${asWasText[value.asWas]}.`}</p>
          )}
          <Commands commands={value.commands} />
        </>
      ) : null}
    </ConfirmDialog>
  )
}

const asWasText: Record<RevertPlan['asWas'], string> = {
  running: 'running',
  paused: 'paused',
  'shut-off': 'shut off',
}

function startText(start: RevertStart, { asWas }: RevertPlan): string {
  if (start === 'as-was') return `As it was: ${asWasText[asWas]}`
  return start === 'running' ? 'Running' : 'Paused'
}
