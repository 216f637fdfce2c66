import type { DeletePlan } from '../../../shared/model/delete-plan'
import type { VmRef } from '../../../shared/model/ids'
import { Checkbox } from '../../ui/Checkbox'
import { Note } from '../../ui/Note'
import { partKey } from './delete-choice'
import { PlanFiles } from './PlanFiles'

interface Props {
  readonly target: VmRef
  readonly plan: DeletePlan
  readonly chosen: ReadonlySet<string>
  /** State that stays, by partKey. */
  readonly kept: ReadonlySet<string>
  readonly onTick: (keys: readonly string[], isTicked: boolean) => void
  readonly onKeep: (key: string, isKept: boolean) => void
}

/** What goes with one VM, what may stay, and its files. */
export function PlanOfVm({ target, plan, chosen, kept, onTick, onKeep }: Props) {
  return (
    <>
      {plan.goesAlong.length === 0 ? null : (
        <p className="plan-lost">{`With it go: ${plan.goesAlong.join(', ')}.`}</p>
      )}
      {plan.parts.map(({ kind, text, fixed }) => {
        const key = partKey(target, kind)
        return (
          <Checkbox
            key={kind}
            isSelected={fixed === undefined ? !kept.has(key) : fixed.to === 'goes'}
            isDisabled={fixed !== undefined}
            onChange={(goes) => onKeep(key, !goes)}
          >
            <span className="plan-part">{`Delete ${text}`}</span>
            {fixed === undefined ? null : (
              <span className="plan-meta">{`${fixed.to === 'goes' ? 'Goes' : 'Stays'}: ${fixed.why}`}</span>
            )}
          </Checkbox>
        )
      })}
      {plan.unread.length === 0 ? null : <Unread lines={plan.unread} />}
      {plan.files.length === 0 || !plan.stoppedPools ? null : <StoppedPools names={plan.stoppedPools} />}
      <PlanFiles
        host={target.host}
        label={`Storage of ${plan.name}`}
        files={plan.files}
        chosen={chosen}
        onTick={onTick}
      />
    </>
  )
}

const mostLines = 5

/** Said once, and not held against anybody: a pool may be stopped for good. */
function StoppedPools({ names }: { readonly names: readonly string[] }) {
  const shown = names.slice(0, mostLines).join(', ')
  const more = names.length - mostLines
  const isOne = names.length === 1
  return (
    <Note
      tone="info"
      title={`What is in ${isOne ? 'a stopped pool' : 'stopped pools'} is not seen: ${shown}${more > 0 ? ` and ${more} more` : ''}`}
    >
      {`Files of this VM there stay, and images there may be built on its files. Start ${isOne ? 'the pool' : 'the pools'} first if you are not sure.`}
    </Note>
  )
}

function Unread({ lines }: { lines: readonly string[] }) {
  const more = lines.length - mostLines
  return (
    <Note
      tone="warning"
      title="Nothing is ticked: others may use these files, as not everything could be read"
    >
      <ul className="plan-unread selectable">
        {lines.slice(0, mostLines).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {more > 0 ? <li>{`and ${more} more`}</li> : null}
      </ul>
    </Note>
  )
}
