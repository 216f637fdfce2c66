import type { Snapshot } from '../../../../shared/model/snapshots/snapshot'
import { Checkbox } from '../../../ui/Checkbox'
import { whyRefused } from '../words'
import type { TakeForm } from './take-form'

interface Props {
  /** The one that has the name now. */
  readonly old: Snapshot
  readonly isReplaced: boolean
  readonly onChange: (part: Partial<TakeForm>) => void
}

/** A name that is taken may be wished for: then the new snapshot takes the place of the old one. */
export function TakeInPlaceOf({ old, isReplaced, onChange }: Props) {
  const why = whyRefused(old.actions.delete)
  return (
    <Checkbox
      isSelected={isReplaced}
      isDisabled={why !== undefined}
      onChange={(isWanted) => onChange({ replaces: isWanted ? old.name : '' })}
    >
      {`Replace “${old.name}”`}
      <span className="snap-why">
        {why ?? 'It is deleted first: should the new one then fail, nobody can go back to either.'}
      </span>
    </Checkbox>
  )
}
