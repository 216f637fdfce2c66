import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { cloneInput, suggestCloneName, type CloneDisk, type CloneInput } from '../../../shared/model/clone'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { vmName, type Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { PlanProblems } from '../../components/PlanProblems'
import { closeDialog } from '../../stores/dialogs'
import { useVm, useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CopyIcon } from '../../ui/icons/general'
import { NumberField } from '../../ui/NumberField'
import { Spinner } from '../../ui/Spinner'
import { TextField } from '../../ui/TextField'
import { CloneResult } from './CloneResult'
import { DiskChoice } from './DiskChoice'
import { useClonePlan } from './use-clone-plan'
import './clone-vm.css'

interface Props {
  readonly target: VmRef
  /** Of its disks as they were then. */
  readonly snapshot?: string | undefined
}

export function CloneDialog({ target, snapshot }: Props) {
  const vm = useVm(vmKey(target))
  return vm ? <CloneForm key={vmKey(target)} vm={vm} target={target} snapshot={snapshot} /> : null
}

function CloneForm({ vm, target, snapshot }: Props & { readonly vm: Vm }) {
  const taken = useVms((state) => state.byKey)
  const [name, setName] = useState(() =>
    suggestCloneName(
      vm.name,
      [...taken.values()].filter(({ host }) => host === vm.host).map((other) => other.name),
    ),
  )
  const [count, setCount] = useState<number | string | undefined>(1)
  const [description, setDescription] = useState<string>()
  const [disks, setDisks] = useState<readonly CloneDisk[]>([])
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<ErrorData>()
  const input: CloneInput = {
    ...target,
    name: name.trim(),
    count: typeof count === 'number' ? count : 1,
    ...(description === undefined ? {} : { description }),
    disks: [...disks],
    ...(snapshot === undefined ? {} : { snapshot }),
  }
  const checked = vmName.safeParse(name)
  const isCount = cloneInput.shape.count.safeParse(count).success
  const isComplete = cloneInput.safeParse(input).success && isCount
  const { plan, error, isCurrent, reload } = useClonePlan(isComplete ? input : undefined, vm.state)
  const problems = isComplete ? (plan?.problems ?? []) : []
  const isWrong = problems.some(({ level }) => level === 'error')
  const canClone = isComplete && isCurrent && !isWrong && plan !== undefined
  const isOne = input.count === 1
  const planned = plan?.clones[0]?.disks ?? []

  const submit = async (): Promise<void> => {
    if (!canClone || isBusy) return
    setBusy(true)
    setRefused(undefined)
    try {
      await api.vms.clone(input)
      closeDialog()
    } catch (reason) {
      setRefused(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={snapshot === undefined ? `Clone ${vm.name}` : `New VM from snapshot “${snapshot}” of ${vm.name}`}
      icon={CopyIcon}
      width={760}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          {isComplete && !isCurrent && !error ? (
            <span className="clone-wait secondary" role="status">
              <Spinner size={14} /> Asking the host…
            </span>
          ) : null}
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!canClone} keepsFocus isBusy={isBusy}>
            {isOne ? 'Clone' : `Make ${input.count} clones`}
          </Button>
        </>
      }
    >
      {snapshot === undefined ? null : (
        <p className="secondary">
          {`Its disks are what they were when the snapshot was taken; its hardware is what ${vm.name} has now.`}
        </p>
      )}
      <div className="clone-top">
        <TextField
          label={isOne ? 'Name of the clone' : 'Name of the first clone'}
          value={name}
          onChange={setName}
          autoFocus
          error={
            checked.success
              ? problems.find(({ level, field }) => level === 'error' && field === 'name')?.message
              : checked.error.issues[0]?.message
          }
        />
        <NumberField
          label="How many"
          value={count}
          onChange={setCount}
          min={1}
          max={50}
          error={isCount ? undefined : 'Enter 1 to 50'}
        />
        <TextField
          label="Description"
          className="clone-description"
          value={description ?? ''}
          placeholder="As that of the original"
          onChange={(text) => setDescription(text === '' ? undefined : text)}
        />
      </div>
      {error ? (
        <ErrorBox
          error={error}
          title="What the clone would be could not be worked out"
          actions={<Button onPress={reload}>Ask again</Button>}
        />
      ) : null}
      {plan ? (
        <>
          {planned.length === 0 ? <p className="secondary">It has no disks.</p> : null}
          <ul className="clone-disks" aria-label="Disks">
            {planned.map((disk) => (
              <DiskChoice
                key={disk.target}
                disk={disk}
                choice={disks.find((one) => one.target === disk.target)}
                pools={plan.pools}
                isOne={isOne}
                problems={problems}
                onChange={(choice) =>
                  setDisks((before) => [...before.filter((one) => one.target !== choice.target), choice])
                }
              />
            ))}
          </ul>
          {/* those of a field stand beside it as well; a cure does only here */}
          <div className="clone-problems">
            <PlanProblems problems={problems} />
          </div>
          <CloneResult plan={plan} />
        </>
      ) : null}
      {refused ? <ErrorBox error={refused} title="Nothing was cloned" /> : null}
    </Dialog>
  )
}
