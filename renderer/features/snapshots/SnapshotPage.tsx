import { useState } from 'react'
import type { Snapshot } from '../../../shared/model/snapshots/snapshot'
import { Button, IconButton } from '../../ui/Button'
import { MoreIcon } from '../../ui/icons/general'
import { SnapshotIcon } from '../../ui/icons/objects'
import { LayersIcon } from '../../ui/icons/storage'
import { MenuButton } from '../../ui/Menu'
import { Tabs } from '../../ui/Tabs'
import { timeText } from '../../ui/time-text'
import { PageHeader } from '../../ui/PageHeader'
import { snapshotEntries } from './actions'
import { ChangesSince } from './ChangesSince'
import { SnapshotFacts } from './SnapshotFacts'
import type { TabParts } from './SnapshotsTab'
import { stateText } from './words'

type Page = 'about' | 'changes'

/** One snapshot: what it keeps, what can be done with it, and what of the VM is different now. */
export function SnapshotPage(parts: TabParts & { readonly snapshot: Snapshot }) {
  const { target, vm, snapshot, lockedReason } = parts
  const [page, setPage] = useState<Page>('about')
  const {
    revert,
    clone,
    edit,
    delete: remove,
    deleteWithChildren,
    forget,
  } = snapshotEntries(target, snapshot, lockedReason)
  return (
    <section className="panes-page" aria-label={`Snapshot ${snapshot.name}`}>
      <PageHeader
        icon={snapshot.kind === 'internal' ? SnapshotIcon : LayersIcon}
        title={snapshot.name}
        about={`${timeText(snapshot.createdAtMs)} · ${stateText[snapshot.state]}${snapshot.isCurrent ? ' · the VM is built on it' : ''}`}
      >
        <Button icon={revert.icon} disabledReason={revert.disabledReason} onPress={revert.run}>
          {revert.label}
        </Button>
        <Button icon={edit.icon} disabledReason={edit.disabledReason} onPress={edit.run}>
          {edit.label}
        </Button>
        <MenuButton
          label={`More for ${snapshot.name}`}
          entries={[clone, 'separator', remove, deleteWithChildren, forget]}
        >
          <IconButton icon={MoreIcon} label="Delete and more" />
        </MenuButton>
      </PageHeader>
      <Tabs<Page>
        label={`About ${snapshot.name}`}
        selected={page}
        onSelect={setPage}
        tabs={[
          { id: 'about', label: 'Overview', content: <SnapshotFacts {...parts} /> },
          {
            id: 'changes',
            label: 'Changes since',
            content: <ChangesSince target={target} name={snapshot.name} vmName={vm.name} />,
          },
        ]}
      />
    </section>
  )
}
