import type { HostId } from '../../../shared/model/ids'
import type { EditNetworkInput, EditNetworkOutcome } from '../../../shared/model/networks/network'
import { api } from '../../api/client'
import { openDialog } from '../../stores/dialogs'
import { answeredByTask } from '../../stores/task-claims'
import { showToast } from '../../stores/toasts'

/** Stores a change; what goes wrong is thrown for the form that asked, and no toast tells it as well. */
export function saveNetwork(input: EditNetworkInput): Promise<EditNetworkOutcome> {
  return answeredByTask(
    (task) => task.kind === 'network.edit' && task.host === input.host,
    () => api.networks.edit(input),
  )
}

/** Tells what came of a stored change; what waits leads to the question whether to restart now. */
export function tellOutcome(
  host: HostId,
  network: string,
  isActive: boolean,
  { afterRestart, refused }: EditNetworkOutcome,
): void {
  if (refused.length > 0) {
    showToast({
      tone: 'error',
      title: `${network} is stored, and what runs refused a part`,
      error: {
        kind: 'invalid',
        message: refused.join('\n'),
        cure: 'It takes effect when the network is started again.',
      },
    })
  }
  if (isActive && afterRestart.length + refused.length > 0)
    openDialog({ kind: 'restartNetwork', host, network, isAfterEdit: true })
}
