import { useState } from 'react'
import { errorData } from '../../../shared/errors'
import type { HostId, TaskId } from '../../../shared/model/ids'
import type { NetworkAction } from '../../../shared/model/networks/network'
import { api } from '../../api/client'
import { useTasks } from '../../stores/tasks'
import { showToast } from '../../stores/toasts'

interface Pending {
  readonly network: string
  readonly action: NetworkAction
  readonly task?: TaskId
}

/** Starts an action on a network; `busy` is the one on its way. A failure is told by a toast, like any task's. */
export function useNetworkAction(
  host: HostId,
  network: string,
): { readonly busy: NetworkAction | undefined; readonly run: (action: NetworkAction) => void } {
  const [pending, setPending] = useState<Pending>()
  const isEnded = useTasks(({ byId }) => {
    const task = pending?.task === undefined ? undefined : byId[pending.task]
    return task !== undefined && task.state !== 'running'
  })
  const isBusy = pending !== undefined && pending.network === network && !isEnded
  const run = async (action: NetworkAction): Promise<void> => {
    setPending({ network, action })
    try {
      const task = await api.networks.action({ host, network, action })
      setPending({ network, action, task })
    } catch (error) {
      setPending(undefined)
      showToast({ tone: 'error', title: `${network} was left as it is`, error: errorData(error) })
    }
  }
  return { busy: isBusy ? pending.action : undefined, run: (action) => void run(action) }
}
