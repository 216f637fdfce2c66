import { useState, type ReactNode } from 'react'
import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { HostStatusIcon } from '../../components/HostStatusIcon'
import { useHost } from '../../stores/hosts'
import { go } from '../../stores/route'
import { useVms } from '../../stores/vms'
import { Button, IconButton } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { MoreIcon } from '../../ui/icons/general'
import { HostIcon, PlugIcon, UnplugIcon } from '../../ui/icons/objects'
import { MenuButton } from '../../ui/Menu'
import { Tabs } from '../../ui/Tabs'
import { ConnectionPanel } from './ConnectionPanel'
import { connectHost, disconnectHost } from './host-actions'
import { HostCapabilitiesTab } from './HostCapabilitiesTab'
import { HostConsolesTab } from './HostConsolesTab'
import { HostFacts } from './HostFacts'
import { HostOverviewTab } from './HostOverviewTab'
import { HostSecurityTab } from './HostSecurityTab'
import { hostMenuEntries } from './menu-entries'
import './hosts.css'
import './host-tabs.css'

/** A page of a host that another feature draws; it is mounted while it is shown, or as long as the host's pages are. */
export interface ExtraTab {
  readonly id: string
  readonly label: string
  readonly content: ReactNode
  readonly isKept?: boolean
}

interface Props {
  readonly id: HostId
  /** Between the VMs and what is told of the host itself. */
  readonly extraTabs?: readonly ExtraTab[]
  /** What has to be seen on each of its pages. */
  readonly notices?: ReactNode
  readonly children: ReactNode
}

const noTabs: readonly ExtraTab[] = []

/**
 * One host: how its connection stands, what it is, and below it the given list of its VMs (the last known ones while it
 * is away).
 */
export function HostPage({ id, extraTabs = noTabs, notices, children }: Props) {
  const host = useHost(id)
  const hasVms = useVms(({ byKey }) => [...byKey.values()].some((vm) => vm.host === id))
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
      {isConnected ? notices : <ConnectionPanel host={host} />}
      {isConnected || hasVms || host.lastInfo ? (
        <HostTabs host={host} extraTabs={extraTabs}>
          {isConnected || hasVms ? children : null}
        </HostTabs>
      ) : null}
    </main>
  )
}

interface TabsProps {
  readonly host: Host
  readonly extraTabs: readonly ExtraTab[]
  readonly children: ReactNode
}

/** The VMs first, as they are what people come for. */
function HostTabs({ host, extraTabs, children }: TabsProps) {
  const [tab, setTab] = useState('vms')
  const vms = (
    <>
      <HostFacts host={host} />
      {children}
    </>
  )
  return (
    <Tabs
      label={`Pages of ${host.label}`}
      selected={tab}
      onSelect={setTab}
      tabs={[
        { id: 'vms', label: 'Virtual machines', content: vms },
        ...extraTabs,
        { id: 'overview', label: 'Overview', content: <HostOverviewTab host={host} /> },
        { id: 'capabilities', label: 'Capabilities', content: <HostCapabilitiesTab host={host} /> },
        { id: 'consoles', label: 'Console security', content: <HostConsolesTab host={host} /> },
        { id: 'security', label: 'Security', content: <HostSecurityTab host={host} /> },
      ]}
    />
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
