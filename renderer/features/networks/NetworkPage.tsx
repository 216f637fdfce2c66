import { errorData } from '../../../shared/errors'
import type { Network, NetworkView } from '../../../shared/model/networks/network'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { useIsUsual, usualEntry, usualMark } from '../hosts/usual-places'
import { openDialog } from '../../stores/dialogs'
import { Button, IconButton } from '../../ui/Button'
import { MoreIcon, PencilIcon, TrashIcon } from '../../ui/icons/general'
import { BootIcon, CodeIcon, NetworkIcon } from '../../ui/icons/hardware'
import { ForceOffIcon, PlayIcon, RebootIcon } from '../../ui/icons/power'
import { MenuButton, type MenuEntry } from '../../ui/Menu'
import { Note } from '../../ui/Note'
import { Tabs } from '../../ui/Tabs'
import { PageHeader } from '../../ui/PageHeader'
import { useAnswer, type Answer } from '../../api/use-answer'
import { useResourceChanges } from '../hosts/use-resource-changes'
import { ConnectedVms } from './ConnectedVms'
import { Leases } from './Leases'
import { NetworkFacts } from './NetworkFacts'
import { NetworkXml } from './NetworkXml'
import { PortForwarding } from './PortForwarding'
import { useNetworksSession } from './session'
import { openNetworkTab, useOpenPage, type NetworkTab } from './store'
import { useNetworkAction } from './use-network-action'
import { useUsers } from './use-users'
import { modeLabel, stateText } from './words'

/** One network: what it is, what can be done with it, and who is in it. */
export function NetworkPage({ network }: { network: Network }) {
  const { host, isConnected, lockedReason } = useNetworksSession()
  const { tab } = useOpenPage(host.id)
  const { name } = network
  const isUsual = useIsUsual(host.id, 'usualNetwork', name)
  const view = useAnswer(
    `network ${host.id} ${name}`,
    () => api.networks.view({ host: host.id, network: name }),
    { isWanted: isConnected, isKept: true },
  )
  useResourceChanges(host.id, ['network'], view.reload)
  const users = useUsers(host.id, name, isConnected)
  const { busy, run } = useNetworkAction(host.id, name)
  const cards = users.value?.length
  const hasPorts = network.forward === 'nat'
  const shown = tab === 'ports' && !hasPorts ? 'overview' : tab
  const open = (kind: 'stopNetwork' | 'restartNetwork' | 'deleteNetwork') => (): void =>
    openDialog({ kind, host: host.id, network: name })
  return (
    <section className="panes-page" aria-label={`Network ${name}`}>
      <PageHeader
        icon={NetworkIcon}
        title={name}
        about={[stateText(network), modeLabel(network), ...(isUsual ? [usualMark('usualNetwork')] : [])].join(
          ' · ',
        )}
        isOff={!network.isActive}
      >
        {network.isActive ? (
          <Button
            icon={ForceOffIcon}
            isBusy={busy === 'stop'}
            disabledReason={lockedReason}
            onPress={open('stopNetwork')}
          >
            Stop…
          </Button>
        ) : (
          <Button
            icon={PlayIcon}
            variant="primary"
            isBusy={busy === 'start'}
            disabledReason={lockedReason}
            onPress={() => run('start')}
          >
            Start
          </Button>
        )}
        <Button
          icon={PencilIcon}
          disabledReason={lockedReason}
          onPress={() => openDialog({ kind: 'editNetwork', host: host.id, network: name })}
        >
          Edit…
        </Button>
        <MenuButton
          label={`Actions for ${name}`}
          entries={menuOf(network, lockedReason, {
            restart: open('restartNetwork'),
            autostart: () => run(network.isAutostart ? 'autostart-off' : 'autostart-on'),
            xml: () => openNetworkTab(host.id, 'xml'),
            remove: open('deleteNetwork'),
            usual: usualEntry(host.id, 'usualNetwork', name, isUsual),
          })}
        >
          <IconButton icon={MoreIcon} label="More actions" />
        </MenuButton>
      </PageHeader>
      <Tabs<NetworkTab>
        label={`Pages of ${name}`}
        selected={shown}
        onSelect={(next) => openNetworkTab(host.id, next)}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (
              <div className="panes-scroll">
                <Notices network={network} view={view} onRestart={open('restartNetwork')} />
                <NetworkFacts network={network} view={view.value} users={users.value} />
              </div>
            ),
          },
          { id: 'leases', label: 'Leases', content: <Leases network={network} view={view} /> },
          {
            id: 'vms',
            label: cards === undefined ? 'Virtual machines' : `Virtual machines (${cards})`,
            content: <ConnectedVms users={users} />,
          },
          ...(hasPorts
            ? [
                {
                  id: 'ports' as const,
                  label: 'Port forwarding',
                  content: <PortForwarding network={network} users={users.value ?? []} />,
                },
              ]
            : []),
          { id: 'xml', label: 'XML', content: <NetworkXml network={network} view={view} /> },
        ]}
      />
    </section>
  )
}

function Notices({
  network,
  view,
  onRestart,
}: {
  network: Network
  view: Answer<NetworkView>
  onRestart: () => void
}) {
  const { lockedReason, isConnected, host } = useNetworksSession()
  const { busy, run } = useNetworkAction(host.id, network.name)
  return (
    <>
      {view.error && isConnected ? (
        <ErrorBox
          error={errorData(view.error)}
          title="This network could not be read"
          actions={<Button onPress={view.reload}>Try again</Button>}
        />
      ) : null}
      {!network.isActive && network.name === 'default' && lockedReason === undefined ? (
        <Note
          tone="info"
          title="The usual network is there, and not running"
          actions={
            <Button
              variant="primary"
              className="button-small"
              isBusy={busy !== undefined}
              onPress={() => run('start')}
            >
              Start it
            </Button>
          }
        >
          libvirt brings this network along and leaves it off until somebody wants it. New virtual machines
          expect it.
        </Note>
      ) : null}
      {network.isActive && view.value?.runningXml !== undefined && network.isPersistent ? (
        <Note
          tone="warning"
          title="What runs is not what is stored"
          actions={
            <Button className="button-small" disabledReason={lockedReason} onPress={onRestart}>
              Restart network…
            </Button>
          }
        >
          Some changes wait until the network is started again.
        </Note>
      ) : null}
    </>
  )
}

interface MenuActions {
  readonly restart: () => void
  readonly autostart: () => void
  readonly xml: () => void
  readonly remove: () => void
  readonly usual: MenuEntry
}

function menuOf(network: Network, lockedReason: string | undefined, actions: MenuActions): MenuEntry[] {
  return [
    {
      id: 'restart',
      label: 'Restart…',
      icon: RebootIcon,
      disabledReason: lockedReason ?? (network.isActive ? undefined : 'It is not running'),
      run: actions.restart,
    },
    {
      id: 'autostart',
      label: network.isAutostart ? 'Do not start with the host' : 'Start with the host',
      icon: BootIcon,
      disabledReason:
        lockedReason ?? (network.isPersistent ? undefined : 'It is not stored: it is gone once it stops'),
      run: actions.autostart,
    },
    { id: 'xml', label: 'Edit as XML', icon: CodeIcon, run: actions.xml },
    actions.usual,
    'separator',
    {
      id: 'delete',
      label: 'Delete…',
      icon: TrashIcon,
      isDanger: true,
      disabledReason: lockedReason,
      run: actions.remove,
    },
  ]
}
