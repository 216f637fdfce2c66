/** KVM's counters into a file of this computer, a line for each reading, until somebody stops it. */
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { csvLine } from '../../shared/csv'
import type { TaskId } from '../../shared/model/ids'
import { KvmTally, type KvmLogInput, type KvmRate } from '../../shared/model/monitor/kvm'
import { openToWrite } from '../files/open-to-write'
import type { SessionHosts } from '../hosts/session-tasks'
import type { TaskList } from '../tasks/task-list'

interface Parts {
  readonly hosts: SessionHosts & { labelOf(host: KvmLogInput['host']): string }
  readonly tasks: TaskList
  readonly files: { path(id: string, kind: 'save'): string }
  readonly now?: () => number
}

export class KvmLogs {
  constructor(private readonly parts: Parts) {}

  /** A host whose counters cannot be read is refused at once. Cancelling the task ends the log; the file stays. */
  async start({ host, file, everyMs }: KvmLogInput): Promise<TaskId> {
    const { hosts, tasks, files, now = Date.now } = this.parts
    const path = files.path(file, 'save')
    const tally = new KvmTally()
    tally.add(await hosts.get(host).monitor.kvm())
    return tasks.run(
      {
        kind: 'host.kvmLog',
        title: `Writing the KVM counters of ${hosts.labelOf(host)} to ${basename(path)}`,
        host,
        canCancel: true,
      },
      async ({ signal }) => {
        const output = await openToWrite(path)
        try {
          let columns: readonly string[] = []
          while (await isNextBeat(everyMs, signal)) {
            tally.add(await hosts.get(host).monitor.kvm())
            const rates = tally.rates()
            const events = rates.map(({ event }) => event).toSorted()
            // a guest of another kind counts more
            if (events.some((event) => !columns.includes(event))) {
              columns = events
              await output.write(csvLine(['Time', ...columns]))
            }
            await output.write(rowOf(now(), columns, rates))
          }
        } finally {
          await output.close()
        }
      },
    )
  }
}

function rowOf(atMs: number, columns: readonly string[], rates: readonly KvmRate[]): string {
  const byEvent = new Map(rates.map(({ event, perSecond }) => [event, perSecond]))
  const rounded = columns.map((event) => {
    const rate = byEvent.get(event)
    return rate === undefined ? undefined : Math.round(rate * 10) / 10
  })
  return csvLine([new Date(atMs).toISOString(), ...rounded])
}

/** False once it is to end. */
async function isNextBeat(everyMs: number, signal: AbortSignal): Promise<boolean> {
  return wait(everyMs, true, { signal }).catch(() => false)
}
