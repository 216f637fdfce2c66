import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { SnapshotView } from '../../../shared/model/snapshots/snapshot'
import type { Vm } from '../../../shared/model/vm'
import { ErrorBox } from '../../components/ErrorBox'
import { ReadFailure } from '../../components/ReadFailure'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { usePendingTask } from '../../stores/tasks'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { PlusIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { whyLocked } from '../hosts/why-locked'
import { EmptySnapshots } from './EmptySnapshots'
import { NowPage, nowText } from './NowPage'
import { SeveralPage } from './SeveralPage'
import { ScheduleLine } from './schedule/ScheduleLine'
import { SnapshotPage } from './SnapshotPage'
import { SnapshotTree } from './SnapshotTree'
import { markSnapshots, useMarkedSnapshots } from './store'
import { TaskStrip } from './TaskStrip'
import { nowKey, treeRows } from './tree-rows'
import { useSnapshots } from './use-snapshots'
import { whyNone } from './words'
import '../../ui/panes.css'
import './snapshots.css'

/** The moments of a VM that were kept, and what can be done with them. */
export function SnapshotsTab(target: VmRef) {
  const vm = useVm(vmKey(target))
  const host = useHost(target.host)
  const task = usePendingTask(target)
  const { value, error, reload } = useSnapshots(target)
  if (!vm || !host) return null
  const isConnected = host.status.kind === 'connected'
  if (value === undefined) {
    return (
      <div className="panes-alone">
        {!isConnected ? (
          <Note tone="info">Connect the host to see the snapshots of this VM.</Note>
        ) : error ? (
          <ReadFailure error={error} title="The snapshots could not be read" reload={reload} />
        ) : (
          <p className="snap-waiting" role="status">
            <Spinner /> Reading the snapshots…
          </p>
        )}
      </div>
    )
  }
  const parts = { target, vm, view: value, lockedReason: whyLocked(host) ?? (task && `Wait: ${task.title}`) }
  return (
    <div className="panes-tab snap" data-stale={isConnected ? undefined : true}>
      {isConnected ? null : <p className="panes-banner">The host is not connected: this is from before.</p>}
      {error && isConnected ? (
        <div className="panes-banner-error">
          <ErrorBox
            error={error}
            title="The snapshots could not be read again"
            actions={<Button onPress={reload}>Try again</Button>}
          />
        </div>
      ) : null}
      <TaskStrip target={target} />
      <ScheduleLine target={target} whyNot={whyNone(value)} lockedReason={whyLocked(host)} />
      {value.snapshots.length === 0 ? <EmptySnapshots {...parts} /> : <Panes {...parts} />}
    </div>
  )
}

export interface TabParts {
  readonly target: VmRef
  readonly vm: Vm
  readonly view: SnapshotView
  readonly lockedReason: string | undefined
}

function Panes(parts: TabParts) {
  const { target, vm, view, lockedReason } = parts
  const rows = treeRows(view.snapshots)
  const wanted = useMarkedSnapshots(target)
  const selected = new Set([...wanted.selected].filter((key) => rows.some((row) => row.key === key)))
  const fallback = view.snapshots.find(({ isCurrent }) => isCurrent)?.name ?? nowKey
  // what was marked is gone, or nothing was yet: the one that the VM is built on is shown
  const marked =
    selected.size > 0
      ? { ...wanted, selected }
      : { selected: new Set([fallback]), cursor: fallback, anchor: fallback }
  const chosen = view.snapshots.filter(({ name }) => selected.has(name))
  const [first] = chosen.length > 0 ? chosen : view.snapshots.filter(({ name }) => marked.selected.has(name))
  return (
    <div className="panes">
      <nav className="panes-list snap-list" aria-label="Snapshots of the VM">
        <div className="panes-list-head">
          <Button
            icon={PlusIcon}
            className="snap-take"
            disabledReason={lockedReason ?? whyNone(view)}
            onPress={() => openDialog({ kind: 'takeSnapshot', ref: target })}
          >
            Take a snapshot…
          </Button>
        </div>
        <SnapshotTree
          target={target}
          rows={rows}
          marked={marked}
          nowText={nowText(vm, view)}
          lockedReason={lockedReason}
          onMark={(next) => markSnapshots(target, next)}
        />
      </nav>
      {chosen.length > 1 ? (
        <SeveralPage {...parts} chosen={chosen} />
      ) : first ? (
        <SnapshotPage key={first.name} {...parts} snapshot={first} />
      ) : (
        <NowPage {...parts} />
      )}
    </div>
  )
}
