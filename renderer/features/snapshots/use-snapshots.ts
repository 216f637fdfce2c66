import { useEffect, useEffectEvent, useRef } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { SnapshotView } from '../../../shared/model/snapshots/snapshot'
import { api } from '../../api/client'
import { useAnswer, type Answer } from '../../api/use-answer'
import { useHost } from '../../stores/hosts'
import { useVm } from '../../stores/vms'
import { useResourceChanges } from '../hosts/use-resource-changes'

/** The snapshots of a VM, asked anew when they change and when the VM starts or stops, as other ones are possible then. */
export function useSnapshots(ref: VmRef): Answer<SnapshotView> {
  const isConnected = useHost(ref.host)?.status.kind === 'connected'
  const answer = useAnswer(`snapshots ${vmKey(ref)}`, () => api.snapshots.list(ref), {
    isWanted: isConnected,
    isKept: true,
  })
  useResourceChanges(ref.host, ['snapshot'], answer.reload)
  const state = useVm(vmKey(ref))?.state
  const seen = useRef(state)
  const again = useEffectEvent(answer.reload)
  useEffect(() => {
    if (seen.current === state) return
    seen.current = state
    again()
  }, [state])
  return answer
}
