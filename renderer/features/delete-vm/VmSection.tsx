import type { VmRef } from '../../../shared/model/ids'
import { isActive, vmStateText, type Vm } from '../../../shared/model/vm'
import { ErrorBox } from '../../components/ErrorBox'
import { StateIcon } from '../../components/StateIcon'
import { openDialog } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { savesOf, useKnownSaves } from '../../stores/known-saves'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { whyRefused } from './delete-choice'
import { PlanOfVm } from './PlanOfVm'
import type { PlanAnswer } from './use-delete-plans'

interface Props {
  readonly target: VmRef
  readonly vm: Vm | undefined
  readonly answer: PlanAnswer | undefined
  /** Nothing else is to be deleted. */
  readonly isAlone: boolean
  readonly isForcedOff: boolean
  readonly onForceOff: (isForcedOff: boolean) => void
  readonly chosen: ReadonlySet<string>
  readonly kept: ReadonlySet<string>
  readonly onTick: (keys: readonly string[], isTicked: boolean) => void
  readonly onKeep: (key: string, isKept: boolean) => void
}

export function VmSection(props: Props) {
  const { target, vm, answer, isAlone } = props
  const name = answer?.plan?.name ?? vm?.name ?? 'virtual machine'
  return (
    <section className="plan-vm" aria-label={name}>
      {isAlone ? null : (
        <h3 className="plan-vm-name">
          {vm ? <StateIcon state={vm.state} size={12} /> : null}
          <span className="truncate">{name}</span>
          <span className="plan-vm-host truncate">{hostLabel(target.host)}</span>
        </h3>
      )}
      <Body {...props} />
    </section>
  )
}

function Body({ target, vm, answer, isAlone, isForcedOff, onForceOff, ...choices }: Props) {
  if (!vm) return <p className="secondary">It no longer exists.</p>
  if (answer?.error)
    return <ErrorBox error={answer.error} title="What deleting would touch could not be worked out" />
  const refused = whyRefused(vm)
  if (refused !== undefined) return <Note tone="warning" title={`It stays: ${refused}`} />
  const plan = answer?.plan
  if (!plan) {
    return (
      <p className="delete-wait secondary" role="status">
        <Spinner size={14} /> Looking at what belongs to it…
      </p>
    )
  }
  const isOn = isActive(vm.state)
  if (isOn && isAlone) {
    return (
      <Note
        tone="warning"
        title={plan.blockedBy ?? 'The VM must be shut off first'}
        actions={
          <Button
            onPress={() =>
              openDialog({
                kind: 'confirmPower',
                action: 'forceOff',
                refs: [target],
                next: { kind: 'deleteVm', refs: [target] },
              })
            }
          >
            Force off…
          </Button>
        }
      />
    )
  }
  return (
    <>
      {isOn ? (
        <Checkbox isSelected={isForcedOff} onChange={onForceOff}>
          Force it off first
          <span className="plan-meta">
            {isForcedOff
              ? `${stateOf(vm)}: unsaved data in it is lost.`
              : `${stateOf(vm)} and stays, unless this is ticked.`}
          </span>
        </Checkbox>
      ) : null}
      {isOn ? null : <SavedFileNote target={target} />}
      {isOn && !isForcedOff ? null : <PlanOfVm target={target} plan={plan} {...choices} />}
    </>
  )
}

/** To its host it is just off; what it would go on with is in a file that is no part of it. */
function SavedFileNote({ target }: { target: VmRef }) {
  const saved = savesOf(
    useKnownSaves((state) => state.saves),
    target,
  ).at(-1)
  if (!saved) return null
  return (
    <Note tone="warning" title={`Its memory is saved in ${saved.path}`}>
      The file stays, and is of no use without the disks.
    </Note>
  )
}

function stateOf({ state }: Vm): string {
  return state === 'unknown' ? 'It is in use' : `It is ${vmStateText[state].toLowerCase()}`
}
