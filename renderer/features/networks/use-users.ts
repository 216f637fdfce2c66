import type { HostId } from '../../../shared/model/ids'
import type { NetworkUser } from '../../../shared/model/networks/network'
import { api } from '../../api/client'
import { useAnswer, type Answer } from '../../api/use-answer'
import { useResourceChanges } from '../hosts/use-resource-changes'
import { useVmChanges } from '../hosts/use-vm-changes'

/** Cards of VMs in a network, as they are now. */
export function useUsers(host: HostId, network: string, isWanted: boolean): Answer<readonly NetworkUser[]> {
  const answer = useAnswer(`network users ${host} ${network}`, () => api.networks.users({ host, network }), {
    isWanted,
    isKept: true,
  })
  useResourceChanges(host, ['network'], answer.reload)
  useVmChanges(host, answer.reload)
  return answer
}

/** Names without repetition: a VM may have several cards in a network. */
export function runningNames(users: readonly NetworkUser[]): string[] {
  return [...new Set(users.filter(({ isRunning }) => isRunning).map(({ vmName }) => vmName))]
}

export function idleNames(users: readonly NetworkUser[]): string[] {
  const running = new Set(runningNames(users))
  return [...new Set(users.map(({ vmName }) => vmName))].filter((name) => !running.has(name))
}
