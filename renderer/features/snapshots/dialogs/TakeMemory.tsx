import type { SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import { isActive, type Vm } from '../../../../shared/model/vm'
import { Checkbox } from '../../../ui/Checkbox'
import { whyRefused } from '../words'
import { PlanProblems } from '../../../components/PlanProblems'
import type { MemoryRoom } from './memory-room'
import type { completed, TakeForm } from './take-form'

interface Props {
  readonly vm: Vm
  readonly view: SnapshotView
  readonly wish: ReturnType<typeof completed>
  /** Absent: no memory is kept. */
  readonly room: MemoryRoom | undefined
  readonly onChange: (part: Partial<TakeForm>) => void
}

/** What of a running guest is kept besides its disks, and how gently. */
export function TakeMemory({ vm, view: { offers }, wish, room, onChange }: Props) {
  if (!isActive(vm.state))
    return <p className="secondary">The VM is not running, so there is no memory to keep.</p>
  if (wish.kind === 'internal')
    return (
      <>
        <p className="secondary">
          The memory is kept too: going back lets the guest go on where it was. {room?.text}
        </p>
        <PlanProblems problems={room?.problems ?? []} />
      </>
    )
  return (
    <div className="snap-checks" role="group" aria-label="Of the running guest">
      <Checkbox
        isSelected={wish.withMemory}
        isDisabled={!offers.memory.isAllowed}
        onChange={(withMemory) => onChange({ withMemory })}
      >
        Keep the memory too, so that the guest goes on where it was
        <Why text={whyRefused(offers.memory) ?? room?.text} />
      </Checkbox>
      <PlanProblems problems={room?.problems ?? []} />
      {wish.withMemory ? (
        <Checkbox
          isSelected={wish.live}
          isDisabled={!offers.live.isAllowed}
          onChange={(live) => onChange({ live })}
        >
          Let the guest go on meanwhile
          <Why
            text={
              whyRefused(offers.live) ??
              'It takes longer and the file grows larger; without it the guest stands still.'
            }
          />
        </Checkbox>
      ) : (
        <Checkbox
          isSelected={wish.quiesce}
          isDisabled={!offers.quiesce.isAllowed}
          onChange={(quiesce) => onChange({ quiesce })}
        >
          Let the guest agent settle the file systems first
          <Why
            text={
              whyRefused(offers.quiesce) ??
              'Otherwise the disks are as after a power cut when one goes back to it.'
            }
          />
        </Checkbox>
      )}
    </div>
  )
}

function Why({ text }: { text: string | undefined }) {
  return text === undefined ? null : <span className="snap-why">{text}</span>
}
