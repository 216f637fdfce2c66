import type { HostId } from '../../../../shared/model/ids'
import { api } from '../../../api/client'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { hostLabel } from '../../../stores/hosts'
import { useClaimedTask } from '../../../stores/use-claimed-task'
import { TrashIcon } from '../../../ui/icons/general'
import { openNetworkPage } from '../store'
import { idleNames, runningNames, useUsers } from '../use-users'
import { UserNames } from './UserNames'

interface Props {
  readonly host: HostId
  readonly network: string
}

/** Explains who uses the network, and what becomes of them without it. */
export function DeleteNetworkDialog({ host, network }: Props) {
  const users = useUsers(host, network, true)
  const all = users.value ?? []
  const running = runningNames(all)
  const idle = idleNames(all)
  const run = useClaimedTask()
  return (
    <ConfirmDialog
      title={`Delete network ${network}?`}
      confirmLabel={running.length > 0 ? undefined : 'Delete network'}
      tone="danger"
      icon={TrashIcon}
      width={540}
      canConfirm={users.value !== undefined || users.error !== undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.networks.delete({ host, network }))
        openNetworkPage(host, undefined)
        closeDialog()
      }}
    >
      {running.length > 0 ? (
        <>
          <UserNames
            users={users}
            names={running}
            title={
              running.length === 1
                ? 'A running VM uses this network'
                : `${running.length} running VMs use this network`
            }
            nobody=""
          />
          <p>
            It cannot be deleted while they run, as they would be cut off. Shut them down, or connect their
            network cards to another network on their Hardware page, and delete it then.
          </p>
          {idle.length > 0 ? (
            <p className="secondary">{`Virtual machines that are off use it as well: ${idle.join(', ')}.`}</p>
          ) : null}
        </>
      ) : (
        <>
          <p>
            {`The network stops and its definition is removed from ${hostLabel(host)}, with its addresses, reservations and names. This cannot be undone.`}
          </p>
          {idle.length > 0 ? (
            <UserNames
              users={users}
              names={idle}
              title={
                idle.length === 1
                  ? 'This VM has a network card in it and will not start without it'
                  : 'These VMs have network cards in it and will not start without it'
              }
              nobody=""
            />
          ) : (
            <UserNames users={users} names={[]} title="" nobody="No virtual machine uses it." />
          )}
        </>
      )}
    </ConfirmDialog>
  )
}
