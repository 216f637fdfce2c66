import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { deleteVmInput, type DeletePlan } from '../../../shared/model/delete-plan'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { isActive, type VmState } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { go, listRoute, useRoute } from '../../stores/route'
import { useClaimedTask } from '../../stores/use-claimed-task'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { TrashIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { TextField } from '../../ui/TextField'
import { canConfirm, chosenFiles, suggestedFiles, totalBytes } from './delete-choice'
import { PlanFiles } from './PlanFiles'
import './delete-vm.css'

export function DeleteVmDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  const { plan, error } = useDeletePlan(target, vm?.state)
  const [ticked, setTicked] = useState<ReadonlySet<string>>()
  const [typedName, setTypedName] = useState('')
  const [isRunning, setRunning] = useState(false)
  const run = useClaimedTask()
  const name = plan?.name ?? vm?.name ?? 'virtual machine'
  const marked = ticked ?? (plan ? suggestedFiles(plan) : new Set<string>())
  // Deleted elsewhere, or by us with files left behind, which the dialog goes on to tell.
  const isGone = vm === undefined && !isRunning
  const chosen = plan && plan.blockedBy === undefined ? chosenFiles(plan, marked) : []

  return (
    <ConfirmDialog
      title={isGone ? `${name} no longer exists` : `Delete ${name}?`}
      confirmLabel={isGone ? undefined : deleteLabel(chosen.length)}
      tone="danger"
      icon={TrashIcon}
      width={580}
      canConfirm={!isGone && plan !== undefined && canConfirm(plan, marked, typedName)}
      onClose={closeDialog}
      onConfirm={async () => {
        const input = deleteVmInput.parse({ ...target, deleteFiles: chosen.map(({ path }) => path) })
        setRunning(true)
        await run(() => api.vms.delete(input)).finally(() => setRunning(false))
        const { route } = useRoute.getState()
        if (route.kind === 'vm' && vmKey(route.ref) === vmKey(target)) go(listRoute(target.host))
        closeDialog()
      }}
    >
      {error ? <ErrorBox error={error} title="What deleting would touch could not be worked out" /> : null}
      {isGone ? <p className="secondary">{`It is gone from ${hostLabel(target.host)}.`}</p> : null}
      {!plan && !error && !isGone ? (
        <p className="delete-wait secondary" role="status">
          <Spinner size={14} /> Looking at what belongs to it…
        </p>
      ) : null}
      {plan?.blockedBy === undefined || isGone ? null : (
        <Note
          tone="warning"
          title={plan.blockedBy}
          actions={
            vm && isActive(vm.state) ? (
              <Button
                onPress={() =>
                  openDialog({
                    kind: 'confirmPower',
                    action: 'forceOff',
                    refs: [target],
                    next: { kind: 'deleteVm', ref: target },
                  })
                }
              >
                Force off…
              </Button>
            ) : null
          }
        />
      )}
      {plan && plan.blockedBy === undefined && !isGone ? (
        <>
          <p>
            The virtual machine is removed from {hostLabel(target.host)}. This cannot be undone.
            {plan.goesAlong.length === 0 ? null : ` With it go: ${plan.goesAlong.join(', ')}.`}
          </p>
          <PlanFiles plan={plan} ticked={marked} onChange={setTicked} />
          {chosen.length === 0 ? null : (
            <TextField
              label={`${formatBytes(totalBytes(chosen))} of storage will be deleted. Type ${plan.name} to confirm`}
              value={typedName}
              onChange={setTypedName}
              isMono
            />
          )}
        </>
      ) : null}
    </ConfirmDialog>
  )
}

function deleteLabel(fileCount: number): string {
  if (fileCount === 0) return 'Delete'
  return fileCount === 1 ? 'Delete with 1 file' : `Delete with ${fileCount} files`
}

interface Answer {
  readonly plan?: DeletePlan
  readonly error?: ErrorData
}

/**
 * Asked again when the VM's state changes, because a running VM blocks its own deletion. Once the VM is gone the last
 * answer stays: what could not be deleted is read beside it.
 */
function useDeletePlan(target: VmRef, state: VmState | undefined): Answer {
  const [answer, setAnswer] = useState<Answer>({})
  const { host, vm } = target
  useEffect(() => {
    if (state === undefined) return
    let isCurrent = true
    api.vms.deletePlan({ host, vm }).then(
      (plan) => isCurrent && setAnswer({ plan }),
      (reason) => isCurrent && setAnswer({ error: errorData(reason) }),
    )
    return () => {
      isCurrent = false
    }
  }, [host, vm, state])
  return answer
}
