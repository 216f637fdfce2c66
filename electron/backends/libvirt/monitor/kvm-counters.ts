import { AppError } from '../../../../shared/errors'
import type { KvmReading } from '../../../../shared/model/monitor/kvm'

export const kvmFolder = '/sys/kernel/debug/kvm'

const line = /^\/sys\/kernel\/debug\/kvm\/((\d{1,9})-\d{1,9})\/([a-z0-9_]{1,64}):(-?\d{1,20})$/
/** As many as a host of thousands of guests would have, a hundred times over. */
const maxEvents = 1000

/** The lines of `grep -H`. What is no counter is passed over. */
export function parseKvmCounters(stdout: string): KvmReading {
  const uptime = /^\/proc\/uptime:(\d+(?:\.\d+)?) /m.exec(stdout)?.[1]
  if (uptime === undefined) throw new AppError('invalid', 'The clock of the host could not be read')
  const guests = new Map<string, { readonly pid: number; readonly values: Map<string, number> }>()
  const events = new Set<string>()
  for (const text of stdout.split('\n')) {
    const [, id, pid, event, value] = line.exec(text) ?? []
    if (id === undefined || event === undefined) continue
    if (!events.has(event) && events.size >= maxEvents) continue
    events.add(event)
    const guest = guests.get(id) ?? { pid: Number(pid), values: new Map<string, number>() }
    guests.set(id, guest)
    guest.values.set(event, Number(value))
  }
  const names = [...events].toSorted()
  return {
    uptimeMs: Math.round(Number(uptime) * 1000),
    events: names,
    guests: [...guests].map(([id, { pid, values }]) => ({
      id,
      pid,
      values: names.map((name) => values.get(name) ?? Number.NaN),
    })),
  }
}
