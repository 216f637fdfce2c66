import type { HostId } from '../../../shared/model/ids'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { RestoreIcon } from '../../ui/icons/power'
import { Note } from '../../ui/Note'
import { Card } from '../hosts/HostTab'
import { whyLocked } from '../hosts/why-locked'
import { ManagedSaves } from './ManagedSaves'
import { SavedFiles } from './SavedFiles'
import './saves.css'

/** Guests whose memory is on the disks of a host: what the host keeps for its VMs, and files in folders. */
export function SavesTab({ host: id }: { host: HostId }) {
  const host = useHost(id)
  const byKey = useVms((state) => state.byKey)
  const saved = [...byKey.values()].filter((vm) => vm.host === id && vm.hasSavedState)
  if (!host) return null
  const lockedReason = whyLocked(host)
  const isConnected = host.status.kind === 'connected'
  return (
    <div className="host-tab" data-stale={isConnected ? undefined : true}>
      <p className="host-lead">
        A saved guest goes on where it was, with its programs and what they had not yet written. Started in
        any other way it boots anew, and what was in its memory is lost.
      </p>
      <Card title="Kept by the host" isWide>
        <ManagedSaves vms={saved} isConnected={isConnected} lockedReason={lockedReason} />
      </Card>
      <Card
        title="In files"
        isWide
        aside={
          <Button
            icon={RestoreIcon}
            className="button-small"
            disabledReason={lockedReason}
            onPress={() => openDialog({ kind: 'restoreFile', host: id })}
          >
            Restore a file…
          </Button>
        }
      >
        {isConnected ? (
          <SavedFiles host={id} lockedReason={lockedReason} />
        ) : (
          <Note tone="info">Connect the host to see its files.</Note>
        )}
      </Card>
    </div>
  )
}
