import type { Api, Change, Snapshot } from '../../shared/ipc/contract'
import type { HostId, TaskId } from '../../shared/model/ids'
import type { Host } from '../../shared/model/host'
import { unpackTick } from '../../shared/model/packed-tick'
import type { Task } from '../../shared/model/task'
import { isActive } from '../../shared/model/vm'
import { vmKey } from '../../shared/model/ids'
import { replaceDetached } from '../stores/detached'
import { dropHost, putHost, reorderHosts, replaceHosts } from '../stores/hosts'
import { replaceAlarms } from '../stores/alarms'
import { replaceKnownSaves } from '../stores/known-saves'
import { replacePolling } from '../stores/polling'
import { replacePrompts } from '../stores/prompts'
import { forgetStats, forgetStatsOf, recordTick } from '../stores/stats'
import { dropTask, putTask, replaceTasks } from '../stores/tasks'
import { applyVmChanges, dropVmsOf, keyOf, replaceVms } from '../stores/vms'

/**
 * Keeps the stores equal to main: subscribes first, then takes the snapshots, and ignores whatever is not newer. So
 * there is no gap, no flicker, and a reload of the window is nothing special. Ends when the snapshots are in; returns
 * what stops it. Throws when main does not answer.
 */
export async function startSync(api: Api): Promise<() => void> {
  const hosts = follow<Host, Change<Host, HostId> | HostOrder>(api.hosts.list, replaceHosts, (change) => {
    if ('order' in change) reorderHosts(change.order)
    else if (change.kind === 'put') {
      putHost(change.item)
      if (change.item.status.kind !== 'connected') forgetStatsOf(change.item.id)
    } else {
      dropHost(change.id)
      dropVmsOf(change.id)
      forgetStatsOf(change.id)
    }
  })
  const vms = follow(api.vms.list, replaceVms, ({ changes }: VmsMessage) => {
    applyVmChanges(changes)
    for (const change of changes) {
      if (change.kind === 'removed') forgetStats(vmKey(change.ref))
      else if (!isActive(change.vm.state)) forgetStats(keyOf(change.vm))
    }
  })
  const tasks = follow<Task, Change<Task, TaskId>>(api.tasks.list, replaceTasks, (change) => {
    if (change.kind === 'put') putTask(change.item)
    else dropTask(change.id)
  })
  let promptsChanged = false
  let savesChanged = false
  let pollingChanged = false
  let alarmsChanged = false
  const stops = [
    api.hosts.onChanged(hosts.receive),
    api.hosts.onReordered(hosts.receive),
    api.vms.onChanged(vms.receive),
    api.tasks.onChanged(tasks.receive),
    api.stats.onTick((tick) => recordTick(unpackTick(tick))),
    api.prompts.onChanged(({ prompts }) => {
      promptsChanged = true
      replacePrompts(prompts)
    }),
    api.polling.onChanged((polling) => {
      pollingChanged = true
      replacePolling(polling)
    }),
    api.stats.onAlarmsChanged(({ alarms }) => {
      alarmsChanged = true
      replaceAlarms(alarms)
    }),
    api.saves.onKnownChanged(({ saves }) => {
      savesChanged = true
      replaceKnownSaves(saves)
    }),
  ]
  const stop = (): void => stops.forEach((end) => end())
  try {
    const pending = api.prompts.list().then((prompts) => {
      // The event carries the whole list, so one that came meanwhile is newer than our answer.
      if (!promptsChanged) replacePrompts(prompts)
    })
    const known = api.saves.known().then((saves) => {
      if (!savesChanged) replaceKnownSaves(saves)
    })
    const pace = api.polling.get().then((polling) => {
      if (!pollingChanged) replacePolling(polling)
    })
    const raised = api.stats.alarms().then((alarms) => {
      if (!alarmsChanged) replaceAlarms(alarms)
    })
    await Promise.all([hosts.load(), vms.load(), tasks.load(), pending, known, pace, raised])
  } catch (error) {
    stop()
    throw error
  }
  return stop
}

type HostOrder = Parameters<Parameters<Api['hosts']['onReordered']>[0]>[0]
type VmsMessage = Parameters<Parameters<Api['vms']['onChanged']>[0]>[0]

/** One collection: changes wait for the snapshot, then only newer ones are let through. */
function follow<T, M extends { readonly revision: number }>(
  list: () => Promise<Snapshot<T>>,
  replace: (items: readonly T[]) => void,
  apply: (message: M) => void,
): { receive: (message: M) => void; load: () => Promise<void> } {
  let revision: number | undefined
  const early: M[] = []
  const receive = (message: M): void => {
    if (revision === undefined) {
      early.push(message)
    } else if (message.revision > revision) {
      revision = message.revision
      apply(message)
    }
  }
  const load = async (): Promise<void> => {
    const snapshot = await list()
    replace(snapshot.items)
    revision = snapshot.revision
    early.forEach(receive)
  }
  return { receive, load }
}

/** Consoles in windows of their own. Both messages carry all of them, so the later one is right. */
export async function followDetached({ console }: Pick<Api, 'console'>): Promise<void> {
  let isChanged = false
  console.onDetachedChanged(({ places }) => {
    isChanged = true
    replaceDetached(places)
  })
  const places = await console.detached()
  if (!isChanged) replaceDetached(places)
}
