import { vmId } from '../../../shared/model/ids'
import { plain } from '../../../shared/model/hardware/field'
import type { Lease, Network, NetworkView } from '../../../shared/model/networks/network'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { openVm } from '../../stores/route'
import { Button } from '../../ui/Button'
import { PinIcon } from '../../ui/icons/hardware'
import { Spinner } from '../../ui/Spinner'
import { useAnswer, type Answer } from '../../api/use-answer'
import { useResourceChanges } from '../hosts/use-resource-changes'
import { useNowMs } from '../hosts/use-now'
import { useNetworksSession } from './session'
import { leaseEnd } from './words'

/** Nobody tells of new leases; asked for while they are looked at. */
const refreshMs = 5000

/** Who got which address, and who has one reserved. */
export function Leases({ network, view }: { network: Network; view: Answer<NetworkView> }) {
  const { host, isConnected, lockedReason } = useNetworksSession()
  const now = useNowMs(refreshMs)
  const answer = useAnswer(
    `leases ${host.id} ${network.name}`,
    () => api.networks.leases({ host: host.id, network: network.name }),
    { isWanted: isConnected && network.isActive, isKept: true, everyMs: refreshMs },
  )
  useResourceChanges(host.id, ['network'], answer.reload)
  if (!network.hasDhcp) {
    return (
      <p className="net-nothing">The host hands out no addresses in this network, so there are no leases.</p>
    )
  }
  const leases = network.isActive ? answer.value : []
  const reserved = reservationsOf(view.value)
  // before the leases are known nothing can be called unused
  const waiting =
    leases === undefined
      ? []
      : reserved.filter(({ mac, ip }) => !leases.some((one) => one.mac === mac || one.address === ip))
  const reserve = (lease?: Lease): void =>
    openDialog({
      kind: 'reserveAddress',
      host: host.id,
      network: network.name,
      ...(lease ? { mac: lease.mac, address: lease.address, ...nameOf(lease) } : {}),
    })
  return (
    <div className="panes-scroll">
      {answer.error && isConnected ? (
        <ErrorBox
          error={answer.error}
          title="The leases could not be read"
          actions={<Button onPress={answer.reload}>Try again</Button>}
        />
      ) : null}
      <div className="net-bar">
        <p className="secondary">
          {network.isActive
            ? 'Addresses handed out now. A reserved one always goes to the same card.'
            : 'The network is not running, so nothing is handed out.'}
        </p>
        <Button
          icon={PinIcon}
          className="button-small"
          disabledReason={lockedReason ?? (network.isPersistent ? undefined : 'The network is not stored')}
          onPress={() => reserve()}
        >
          Reserve an address…
        </Button>
      </div>
      {leases === undefined && !answer.error ? (
        <p className="host-waiting" role="status">
          <Spinner /> Reading the leases…
        </p>
      ) : null}
      {leases !== undefined && leases.length + waiting.length === 0 ? (
        <p className="net-nothing">No address has been handed out.</p>
      ) : null}
      {(leases?.length ?? 0) + waiting.length > 0 ? (
        <table className="host-table net-table net-leases" aria-label="Leases">
          <thead>
            <tr>
              <th scope="col">Address</th>
              <th scope="col">Virtual machine</th>
              <th scope="col">Name told by the guest</th>
              <th scope="col">MAC address</th>
              <th scope="col">Ends</th>
              <th scope="col">
                <span className="visually-hidden">Reserved</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {leases?.map((lease) => (
              <tr key={`${lease.address} ${lease.mac}`}>
                <th scope="row" className="mono selectable">
                  {lease.address}
                </th>
                <td>
                  <VmLink name={lease.vmName} id={lease.vm} />
                </td>
                <td className="selectable">{lease.hostname ?? <None />}</td>
                <td className="mono selectable">{lease.mac}</td>
                <td>{leaseEnd(lease, now)}</td>
                <td className="net-end">
                  {lease.isReserved ? (
                    <Reserved />
                  ) : (
                    <Button
                      variant="quiet"
                      className="button-small"
                      aria-label={`Reserve ${lease.address}`}
                      disabledReason={
                        lockedReason ?? (network.isPersistent ? undefined : 'The network is not stored')
                      }
                      onPress={() => reserve(lease)}
                    >
                      Reserve…
                    </Button>
                  )}
                </td>
              </tr>
            ))}
            {waiting.map(({ mac, ip, name }) => (
              <tr key={`reserved ${ip}`} className="net-waiting">
                <th scope="row" className="mono selectable">
                  {ip}
                </th>
                <td>
                  <None />
                </td>
                <td className="selectable">{name || <None />}</td>
                <td className="mono selectable">{mac || <None />}</td>
                <td>Not in use</td>
                <td className="net-end">
                  <Reserved />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  )
}

function nameOf({ hostname, vmName }: Lease): { readonly hostname?: string } {
  const name = hostname ?? vmName
  return name === undefined ? {} : { hostname: name }
}

function Reserved() {
  return (
    <span className="net-tag">
      <PinIcon size={12} /> Reserved
    </span>
  )
}

export function None() {
  return <span className="secondary">–</span>
}

interface Reservation {
  readonly mac: string
  readonly ip: string
  readonly name: string
}

function reservationsOf(view: NetworkView | undefined): Reservation[] {
  return ['reservations4', 'reservations6'].flatMap((field) => {
    const rows = view?.values[field]
    if (typeof rows !== 'object') return []
    return rows.map((row) => ({
      mac: plain(row['mac']).toLowerCase(),
      ip: plain(row['ip']),
      name: plain(row['name']),
    }))
  })
}

/** A VM's name, leading to it when the host has it. */
export function VmLink({ name, id }: { name: string | undefined; id: string | undefined }) {
  const { host } = useNetworksSession()
  const known = vmId.safeParse(id)
  if (name === undefined) return <None />
  if (!known.success) return <span className="selectable">{name}</span>
  return (
    <button
      type="button"
      className="net-link truncate"
      title={`Open ${name}`}
      onClick={() => openVm({ host: host.id, vm: known.data })}
    >
      {name}
    </button>
  )
}
