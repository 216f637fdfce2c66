import { useState } from 'react'
import { vmKey, type VmRef } from '../../../../shared/model/ids'
import type { DeletePlan } from '../../../../shared/model/snapshots/plan'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { useVm } from '../../../stores/vms'
import { Checkbox } from '../../../ui/Checkbox'
import { TrashIcon } from '../../../ui/icons/general'
import { useSnapshots } from '../use-snapshots'
import { descendantsOf } from '../tree-rows'
import { count, quoted } from '../words'
import { Commands, FileList, PlanState } from './plan-parts'

interface Props {
  readonly target: VmRef
  readonly names: readonly string[]
  readonly withChildren: boolean
  readonly metadataOnly: boolean
}

/** The steps that it takes in their only safe order, what goes, and what stays. */
export function DeleteDialog({ target, names, ...begin }: Props) {
  const vm = useVm(vmKey(target))
  const [withChildren, setWithChildren] = useState(begin.withChildren)
  const [metadataOnly, setMetadataOnly] = useState(begin.metadataOnly)
  const snapshots = useSnapshots(target).value?.snapshots ?? []
  const below = new Set(names.flatMap((name) => descendantsOf(snapshots, name)))
  for (const name of names) below.delete(name)
  const wish = { ...target, names: [...names], withChildren, metadataOnly }
  const plan = useAnswer(`delete ${JSON.stringify(wish)} ${vm?.state ?? ''}`, () =>
    api.snapshots.deletePlan(wish),
  )
  const { value } = plan
  const confirm = async (): Promise<void> => {
    if (!value) return
    try {
      await api.snapshots.delete({ ...wish, stamp: value.stamp })
    } catch (error) {
      // what was shown may no longer hold
      plan.reload()
      throw error
    }
    closeDialog()
  }
  const [only] = names
  const what = names.length === 1 ? (only ?? '') : count(names.length, 'snapshot')
  const many = value?.snapshots.length ?? names.length
  const verb = metadataOnly ? 'Forget' : 'Delete'
  return (
    <ConfirmDialog
      title={`${verb} ${what}?`}
      confirmLabel={many === 1 ? verb : `${verb} ${count(many, 'snapshot')}`}
      tone="danger"
      icon={TrashIcon}
      width={640}
      canConfirm={value !== undefined && plan.error === undefined && !plan.isLoading}
      onClose={closeDialog}
      onConfirm={confirm}
    >
      {metadataOnly ? (
        <p>The host forgets it. Its data stay where they are, and nobody looks after them any more.</p>
      ) : null}
      <div className="snap-checks">
        {below.size > 0 ? (
          <Checkbox isSelected={withChildren} onChange={setWithChildren}>
            {`With the ${count(below.size, 'snapshot')} made after it: ${quoted([...below])}`}
          </Checkbox>
        ) : null}
        <Checkbox isSelected={metadataOnly} onChange={setMetadataOnly}>
          Only forget: files and what is inside of images stay
        </Checkbox>
      </div>
      <PlanState answer={plan} failure="That cannot be done" />
      {value ? <Plan plan={value} /> : null}
    </ConfirmDialog>
  )
}

function Plan({ plan: { steps, files, leftFiles, lost, commands } }: { plan: DeletePlan }) {
  return (
    <>
      {lost.length === 0 ? null : (
        <ul className="snap-bullets" aria-label="What is lost">
          {lost.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {steps.length === 0 ? null : (
        <section aria-label="Steps">
          <h3 className="snap-plan-title">What is done, in this order</h3>
          <ol className="snap-steps">
            {steps.map(({ snapshot, kind, title }) => (
              <li key={`${snapshot} ${kind} ${title}`}>{title}</li>
            ))}
          </ol>
        </section>
      )}
      <FileList title="Files that are deleted" files={files} />
      <FileList title="Files that stay" files={leftFiles} />
      <Commands commands={commands} />
    </>
  )
}
