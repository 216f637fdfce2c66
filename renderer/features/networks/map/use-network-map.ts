import type { HostId } from '../../../../shared/model/ids'
import type { NetworkMap } from '../../../../shared/model/networks/network'
import { api } from '../../../api/client'
import { useHostAnswer, type HostAnswer } from '../../hosts/use-host-answer'
import { useResourceChanges } from '../../hosts/use-resource-changes'
import { useVmChanges } from '../../hosts/use-vm-changes'

/** What hangs on what, as it is now. */
export function useNetworkMap(host: HostId, isWanted: boolean): HostAnswer<NetworkMap> {
  const answer = useHostAnswer(`network map ${host}`, isWanted, () => api.networks.map({ host }))
  useResourceChanges(host, ['network', 'device'], answer.reload)
  useVmChanges(host, answer.reload)
  return answer
}
