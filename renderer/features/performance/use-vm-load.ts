import { useEffect, useState } from 'react'
import type { ErrorData } from '../../../shared/errors'
import { vmKey, type HostId, type VmRef } from '../../../shared/model/ids'
import type { VmLoad } from '../../../shared/model/vm-load'
import { api } from '../../api/client'
import { useIsVisible } from '../../api/use-is-visible'

export interface WatchedLoad {
  readonly load?: VmLoad
  readonly error?: ErrorData
}

/** The VM's load in detail, asked of its host while this is on the screen. */
export function useVmLoad({ host, vm }: VmRef, isWanted: boolean): WatchedLoad {
  const isVisible = useIsVisible()
  const [watched, setWatched] = useState<WatchedLoad>({})
  useEffect(() => {
    if (!isWanted || !isVisible) return
    const ref = { host, vm }
    const stop = api.stats.onVmLoad((message) => {
      if (vmKey(message.ref) !== vmKey(ref)) return
      setWatched((before) =>
        message.kind === 'load' ? { load: message } : { ...before, error: message.error },
      )
    })
    watch(api.stats.watchVm(ref))
    return () => {
      stop()
      watch(api.stats.unwatchVm(ref))
    }
  }, [host, vm, isWanted, isVisible])
  return watched
}

/** The host's own load comes more often while this is on the screen. */
export function useHostWatch(host: HostId, isWanted: boolean): void {
  const isVisible = useIsVisible()
  useEffect(() => {
    if (!isWanted || !isVisible) return
    watch(api.stats.watchHost({ host }))
    return () => watch(api.stats.unwatchHost({ host }))
  }, [host, isWanted, isVisible])
}

/** What stands against it is told with the loads. */
function watch(asked: Promise<void>): void {
  asked.catch(() => undefined)
}
