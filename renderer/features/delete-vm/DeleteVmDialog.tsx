import { useState } from 'react'
import { AppError, errorData, type ErrorData } from '../../../shared/errors'
import { vmKey, type HostId, type VmRef } from '../../../shared/model/ids'
import type { DeleteOutcome } from '../../../shared/model/delete-plan'
import type { Task } from '../../../shared/model/task'
import { isActive, type Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { go, listRoute, useRoute } from '../../stores/route'
import { useClaimedTasks } from '../../stores/use-claimed-task'
import { keyOf, useVms, vmsAt } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { TrashIcon } from '../../ui/icons/general'
import { TextField } from '../../ui/TextField'
import {
  chosenFiles,
  chosenKeys,
  requestsFor,
  suggestedFiles,
  totalBytes,
  whyRefused,
  wordToType,
  type Planned,
} from './delete-choice'
import { Outcomes } from './Outcomes'
import { retried, stillThere, type OutcomeAt } from './retry'
import { useDeletePlans } from './use-delete-plans'
import { VmSection } from './VmSection'
import './delete-vm.css'

/** One VM or several: what belongs to each is told first, and nothing goes that was not seen. */
export function DeleteVmDialog({ targets }: { targets: readonly VmRef[] }) {
  const byKey = useVms((state) => state.byKey)
  const vms = vmsAt(byKey, targets.map(vmKey))
  const isTicking = useRemembered((state) => state.ticksFilesToDelete)
  const [forcedOff, setForcedOff] = useState<ReadonlySet<string>>(new Set())
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const [ticked, setTicked] = useState<ReadonlySet<string>>()
  const [typed, setTyped] = useState('')
  const [round, setRound] = useState(0)
  const [outcomes, setOutcomes] = useState<readonly OutcomeAt[]>([])
  /** What was confirmed, while it is done: VMs vanish one by one meanwhile. */
  const [underway, setUnderway] = useState<readonly Planned[]>()
  const run = useClaimedTasks()

  const goes = (vm: Vm): boolean =>
    whyRefused(vm) === undefined && (!isActive(vm.state) || forcedOff.has(keyOf(vm)))
  const answers = useDeletePlans(vms, goes, round)
  const planned = underway ?? plannedOf(vms.filter(goes), answers)
  const marked = ticked ?? (isTicking ? suggestedFiles(planned) : new Set<string>())
  const chosen = chosenKeys(planned, marked)
  const files = chosenFiles(planned, chosen)
  const word = wordToType(planned, files.length)
  const isWaiting = vms.some((vm) => !answers.has(keyOf(vm)))
  // Deleted elsewhere, or by us with files left behind, which the dialog goes on to tell.
  const isGone = vms.length === 0 && underway === undefined
  const isOne = targets.length === 1
  const name = nameOf(targets, answers, vms)
  const left = stillThere(outcomes)

  const deleteThem = async (): Promise<void> => {
    setUnderway(planned)
    try {
      const errors: ErrorData[] = []
      const requests = requestsFor(planned, { chosen, kept, forcedOff })
      const tasks = await run(() => start(requests, (error) => errors.push(error)))
      errors.push(...tasks.flatMap(({ error }) => error ?? []))
      const [first] = errors
      if (first === undefined) return
      setOutcomes(tasks.flatMap(outcomesOf))
      throw AppError.from(first)
    } catch (error) {
      // what was shown may no longer hold
      setRound(round + 1)
      setTyped('')
      throw error
    } finally {
      setUnderway(undefined)
    }
  }
  const confirm = async (): Promise<void> => {
    await deleteThem()
    leaveIfShown(targets)
    closeDialog()
  }

  return (
    <ConfirmDialog
      title={isGone ? goneTitle(name, isOne) : `Delete ${name}?`}
      confirmLabel={isGone ? undefined : deleteLabel(planned.length, targets.length, files.length)}
      tone="danger"
      icon={TrashIcon}
      width={680}
      canConfirm={
        !isGone &&
        !isWaiting &&
        planned.length > 0 &&
        (word === undefined || typed.trim().toLowerCase() === word.toLowerCase())
      }
      onClose={closeDialog}
      onConfirm={confirm}
      extraButtons={
        left.length === 0 || underway !== undefined ? null : (
          <Button onPress={() => void retried(outcomes, run).then(setOutcomes)}>
            {left.length === 1 ? 'Try the file again' : `Try ${left.length} files again`}
          </Button>
        )
      }
    >
      {outcomes.length === 0 ? null : <Outcomes outcomes={outcomes} />}
      {isGone ? (
        <p className="secondary">{`${isOne ? 'It is' : 'They are'} gone from ${hostsOf(targets)}.`}</p>
      ) : (
        <>
          <p>{`${isOne ? 'The virtual machine is' : `${planned.length} of ${targets.length} virtual machines are`} removed from ${hostsOf(targets)}. This cannot be undone.`}</p>
          <div className="plan-list" role="group" aria-label="What belongs to it">
            {targets.map((ref) => (
              <VmSection
                key={vmKey(ref)}
                target={ref}
                vm={byKey.get(vmKey(ref))}
                answer={answers.get(vmKey(ref))}
                isAlone={isOne}
                isForcedOff={forcedOff.has(vmKey(ref))}
                onForceOff={(isOn) => setForcedOff(toggled(forcedOff, [vmKey(ref)], isOn))}
                chosen={chosen}
                kept={kept}
                onTick={(keys, isTicked) => setTicked(toggled(marked, keys, isTicked))}
                onKeep={(key, isKept) => setKept(toggled(kept, [key], isKept))}
              />
            ))}
          </div>
          <div className="plan-choices">
            <Button
              variant="quiet"
              className="button-small"
              isDisabled={suggestedFiles(planned).size === 0}
              onPress={() => setTicked(suggestedFiles(planned))}
            >
              Tick what is suggested
            </Button>
            <Button
              variant="quiet"
              className="button-small"
              isDisabled={files.length === 0}
              onPress={() => setTicked(new Set())}
            >
              Untick all storage
            </Button>
            <Checkbox
              isSelected={isTicking}
              onChange={(isOn) => {
                setTicked(marked)
                remember({ ticksFilesToDelete: isOn })
              }}
            >
              Tick it at first, next time too
            </Checkbox>
          </div>
          {word === undefined ? null : (
            <TextField
              label={`${formatBytes(totalBytes(files))} of storage in ${counted(files.length, 'file')} will be deleted. Type ${word} to confirm`}
              value={typed}
              onChange={setTyped}
              isMono
            />
          )}
        </>
      )}
    </ConfirmDialog>
  )
}

function plannedOf(vms: readonly Vm[], answers: ReturnType<typeof useDeletePlans>): Planned[] {
  return vms.flatMap((vm) => {
    const plan = answers.get(keyOf(vm))?.plan
    return plan ? [{ ref: { host: vm.host, vm: vm.id }, plan }] : []
  })
}

/** A host that refuses does not keep the others from doing theirs. */
async function start(
  requests: ReturnType<typeof requestsFor>,
  onRefused: (error: ErrorData) => void,
): Promise<Task['id'][]> {
  const asked = await Promise.allSettled([...requests].map(([host, vms]) => api.vms.delete({ host, vms })))
  return asked.flatMap((one) => {
    if (one.status === 'fulfilled') return [one.value]
    onRefused(errorData(one.reason))
    return []
  })
}

function outcomesOf({ host, deleted = [] }: Task): OutcomeAt[] {
  return host === undefined ? [] : deleted.map((outcome: DeleteOutcome) => ({ ...outcome, host }))
}

function leaveIfShown(targets: readonly VmRef[]): void {
  const { route } = useRoute.getState()
  if (route.kind !== 'vm') return
  const shown = vmKey(route.ref)
  if (targets.some((ref) => vmKey(ref) === shown)) go(listRoute(route.ref.host))
}

function toggled(set: ReadonlySet<string>, keys: readonly string[], isIn: boolean): ReadonlySet<string> {
  const next = new Set(set)
  for (const key of keys) {
    if (isIn) next.add(key)
    else next.delete(key)
  }
  return next
}

function nameOf(
  targets: readonly VmRef[],
  answers: ReturnType<typeof useDeletePlans>,
  [vm]: readonly Vm[],
): string {
  const [first] = targets
  if (targets.length !== 1 || !first) return `${targets.length} virtual machines`
  return answers.get(vmKey(first))?.plan?.name ?? vm?.name ?? 'virtual machine'
}

function goneTitle(name: string, isOne: boolean): string {
  return `${name} no longer ${isOne ? 'exists' : 'exist'}`
}

function hostsOf(targets: readonly VmRef[]): string {
  const hosts = [...new Set<HostId>(targets.map(({ host }) => host))]
  const [only, ...more] = hosts
  return only !== undefined && more.length === 0 ? hostLabel(only) : `${hosts.length} hosts`
}

function deleteLabel(goingCount: number, targetCount: number, fileCount: number): string {
  const what = targetCount === 1 ? 'Delete' : `Delete ${counted(goingCount, 'VM')}`
  return fileCount === 0 ? what : `${what} with ${counted(fileCount, 'file')}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
