import type { Snapshot } from '../../../shared/model/snapshots/snapshot'
import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { TrashIcon } from '../../ui/icons/general'
import { LayersIcon } from '../../ui/icons/storage'
import { timeText } from '../../ui/time-text'
import { PageHeader } from '../../ui/PageHeader'
import type { TabParts } from './SnapshotsTab'
import { stateText } from './words'

/** Several are marked: what they are, and their end. */
export function SeveralPage({ target, lockedReason, chosen }: TabParts & { chosen: readonly Snapshot[] }) {
  return (
    <section className="panes-page" aria-label={`${chosen.length} snapshots`}>
      <PageHeader
        icon={LayersIcon}
        title={`${chosen.length} snapshots marked`}
        about="Ctrl and Shift mark several"
      >
        <Button
          icon={TrashIcon}
          disabledReason={lockedReason}
          onPress={() =>
            openDialog({ kind: 'deleteSnapshots', ref: target, names: chosen.map(({ name }) => name) })
          }
        >
          {`Delete ${chosen.length}…`}
        </Button>
      </PageHeader>
      <div className="panes-scroll">
        <ul className="snap-several">
          {chosen.map(({ name, createdAtMs, state }) => (
            <li key={name}>
              <span className="snap-several-name">{name}</span>
              <span className="secondary">{`${timeText(createdAtMs)} · ${stateText[state]}`}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
