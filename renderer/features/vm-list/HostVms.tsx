import type { HostId } from '../../../shared/model/ids'
import { EmptyState } from '../../ui/EmptyState'
import { VmIcon } from '../../ui/icons/objects'
import { NewVmButton } from '../hosts/NewVmButton'
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
          actions={<NewVmButton host={host} variant="primary" />}
        >
          Machines made with other tools show up here by themselves.
        </EmptyState>
      }
    />
  )
}
