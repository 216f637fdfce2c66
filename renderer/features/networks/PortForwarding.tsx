import { useState } from 'react'
import type { Network, NetworkUser } from '../../../shared/model/networks/network'
import { portForwardWays } from '../../../shared/model/networks/port-forward'
import { api } from '../../api/client'
import { CommandBlock } from '../../components/CommandBlock'
import { ComboField } from '../../ui/ComboField'
import { NumberField } from '../../ui/NumberField'
import { Segmented } from '../../ui/Segmented'
import { useAnswer } from '../../api/use-answer'
import { useNetworksSession } from './session'

const isPort = (port: unknown): port is number => typeof port === 'number' && port > 0 && port < 65_536

/** libvirt cannot forward ports itself: tells what the host's administrator runs instead. */
export function PortForwarding({ network, users }: { network: Network; users: readonly NetworkUser[] }) {
  const { host, isConnected } = useNetworksSession()
  const leases = useAnswer(
    `leases ${host.id} ${network.name}`,
    () => api.networks.leases({ host: host.id, network: network.name }),
    { isWanted: isConnected && network.isActive && network.hasDhcp, isKept: true },
  )
  const [address, setAddress] = useState('')
  const [protocol, setProtocol] = useState<'tcp' | 'udp'>('tcp')
  const [hostPort, setHostPort] = useState<number | string | undefined>(8080)
  const [guestPort, setGuestPort] = useState<number | string | undefined>(80)
  const known = (leases.value ?? []).filter((lease) => !lease.address.includes(':'))
  const chosen = known.find((lease) => lease.address === address)
  const ways = portForwardWays({
    network: network.name,
    bridge: network.bridge ?? '',
    subnet: network.subnets.find((one) => !one.includes(':')) ?? '',
    address,
    protocol,
    hostPort: isPort(hostPort) ? hostPort : 0,
    guestPort: isPort(guestPort) ? guestPort : 0,
  })
  const [way, setWay] = useState<string>()
  const shown = ways.find(({ title }) => title === way) ?? ways[0]
  const portError = (port: unknown): string | undefined =>
    port === undefined || isPort(port) ? undefined : 'Enter 1 to 65535'
  return (
    <div className="panes-scroll">
      <p className="net-lead">
        A network with NAT lets nobody in from outside. To reach a guest all the same, the host passes one of
        its own ports on. libvirt has no setting for this: the commands below are for the host’s
        administrator, and Innkeeper does not run them.
      </p>
      <div className="net-ports">
        <ComboField
          label="Virtual machine’s address"
          value={address}
          onChange={setAddress}
          isMono
          options={known.map((lease) => ({
            id: lease.address,
            hint: lease.vmName ?? lease.hostname ?? lease.mac,
          }))}
          placeholder={known[0]?.address ?? '192.168.122.10'}
          hint={chosen === undefined ? undefined : (chosen.vmName ?? chosen.hostname)}
        />
        <Segmented
          label="Protocol"
          value={protocol}
          onChange={setProtocol}
          segments={[
            { id: 'tcp', label: 'TCP' },
            { id: 'udp', label: 'UDP' },
          ]}
        />
        <NumberField
          label="Port of the host"
          value={hostPort}
          onChange={setHostPort}
          min={1}
          max={65_535}
          error={portError(hostPort)}
        />
        <NumberField
          label="Port of the guest"
          value={guestPort}
          onChange={setGuestPort}
          min={1}
          max={65_535}
          error={portError(guestPort)}
        />
      </div>
      {chosen !== undefined && !chosen.isReserved ? (
        <p className="secondary">
          This address is not reserved, so another guest may have it one day. Reserve it on the page Leases.
        </p>
      ) : null}
      {shown === undefined ? (
        <p className="net-nothing">
          {users.length === 0
            ? 'Enter the guest’s address and both ports to see the commands.'
            : 'Choose whose port it is, by its address, to see the commands.'}
        </p>
      ) : (
        <section className="net-ways" aria-label="Commands">
          <Segmented
            label="Done with"
            value={shown.title}
            onChange={setWay}
            segments={ways.map(({ title }) => ({ id: title, label: title }))}
          />
          <p className="secondary">{shown.note}</p>
          <CommandBlock text={shown.commands.join('\n')} what="commands" />
        </section>
      )}
    </div>
  )
}
