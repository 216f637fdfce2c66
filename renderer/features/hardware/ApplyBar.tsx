import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { ErrorIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { Segmented } from '../../ui/Segmented'
import { applyDraft } from './apply'
import { DoneNotice } from './DoneNotice'
import { countChanges } from './draft'
import { blockersOf, effectsOf, useSession, type Blocker } from './session'
import { pageOf, putChanges, putHardware } from './store'

/** What was changed and not applied: when it would take effect, and what to do with it. */
export function ApplyBar() {
  const session = useSession()
  const { key, target, state, changes, view, lockedReason } = session
  const { failure, outcome, when, isApplying } = state
  const blockers = blockersOf(session)
  const [blocker] = blockers
  const count = countChanges(changes)
  const isStale = changes.length > 0 && state.base !== undefined && state.base !== view.base && !isApplying
  return (
    <div className="hw-bottom">
      <DoneNotice />
      {outcome ? (
        <Note
          tone="info"
          title={
            outcome.length === 1
              ? 'Stored, but one change did not reach the running guest; it waits for the next start'
              : `Stored, but ${outcome.length} changes did not reach the running guest; they wait for the next start`
          }
          actions={<Button onPress={() => putHardware(key, { outcome: undefined })}>OK</Button>}
        >
          <ul className="hw-outcome">
            {outcome.map(({ title, whyNotNow, detail, forced }) => (
              <li key={title}>
                <span className="hw-outcome-title">{title}</span>
                {whyNotNow === undefined ? null : (
                  <span className="secondary" title={detail}>
                    {whyNotNow}
                  </span>
                )}
                {forced ? (
                  <Button className="button-small" onPress={() => putChanges(key, [forced])}>
                    By force…
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
      {isStale ? (
        <Note
          tone="info"
          title="This VM was changed elsewhere while you were editing"
          actions={
            <>
              <Button onPress={() => openDialog({ kind: 'reviewHardware', ref: target })}>Review…</Button>
              <Button onPress={() => putChanges(key, [])}>Discard mine</Button>
            </>
          }
        >
          Your changes are kept. Before they are applied, you see what is different.
        </Note>
      ) : null}
      {failure && failure.item === undefined ? (
        <ErrorBox
          error={failure.error}
          title="The changes were not applied"
          actions={<Button onPress={() => putHardware(key, { failure: undefined })}>Dismiss</Button>}
        />
      ) : null}
      {changes.length === 0 ? null : (
        <section className="hw-bar" aria-label="Changes not applied yet">
          <div className="hw-bar-text">
            <strong>{count === 1 ? '1 change' : `${count} changes`}</strong>
            {blocker ? (
              <WayToBlocker blockers={blockers} />
            ) : (
              <span className="secondary">{effectText(session)}</span>
            )}
          </div>
          {view.isRunning && view.isPersistent ? (
            <Segmented
              label="When"
              value={when}
              segments={[
                { id: 'now', label: 'Now where possible' },
                { id: 'next-start', label: 'At the next start' },
              ]}
              onChange={(next) => putHardware(key, { when: next })}
            />
          ) : null}
          <Button onPress={() => putChanges(key, [])} isDisabled={isApplying}>
            Discard
          </Button>
          <Button
            isDisabled={isApplying || blocker !== undefined}
            onPress={() => openDialog({ kind: 'reviewHardware', ref: target })}
          >
            Review…
          </Button>
          <Button
            variant="primary"
            isBusy={isApplying}
            disabledReason={lockedReason ?? blocker?.message}
            tooltip="Apply the changes"
            shortcut="Ctrl+Enter"
            onPress={() => void applyDraft(session)}
          >
            Apply
          </Button>
        </section>
      )}
    </div>
  )
}

/** What keeps the changes from being applied, and the way there. */
export function WayToBlocker({ blockers }: { readonly blockers: readonly Blocker[] }) {
  const { key } = useSession()
  const [first] = blockers
  if (!first) return null
  return (
    <button
      type="button"
      className="hw-bar-problem"
      onClick={() => putHardware(key, { page: pageOf(first.item) })}
    >
      <ErrorIcon size={14} />
      {blockers.length === 1 ? 'One thing to correct' : `${blockers.length} things to correct`}
    </button>
  )
}

export function canApply(
  session: Parameters<typeof blockersOf>[0] & { readonly lockedReason?: string },
): boolean {
  return session.lockedReason === undefined && blockersOf(session).length === 0
}

function effectText(session: ReturnType<typeof useSession>): string {
  const { view, changes, state } = session
  if (!view.isRunning) return 'Stored at once; the VM is off'
  const effects = effectsOf(changes, session, state.when)
  const now = effects.filter(({ when }) => when === 'now').length
  if (now === effects.length) return view.isPersistent ? 'Takes effect at once' : 'Changes the running guest'
  const waiting = effects.find(({ when }) => when !== 'now')
  const why = state.when === 'now' && waiting?.why !== undefined ? `: ${waiting.why}` : ''
  return now === 0 && effects.every(({ when }) => when === 'next-start')
    ? `Takes effect at the next start${why}`
    : `Partly at once, the rest at the next start${why}`
}
