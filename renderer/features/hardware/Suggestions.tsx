import { suggestedFor } from '../../../shared/model/hardware/suggestions'
import { Button } from '../../ui/Button'
import { applyFix, useSession } from './session'

/** What would do this VM good. Taking one over is a change like any other: it is seen below, and can be taken back. */
export function Suggestions() {
  const session = useSession()
  const suggestions = suggestedFor(session.context)
  if (suggestions.length === 0) return null
  return (
    <section className="hw-group hw-suggestions" aria-label="Suggestions">
      <h3>Suggestions</h3>
      <ul>
        {suggestions.map(({ label, why, fixes }) => (
          <li key={label}>
            <div className="hw-suggestion-text">
              <span className="hw-suggestion-label">{label}</span>
              <span className="secondary">{why}</span>
            </div>
            <Button
              className="button-small"
              aria-label={`Take over: ${label}`}
              disabledReason={session.lockedReason}
              onPress={() => applyFix(session, fixes)}
            >
              Take over
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
