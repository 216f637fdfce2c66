import { kindOf } from '../../../shared/model/hardware/kinds'
import { Button } from '../../ui/Button'
import { TrashIcon } from '../../ui/icons/general'
import { ClockIcon, UndoIcon } from '../../ui/icons/hardware'
import { MiddleTruncate } from '../../ui/MiddleTruncate'
import { DiskWorkButton } from './DiskWorkButton'
import { DriveButtons } from './DriveButtons'
import { isSameRef, removeItem, undoRemove, type ShownItem } from './draft'
import { GeneralProblems } from '../../form/GeneralProblems'
import { Groups } from '../../form/Groups'
import { ScopeContext } from '../../form/scope'
import { useItemScope } from './item-scope'
import { KindIcon } from './KindIcon'
import { usePlace } from './place'
import { putChanges } from './store'
import { useSession } from './session'
import { Suggestions } from './Suggestions'
import type { Kind } from '../../../shared/model/hardware/kind'

/** One device or page of settings. */
export function ItemPage({ item }: { item: ShownItem }) {
  const kind = kindOf(item.ref.kind)
  return kind ? <KnownItem item={item} kind={kind} /> : null
}

function KnownItem({ item, kind }: { item: ShownItem; kind: Kind }) {
  const session = useSession()
  const scope = useItemScope(session, item, kind)
  const { view, changes, key, target } = session
  const { openDialog, isDraft } = usePlace()
  const summary = kind.summary?.(item.values)
  const waits = view.pending.find(({ item: ref, what }) => isSameRef(ref, item.ref) && what.kind === 'added')
  const remove = (): void => {
    // what was only just added is gone without a question
    if (item.mark === 'added') putChanges(key, removeItem(changes, item.ref))
    else openDialog({ kind: 'removeHardware', ref: target, item: item.ref })
  }
  return (
    <section className="hw-page" aria-label={kind.title(item.values)}>
      <header className="hw-page-header">
        <span className="hw-page-icon">
          <KindIcon kind={kind} size={18} />
        </span>
        <div className="hw-page-title">
          <h2 className="truncate">{kind.title(item.values)}</h2>
          <div className="hw-page-sub">
            {summary === undefined ? null : <MiddleTruncate text={summary} />}
            {item.address === undefined ? null : <span className="hw-address">{item.address}</span>}
          </div>
        </div>
        <DriveButtons session={session} item={item} />
        <DiskWorkButton session={session} item={item} />
        {kind.role === 'page' ? null : item.mark === 'removed' ? (
          <Button icon={UndoIcon} onPress={() => putChanges(key, undoRemove(changes, item.ref))}>
            Keep it
          </Button>
        ) : (
          <Button icon={TrashIcon} disabledReason={session.lockedReason} onPress={remove}>
            Remove…
          </Button>
        )}
      </header>
      {/* Scrolls by keyboard too, hence the tab stop. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable */}
      <div className="hw-scroll" tabIndex={-1}>
        <ScopeContext value={scope}>
          {item.mark === 'removed' ? (
            <p className="hw-banner hw-banner-removed">
              <TrashIcon size={14} />
              {isDraft ? 'The VM is made without it.' : 'Goes when the changes are applied.'}
            </p>
          ) : null}
          {item.mark === 'added' ? (
            <p className="hw-banner">
              {isDraft ? 'New; the VM is made with it.' : 'New; it is added when the changes are applied.'}
            </p>
          ) : null}
          {waits && item.mark === undefined ? (
            <p className="hw-banner">
              <ClockIcon size={14} />
              The running guest does not have it yet; it comes at the next start.
            </p>
          ) : null}
          <GeneralProblems />
          <Groups key={`${item.ref.kind}\n${item.ref.key}`} />
          {item.ref.kind === 'general' ? <Suggestions /> : null}
          {item.hasMore ? (
            <p className="hw-more-note">
              The definition has more about it than is shown here; that is kept as it is. The XML page shows
              all.
            </p>
          ) : null}
        </ScopeContext>
      </div>
    </section>
  )
}
