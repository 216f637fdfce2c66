import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { HostStatusIcon } from '../../components/HostStatusIcon'
import { useHost } from '../../stores/hosts'
import { go } from '../../stores/route'
import { useVms } from '../../stores/vms'
import { Button, IconButton } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { MoreIcon } from '../../ui/icons/general'
import { HostIcon, PlugIcon, UnplugIcon, VmIcon } from '../../ui/icons/objects'
import { MenuButton } from '../../ui/Menu'
import { VmList } from '../vm-list/VmList'
import { ConnectionPanel } from './ConnectionPanel'
import { connectHost, disconnectHost } from './host-actions'
import { HostFacts } from './HostFacts'
import { hostMenuEntries } from './menu-entries'
import './hosts.css'

/** One host: how its connection stands, what it is, and its VMs (the last known ones while it is away). */
export function HostPage({ id }: { id: HostId }) {
  const host = useHost(id)
  const hasVms = useVms(({ byKey }) => Object.values(byKey).some((vm) => vm.host === id))
  if (!host) return <HostGone />
  const isConnected = host.status.kind === 'connected'
  return (
    <main className="page" aria-label={`Host ${host.label}`}>
      <header className="page-header">
        <HostStatusIcon status={host.status} size={18} />
        <h1 className="truncate" title={host.label}>
          {host.label}
        </h1>
        <span className="page-subtitle mono truncate selectable" title={host.uri}>
          {host.uri}
        </span>
        <HostButtons host={host} />
      </header>
      <HostFacts host={host} />
      {isConnected ? null : <ConnectionPanel host={host} />}
      {isConnected || hasVms ? (
        <VmList
          host={id}
          empty={
            <EmptyState icon={VmIcon} title="No virtual machines on this host">
              Machines made with other tools show up here by themselves.
            </EmptyState>
          }
        />
      ) : null}
    </main>
  )
}

function HostButtons({ host }: { host: Host }) {
  const { kind } = host.status
  return (
    <div className="page-actions">
      {kind === 'connected' ? (
        <Button icon={UnplugIcon} variant="quiet" onPress={() => void disconnectHost(host)}>
          Disconnect
        </Button>
      ) : null}
      {kind === 'disconnected' ? (
        <Button icon={PlugIcon} variant="primary" onPress={() => void connectHost(host)}>
          Connect
        </Button>
      ) : null}
      <MenuButton label={`Actions for ${host.label}`} entries={hostMenuEntries(host)}>
        <IconButton icon={MoreIcon} label="Host actions" />
      </MenuButton>
    </div>
  )
}

function HostGone() {
  return (
    <main className="page" aria-label="Host">
      <EmptyState
        icon={HostIcon}
        title="This host was removed"
        actions={<Button onPress={() => go({ kind: 'all' })}>Show all virtual machines</Button>}
      />
    </main>
  )
}
