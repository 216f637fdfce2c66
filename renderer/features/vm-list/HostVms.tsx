import type { HostId } from '../../../shared/model/ids'
import { EmptyState } from '../../ui/EmptyState'
import { VmIcon } from '../../ui/icons/objects'
import { NewVmButton } from '../hosts/NewVmButton'
import { TestGuestButton } from '../hosts/TestGuestButton'
import { VmList } from './VmList'

/** The VMs of one host, for its page. */
export function HostVms({ host }: { host: HostId }) {
  return (
    <VmList
      host={host}
      empty={
        <EmptyState
          icon={VmIcon}
          title="No virtual machines on this host"
          actions={
            <>
              <NewVmButton host={host} variant="primary" />
              <TestGuestButton host={host} />
            </>
          }
        >
          Machines made with other tools show up here by themselves. A test guest shows in seconds whether
          this host runs any.
        </EmptyState>
      }
    />
  )
}
