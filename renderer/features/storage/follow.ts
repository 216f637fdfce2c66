import { useEffect, useEffectEvent } from 'react'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { onTaskEnd } from '../../stores/tasks'

/** What changed: pools, and the volumes of one of them or of all. */
export interface StorageChange {
  readonly pool?: string
}

const calmMs = 250

/**
 * Tells when pools or volumes of a host are not what they were: by the host's own word, and when work ended here, as
 * hosts tell nothing of volumes. Several changes in a short time are told as one.
 */
export function useStorageChanges(
  host: HostId,
  isWanted: boolean,
  onChange: (change: StorageChange) => void,
): void {
  const tell = useEffectEvent(onChange)
  useEffect(() => {
    if (!isWanted) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let changed: Set<string> | undefined
    const note = (pool: string | undefined): void => {
      changed ??= new Set()
      changed.add(pool ?? '')
      timer ??= setTimeout(() => {
        timer = undefined
        const pools = [...(changed ?? [])]
        changed = undefined
        const [only] = pools
        tell(pools.length === 1 && only !== undefined && only !== '' ? { pool: only } : {})
      }, calmMs)
    }
    const stops = [
      api.hosts.onResourceChanged((event) => {
        if (event.host === host && event.resource === 'pool') note(event.name)
      }),
      onTaskEnd((task) => {
        if (task.host === host && /^(pool|volume|image|vm|hardware)\./.test(task.kind)) note(undefined)
      }),
    ]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [host, isWanted])
}
