import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { deleteVmInput, type DeletePlan } from '../../../shared/model/delete-plan'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { isActive } from '../../../shared/model/vm'
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
  const run = useClaimedTask()
  const name = plan?.name ?? vm?.name ?? 'virtual machine'
  const marked = ticked ?? (plan ? suggestedFiles(plan) : new Set<string>())
  const chosen = plan && plan.blockedBy === undefined ? chosenFiles(plan, marked) : []

  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      confirmLabel={
        chosen.length === 0
          ? 'Delete'
          : `Delete with ${chosen.length === 1 ? '1 file' : `${chosen.length} files`}`
      }
      tone="danger"
      icon={TrashIcon}
      width={580}
      canConfirm={plan !== undefined && canConfirm(plan, marked, typedName)}
      onClose={closeDialog}
      onConfirm={async () => {
        const input = deleteVmInput.parse({ ...target, deleteFiles: chosen.map(({ path }) => path) })
        await run(() => api.vms.delete(input))
        const { route } = useRoute.getState()
        if (route.kind === 'vm' && vmKey(route.ref) === vmKey(target)) go(listRoute(target.host))
        closeDialog()
      }}
    >
      {error ? <ErrorBox error={error} title="What deleting would touch could not be worked out" /> : null}
      {!plan && !error ? (
        <p className="delete-wait secondary" role="status">
          <Spinner size={14} /> Looking at what belongs to it…
        </p>
      ) : null}
      {plan?.blockedBy === undefined ? null : (
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
      {plan && plan.blockedBy === undefined ? (
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

/** Asked again when the VM's state changes, because a running VM blocks its own deletion. */
function useDeletePlan(target: VmRef, state: string | undefined): { plan?: DeletePlan; error?: ErrorData } {
  const [answer, setAnswer] = useState<{ plan?: DeletePlan; error?: ErrorData }>({})
  const { host, vm } = target
  useEffect(() => {
    let isCurrent = true
    api.vms.deletePlan({ host, vm }).then(
      (plan) => isCurrent && setAnswer({ plan }),
      (reason) => isCurrent && setAnswer({ error: errorData(reason) }),
    )
    return () => {
      isCurrent = false
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps, react/exhaustive-effect-dependencies -- see above
  }, [host, vm, state])
  return answer
}
