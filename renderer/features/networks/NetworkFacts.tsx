import { inWords } from '../../../shared/model/hardware/field'
import type { Kind } from '../../../shared/model/hardware/kind'
import { networkKind } from '../../../shared/model/networks/network-kind'
import type { Network, NetworkUser, NetworkView } from '../../../shared/model/networks/network'
import { Switch } from '../../ui/Switch'
import { Card, Facts } from '../hosts/HostTab'
import { useNetworksSession } from './session'
import { useNetworkAction } from './use-network-action'
import { count, modeSentence } from './words'

interface Props {
  readonly network: Network
  readonly view: NetworkView | undefined
  readonly users: readonly NetworkUser[] | undefined
}

/** Told by the network itself; the other fields of its definition follow below. */
const told = new Set([
  'name',
  'mode',
  'ipv4Address',
  'ipv4Prefix',
  'dhcp4',
  'ipv6Address',
  'ipv6Prefix',
  'domain',
  'bridgeName',
  'hostBridge',
  'forwardDevice',
  'devices',
  'pfDevice',
])

/** What a network is: its kind in a sentence, its facts, and whatever else is set. */
export function NetworkFacts({ network, view, users }: Props) {
  const { host, lockedReason } = useNetworksSession()
  const { busy, run } = useNetworkAction(host.id, network.name)
  const settings = view === undefined ? [] : settingsOf(view)
  const whyNoAutostart =
    lockedReason ?? (network.isPersistent ? undefined : 'It is not stored: it is gone once it stops')
  return (
    <>
      <p className="net-lead">{modeSentence(network)}</p>
      <div className="net-cards">
        <Card title="Network">
          <Facts
            facts={[
              ['Subnets', network.subnets.join('\n') || 'None of its own'],
              ['DHCP', dhcpText(network)],
              ['DNS domain', network.domain],
              ['Bridge', network.bridge],
              ['Host interfaces', network.interfaces.join(', ')],
              ['Connected cards', connectedText(network, users)],
              ['UUID', network.uuid],
            ]}
          />
          <div className="net-autostart" title={whyNoAutostart}>
            <span>Start with the host</span>
            <Switch
              aria-label="Start with the host"
              isSelected={network.isAutostart}
              isDisabled={whyNoAutostart !== undefined || busy !== undefined}
              onChange={(isOn) => run(isOn ? 'autostart-on' : 'autostart-off')}
            >
              {network.isAutostart ? 'Yes' : 'No'}
            </Switch>
          </div>
        </Card>
        {settings.length === 0 ? null : (
          <Card title="Settings">
            <Facts facts={settings} />
          </Card>
        )}
      </div>
    </>
  )
}

function dhcpText({ hasDhcp, subnets }: Network): string | undefined {
  if (subnets.length === 0) return undefined
  return hasDhcp ? 'The host hands out addresses' : 'Off: addresses are set in the guests'
}

function connectedText({ isActive, connections }: Network, users: Props['users']): string {
  const plugged = connections ?? users?.filter(({ isRunning }) => isRunning).length
  const all = users?.length
  if (!isActive) return all === undefined ? 'None' : `None now, ${count(all, 'card')} defined`
  if (plugged === undefined) return 'Not told'
  return all === undefined ? String(plugged) : `${plugged} now, ${count(all, 'card')} defined`
}

/** Every field that is set and that nothing above has told, in the words of the form. */
function settingsOf({ values }: NetworkView): (readonly [string, string])[] {
  const { fields, groups }: Pick<Kind, 'fields' | 'groups'> = networkKind
  return groups.flatMap((group) =>
    group.fields.flatMap((id): (readonly [string, string])[] => {
      const field = fields[id]
      const value = values[id]
      if (!field || told.has(id) || value === undefined || (field.when && !field.when(values))) return []
      if (typeof value !== 'object') return [[field.label, inWords(field, value)]]
      // short lists are told whole
      const lines = value.map((row) =>
        Object.values(row)
          .filter((cell) => cell !== undefined && typeof cell !== 'boolean')
          .map(String)
          .join(id.startsWith('ranges') ? ' – ' : ' · '),
      )
      return [[field.label, lines.length <= 4 ? lines.join('\n') : inWords(field, value)]]
    }),
  )
}
