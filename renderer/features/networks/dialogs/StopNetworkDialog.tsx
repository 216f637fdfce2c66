import type { HostId } from '../../../../shared/model/ids'
import { api } from '../../../api/client'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { useClaimedTask } from '../../../stores/use-claimed-task'
import { ForceOffIcon, RebootIcon } from '../../../ui/icons/power'
import { runningNames, useUsers } from '../use-users'
import { UserNames } from './UserNames'

interface Props {
  readonly host: HostId
  readonly network: string
}

/** Says which running VMs lose their network before it is stopped. */
export function StopNetworkDialog({ host, network }: Props) {
  const users = useUsers(host, network, true)
  const running = runningNames(users.value ?? [])
  const run = useClaimedTask()
  return (
    <ConfirmDialog
      title={`Stop network ${network}?`}
      confirmLabel="Stop network"
      tone={running.length > 0 ? 'danger' : 'plain'}
      icon={ForceOffIcon}
      width={520}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.networks.action({ host, network, action: 'stop' }))
        closeDialog()
      }}
    >
      <UserNames
        users={users}
        names={running}
        title={
          running.length === 1
            ? 'A running VM loses this network'
            : `${running.length} running VMs lose this network`
        }
        nobody="No running virtual machine uses it. It can be started again at any time."
      />
      {running.length > 0 ? (
        <p>
          They go on running without it, until the network is started again. A guest that stays cut off then
          gets its connection back when its network card is unplugged and plugged in again, or when it is
          started anew.
        </p>
      ) : null}
    </ConfirmDialog>
  )
}

/** The same for a moment, so that what is stored becomes what runs. */
export function RestartNetworkDialog({ host, network, isAfterEdit }: Props & { isAfterEdit: boolean }) {
  const users = useUsers(host, network, true)
  const running = runningNames(users.value ?? [])
  const run = useClaimedTask()
  return (
    <ConfirmDialog
      title={isAfterEdit ? `Restart network ${network} now?` : `Restart network ${network}?`}
      confirmLabel="Restart network now"
      icon={RebootIcon}
      width={520}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.networks.action({ host, network, action: 'restart' }))
        closeDialog()
      }}
    >
      {isAfterEdit ? (
        <p>
          The changes are stored. Some of them take effect only when the network is started again, now or
          later.
        </p>
      ) : null}
      <UserNames
        users={users}
        names={running}
        title={
          running.length === 1
            ? 'A running VM loses its connection meanwhile'
            : `${running.length} running VMs lose their connection meanwhile`
        }
        nobody="No running virtual machine uses it, so nothing is interrupted."
      />
      {running.length > 0 ? (
        <p className="secondary">
          It usually comes back within seconds. A guest that stays cut off gets it back when its network card
          is unplugged and plugged in again, or when it is started anew.
        </p>
      ) : null}
    </ConfirmDialog>
  )
}
