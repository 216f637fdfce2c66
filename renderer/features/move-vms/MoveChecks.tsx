import type { MoveCheck } from '../../../shared/model/migration/move'
import { Disclosure } from '../../ui/Disclosure'
import { CheckIcon, ErrorIcon, QuestionIcon, WarningIcon } from '../../ui/icons/general'

const icons = { ok: CheckIcon, warning: WarningIcon, error: ErrorIcon, unknown: QuestionIcon }
const spoken: Record<MoveCheck['state'], string> = {
  ok: 'In order',
  warning: 'Warning',
  error: 'In the way',
  unknown: 'Not known',
}
const order: readonly MoveCheck['state'][] = ['error', 'warning', 'unknown']

/** What is in the way first; what is in order is folded, as nobody has to do anything about it. */
export function MoveChecks({ checks }: { readonly checks: readonly MoveCheck[] }) {
  const open = order.flatMap((state) => checks.filter((check) => check.state === state))
  const fine = checks.filter(({ state }) => state === 'ok')
  return (
    <section className="move-checks" aria-label="Checks">
      <List checks={open} />
      {fine.length === 0 ? null : (
        <Disclosure summary={`${fine.length} checks are in order`}>
          <List checks={fine} />
        </Disclosure>
      )}
    </section>
  )
}

function List({ checks }: { readonly checks: readonly MoveCheck[] }) {
  if (checks.length === 0) return null
  return (
    <ul className="selectable">
      {checks.map(({ id, title, state, message, cure }) => {
        const Icon = icons[state]
        return (
          <li key={id} className={`move-check move-check-${state}`}>
            <span role="img" aria-label={spoken[state]}>
              <Icon size={14} />
            </span>
            <span className="move-check-title">{title}</span>
            <span>
              {message}
              {cure === undefined ? null : <span className="secondary"> {cure}</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
