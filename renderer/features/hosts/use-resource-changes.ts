import { useEffect, useEffectEvent } from 'react'
import type { ResourceKind } from '../../../shared/ipc/contract'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { onTaskEnd } from '../../stores/tasks'

interface ResourceChange {
  readonly host: HostId
  readonly resource: ResourceKind
}

const ownListeners = new Set<(change: ResourceChange) => void>()

/** For what this window did itself by a request that is no task: hosts that tell of nothing are covered too. */
export function noteResourceChange(change: ResourceChange): void {
  for (const listener of [...ownListeners]) listener(change)
}

/** Several changes often come at once, as when a host is connected anew. */
const gatherMs = 120

/**
 * Asks again when something of these kinds is no longer what it was: the host said so, or a task of ours has ended,
 * which also tells on hosts that say nothing.
 */
export function useResourceChanges(
  host: HostId,
  resources: readonly ResourceKind[],
  reload: () => void,
): void {
  const again = useEffectEvent(reload)
  const kinds = resources.join(' ')
  useEffect(() => {
    const wanted = kinds.split(' ')
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => again(), gatherMs)
    }
    const hear = (change: ResourceChange): void => {
      if (change.host === host && wanted.includes(change.resource)) soon()
    }
    const stopEvents = api.hosts.onResourceChanged(hear)
    ownListeners.add(hear)
    const stopTasks = onTaskEnd((task) => {
      if (task.host === host && wanted.some((kind) => task.kind.startsWith(`${kind}.`))) soon()
    })
    return () => {
      clearTimeout(timer)
      stopEvents()
      ownListeners.delete(hear)
      stopTasks()
    }
  }, [host, kinds])
}
