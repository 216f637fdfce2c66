import type { HostId } from '../../../../shared/model/ids'
import type { NetworkMap } from '../../../../shared/model/networks/network'
import { api } from '../../../api/client'
import { useAnswer, type Answer } from '../../../api/use-answer'
import { useResourceChanges } from '../../hosts/use-resource-changes'
import { useVmChanges } from '../../hosts/use-vm-changes'

/** What hangs on what, as it is now. */
export function useNetworkMap(host: HostId, isWanted: boolean): Answer<NetworkMap> {
  const answer = useAnswer(`network map ${host}`, () => api.networks.map({ host }), {
    isWanted,
    isKept: true,
  })
  useResourceChanges(host, ['network', 'device'], answer.reload)
  useVmChanges(host, answer.reload)
  return answer
}
