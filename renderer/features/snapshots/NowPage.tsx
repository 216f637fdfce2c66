import type { DiskChain, SnapshotView } from '../../../shared/model/snapshots/snapshot'
import { vmStateText, type Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { HereIcon } from '../../ui/icons/objects'
import { Note } from '../../ui/Note'
import { PageHeader } from '../../ui/PageHeader'
import { Card } from '../hosts/HostTab'
import { ForeignSnapshots } from './ForeignSnapshots'
import type { TabParts } from './SnapshotsTab'
import { count, fileName, quoted } from './words'

/** "Running · 3 files deep". */
export function nowText(vm: Vm, { chains }: SnapshotView): string {
  const depth = Math.max(0, ...chains.map(({ files }) => files.length))
  return depth > 1 ? `${vmStateText[vm.state]} · disks ${depth} files deep` : vmStateText[vm.state]
}

/** What the VM is now: the files its disks are made of, and which snapshots need them. */
export function NowPage({ vm, view }: TabParts) {
  return (
    <section className="panes-page" aria-label="You are here">
      <PageHeader icon={HereIcon} title="You are here" about={nowText(vm, view)} />
      <div className="panes-scroll">
        {view.warnings.map((warning) => (
          <Note key={warning} tone="warning">
            {warning}
          </Note>
        ))}
        {view.chains.length === 0 ? (
          <p className="snap-lead">The host does not tell which files the disks are made of.</p>
        ) : (
          view.chains.map((chain) => <Chain key={chain.target} chain={chain} />)
        )}
        {view.foreign.length === 0 ? null : <ForeignSnapshots foreign={view.foreign} />}
      </div>
    </section>
  )
}

function Chain({ chain: { target, files } }: { chain: DiskChain }) {
  return (
    <Card
      title={`Disk ${target}`}
      aside={<span className="host-aside">{count(files.length, 'file')}, the newest first</span>}
    >
      <ol className="snap-chain">
        {files.map(({ path, format, sizeBytes, snapshots }, at) => (
          <li key={path}>
            <span className="snap-file">
              <span className="mono selectable" title={path}>
                {fileName(path)}
              </span>
              <span className="snap-file-about">
                {[at === 0 ? 'written to now' : undefined, format, sizeBytes && formatBytes(sizeBytes)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {snapshots.length === 0 ? null : (
              <span className="snap-file-about">{`Needed by ${quoted(snapshots)}`}</span>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}
