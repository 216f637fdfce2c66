import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { useHosts } from '../../stores/hosts'
import { onTaskEnd } from '../../stores/tasks'
import { putUnfinished, useUnfinished } from '../../stores/unfinished'

/** Asks each host as it is connected, and again when what it has may be another; returns what stops it. */
export function watchUnfinished(): () => void {
  const connected = new Set<HostId>()
  /** Answers to older questions do not count. */
  const turns = new Map<HostId, number>()
  const ask = (host: HostId): void => {
    const turn = (turns.get(host) ?? 0) + 1
    turns.set(host, turn)
    if (!connected.has(host)) return putUnfinished(host, [])
    api.newVm.unfinished({ host }).then(
      (found) => {
        if (turns.get(host) === turn) putUnfinished(host, found)
      },
      // what a host does not tell now it is asked again, at the latest when it is connected anew
      () => undefined,
    )
  }
  const look = (): void => {
    const { byId, order } = useHosts.getState()
    for (const id of order) {
      const isOn = byId[id]?.status.kind === 'connected'
      if (isOn === connected.has(id)) continue
      if (isOn) connected.add(id)
      else connected.delete(id)
      ask(id)
    }
  }
  look()
  const stops = [
    useHosts.subscribe(look),
    api.newVm.onUnfinishedChanged(({ host }) => ask(host)),
    onTaskEnd(({ host, kind }) => {
      if (host === undefined || !/^(?:vm|volume)\./.test(kind)) return
      if ((useUnfinished.getState().byHost[host] ?? []).length > 0) ask(host)
    }),
  ]
  return () => stops.forEach((stop) => stop())
}
