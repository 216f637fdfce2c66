import type { NetworkUser } from '../../../shared/model/networks/network'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { Spinner } from '../../ui/Spinner'
import type { Answer } from '../../api/use-answer'
import { None, VmLink } from './Leases'
import { useNetworksSession } from './session'

/** Which VMs have a card in a network, running ones first. */
export function ConnectedVms({ users }: { users: Answer<readonly NetworkUser[]> }) {
  const { isConnected } = useNetworksSession()
  const { value, error } = users
  const hasGroups = value?.some(({ portGroup }) => portGroup !== undefined) ?? false
  return (
    <div className="panes-scroll">
      {error && isConnected ? (
        <ErrorBox
          error={error}
          title="Who uses this network could not be read"
          actions={<Button onPress={users.reload}>Try again</Button>}
        />
      ) : null}
      {value === undefined && !error ? (
        <p className="host-waiting" role="status">
          <Spinner /> Looking at the network cards of all VMs…
        </p>
      ) : null}
      {value?.length === 0 ? (
        <p className="net-nothing">
          No virtual machine has a card in this network. A card is connected on the VM’s Hardware page.
        </p>
      ) : null}
      {value !== undefined && value.length > 0 ? (
        <table className="host-table net-table" aria-label="Connected virtual machines">
          <thead>
            <tr>
              <th scope="col">Virtual machine</th>
              <th scope="col">State</th>
              <th scope="col">MAC address</th>
              {hasGroups ? <th scope="col">Port group</th> : null}
              <th scope="col">Interface on the host</th>
            </tr>
          </thead>
          <tbody>
            {value
              .toSorted(
                (a, b) => Number(b.isRunning) - Number(a.isRunning) || a.vmName.localeCompare(b.vmName),
              )
              .map((user) => (
                <tr key={`${user.vm} ${user.mac}`}>
                  <th scope="row">
                    <VmLink name={user.vmName} id={user.vm} />
                  </th>
                  <td className={user.isRunning ? 'net-good' : 'secondary'}>
                    {user.isRunning ? 'Running' : 'Off'}
                  </td>
                  <td className="mono selectable">{user.mac}</td>
                  {hasGroups ? <td className="selectable">{user.portGroup ?? <None />}</td> : null}
                  <td className="mono selectable">{user.interface ?? <None />}</td>
                </tr>
              ))}
          </tbody>
        </table>
      ) : null}
    </div>
  )
}
