import { useMemo } from 'react'
import type { BridgeSettings, HostInterface } from '../../../shared/model/host-choices'
import type { NodeDevice } from '../../../shared/model/node-device'
import { useNodeDevices } from '../../form/host-data'
import { PortIcon } from '../../ui/icons/hardware'
import { PageHeader } from '../../ui/PageHeader'
import { Card, Facts } from '../hosts/HostTab'
import { useNetworkMap } from './map/use-network-map'
import { useNetworksSession } from './session'
import { openNetworkPage } from './store'
import { interfaceText, upText } from './words'

/** An interface of the host, to be looked at: what it is, and what hangs on it. */
export function InterfacePage({ item }: { item: HostInterface }) {
  const { host, isConnected, networks } = useNetworksSession()
  const devices = useNodeDevices(host.id, isConnected)
  const map = useNetworkMap(host.id, isConnected)
  const device = devices.value?.find((one) => one.kind === 'net' && one.interface === item.name)
  const using = (networks.value?.items ?? []).filter(
    ({ bridge, interfaces }) => bridge === item.name || interfaces.includes(item.name),
  )
  const neighbours = useMemo(() => {
    const { nodes = [], links = [] } = map.value ?? {}
    const own = nodes.find(
      ({ kind, label }) => (kind === 'interface' || kind === 'bridge') && label === item.name,
    )
    const ids = new Set(
      links.flatMap(({ from, to }) => (from === own?.id ? [to] : to === own?.id ? [from] : [])),
    )
    return own ? nodes.filter(({ id }) => ids.has(id)) : []
  }, [map.value, item.name])
  const named = (...kinds: string[]): string =>
    neighbours
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ label }) => label)
      .join(', ')
  const isBridge = item.kind === 'bridge' || item.kind === 'openvswitch'
  return (
    <section className="panes-page" aria-label={`Interface ${item.name}`}>
      <PageHeader
        icon={PortIcon}
        title={item.name}
        about={`${interfaceText(item)} · ${upText(item)}`}
        isOff={!item.isUp}
      />
      <div className="panes-scroll">
        <p className="net-lead">
          {isBridge
            ? 'A bridge joins what is plugged into it like a switch: network cards of VMs, and a card of the host that leads outside.'
            : 'An interface of the host itself. It is set up with the host’s own tools; here it is only looked at. The set-up recipes tell how a bridge is made.'}
        </p>
        <div className="net-cards">
          <Card title="Interface">
            <Facts
              facts={[
                ['Kind', interfaceText(item)],
                ['State', upText(item)],
                ['MAC address', item.mac],
                ['Addresses', item.addresses.join('\n') || 'None of its own'],
                ['Part of', item.partOf],
                ['VLAN', item.vlanId === undefined ? undefined : vlanText(item)],
                ['Largest packet', item.mtuBytes === undefined ? undefined : `${item.mtuBytes} bytes (MTU)`],
                ['Speed', speedOf(device)],
                ['Driver', device?.driver],
              ]}
            />
          </Card>
          {item.bridge ? <BridgeCard bridge={item.bridge} /> : null}
          <Card title={isBridge ? 'Plugged in' : 'Belongs to'}>
            <Facts
              facts={[
                ['Bridges', isBridge ? undefined : named('bridge')],
                ['Interfaces', named('interface')],
                ['Virtual machines', named('vm', 'card')],
              ]}
            />
            {using.length === 0 ? (
              <p className="secondary">No network of the host uses it.</p>
            ) : (
              <p className="net-using">
                {'Used by '}
                {using.map(({ name }) => (
                  <button
                    key={name}
                    type="button"
                    className="net-link"
                    onClick={() => openNetworkPage(host.id, `network:${name}`)}
                  >
                    {name}
                  </button>
                ))}
              </p>
            )}
          </Card>
        </div>
      </div>
    </section>
  )
}

/** How the bridge works, in the words of its manual; what the host did not tell is left out. */
function BridgeCard({ bridge }: { bridge: BridgeSettings }) {
  const onOff = (is: boolean | undefined): string | undefined =>
    is === undefined ? undefined : is ? 'On' : 'Off'
  const seconds = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : `${value} s`
  return (
    <Card title="Bridge">
      <Facts
        facts={[
          ['Spanning tree (STP)', onOff(bridge.stp)],
          ['Priority', bridge.priority === undefined ? undefined : String(bridge.priority)],
          ['Forward delay', seconds(bridge.forwardDelayS)],
          ['Hello time', seconds(bridge.helloTimeS)],
          ['Maximum age', seconds(bridge.maxAgeS)],
          ['Addresses are kept', seconds(bridge.ageingTimeS)],
          ['Group forward mask', bridge.groupForwardMask],
          ['Multicast snooping', onOff(bridge.multicastSnooping)],
          ['VLAN filtering', onOff(bridge.vlanFiltering)],
          ['Usual VLAN', bridge.defaultVlan === undefined ? undefined : String(bridge.defaultVlan)],
        ]}
      />
    </Card>
  )
}

function vlanText({ vlanId, lower }: HostInterface): string {
  return lower === undefined ? String(vlanId) : `${vlanId} on ${lower}`
}

function speedOf(device: NodeDevice | undefined): string | undefined {
  const speed = device?.kind === 'net' ? device.speedMbit : undefined
  if (speed === undefined) return undefined
  return speed >= 1000 ? `${speed / 1000} Gbit/s` : `${speed} Mbit/s`
}
