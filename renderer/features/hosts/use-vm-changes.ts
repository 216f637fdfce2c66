import { useEffect, useEffectEvent, useMemo, useRef } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { useVms } from '../../stores/vms'

/** Asks again when VMs of the host come, go, start or stop: who uses what is different then. */
export function useVmChanges(host: HostId, reload: () => void): void {
  const byKey = useVms((state) => state.byKey)
  const states = useMemo(
    () =>
      [...byKey.values()]
        .filter((vm) => vm.host === host)
        .map(({ id, state }) => `${id} ${state}`)
        .join('\n'),
    [byKey, host],
  )
  const seen = useRef(states)
  const again = useEffectEvent(reload)
  useEffect(() => {
    if (seen.current === states) return
    seen.current = states
    again()
  }, [states])
}
