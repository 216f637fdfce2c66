import { inWords } from '../../../shared/model/hardware/field'
import { kindOf } from '../../../shared/model/hardware/kinds'
import { titleOf } from '../../../shared/model/hardware/title'
import type { PendingDifference } from '../../../shared/model/hardware/view'
import { useState } from 'react'
import { Button } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { ChevronRightIcon } from '../../ui/icons/general'
import { ClockIcon } from '../../ui/icons/hardware'
import { coversPending, revertPending } from './draft'
import { useSession } from './session'
import { pageOf, putChanges, putHardware } from './store'

/** What differs between the running guest and its next start, and how to take it back. */
export function PendingBar() {
  const { view, changes, key, lockedReason } = useSession()
  const [isOpen, setOpen] = useState(false)
  const { pending } = view
  if (pending.length === 0) return null
  const isReverted = (one: PendingDifference): boolean =>
    changes.some(
      (change) =>
        change.kind === 'as-running' &&
        coversPending(change, one.item, one.what.kind === 'changed' ? one.what.field : undefined),
    )
  const left = pending.filter((one) => !isReverted(one)).length
  return (
    <section className="hw-pending" aria-label="Waiting for the next start">
      <div className="hw-pending-head">
        <button
          type="button"
          className="hw-pending-toggle"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <ClockIcon size={14} />
          {pending.length === 1
            ? '1 setting waits for the next start'
            : `${pending.length} settings wait for the next start`}
          <ChevronRightIcon size={12} className={classNames(isOpen && 'hw-turned')} />
        </button>
        {isOpen ? (
          <Button
            className="button-small"
            disabledReason={lockedReason ?? (left === 0 ? 'All of it is to be reverted' : undefined)}
            onPress={() => putChanges(key, revertPending(changes))}
          >
            Revert all
          </Button>
        ) : null}
      </div>
      {isOpen ? (
        <ul className="hw-pending-list">
          {pending.map((one) => {
            const field = one.what.kind === 'changed' ? one.what.field : undefined
            const name = `${titleOf(view.items, one.item)}${field === undefined ? '' : `: ${labelOf(one)}`}`
            return (
              <li key={`${pageOf(one.item)} ${one.what.kind} ${field ?? ''}`}>
                <button
                  type="button"
                  className="hw-pending-name truncate"
                  onClick={() => putHardware(key, { page: pageOf(one.item) })}
                >
                  {name}
                </button>
                <span className="hw-pending-what truncate">{whatText(one)}</span>
                {isReverted(one) ? (
                  <span className="secondary">To be reverted</span>
                ) : (
                  <Button
                    variant="quiet"
                    className="button-small"
                    aria-label={`Revert ${name}`}
                    disabledReason={lockedReason}
                    onPress={() => putChanges(key, revertPending(changes, one.item, field))}
                  >
                    Revert
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
      ) : null}
    </section>
  )
}

function labelOf({ item, what }: PendingDifference): string {
  return what.kind === 'changed' ? (kindOf(item.kind)?.fields[what.field]?.label ?? what.field) : ''
}

function whatText({ item, what }: PendingDifference): string {
  switch (what.kind) {
    case 'added':
      return 'comes at the next start'
    case 'removed':
      return 'goes at the next start'
    case 'other':
      return 'differs in what no field shows'
    case 'changed': {
      const field = kindOf(item.kind)?.fields[what.field]
      return field ? `${inWords(field, what.now)} → ${inWords(field, what.next)}` : ''
    }
  }
}
