import { z } from 'zod'
import { hostId, type VmId } from '../ids'

/** The kernel's counters of what KVM did for one guest since it was started. */
export interface KvmGuest {
  /** Of this run of the guest: its process and the number of its file ("4711-12"). */
  readonly id: string
  readonly pid: number
  /** Absent where the process is none of libvirt's. */
  readonly vm?: VmId
  readonly name?: string
  /** In the order of `KvmReading.events`; NaN for one that this guest does not count. */
  readonly values: readonly number[]
}

/** All guests of a host at one moment. */
export interface KvmReading {
  /** By the host's own clock, which only goes forward. */
  readonly uptimeMs: number
  readonly events: readonly string[]
  readonly guests: readonly KvmGuest[]
}

export const kvmIntervalsMs = [1_000, 2_000, 5_000, 10_000] as const

export const kvmLogInput = z.object({
  host: hostId,
  /** That the user chose to be written. */
  file: z.string().min(1).max(64),
  everyMs: z.number().int().min(500).max(60_000),
})
export type KvmLogInput = z.infer<typeof kvmLogInput>

/** One event, over all guests or of one. */
export interface KvmRate {
  readonly event: string
  /** Since counting began: when the guest was first seen, or everything was set back. */
  readonly total: number
  /** Absent until there are two readings. */
  readonly perSecond?: number
}

/**
 * Adds readings up as kvm_stat does: what a guest had counted before it was first seen does not count. Guests that end
 * take their counts along, and a process that runs another guest is another one.
 */
export class KvmTally {
  readonly #first = new Map<string, ReadonlyMap<string, number>>()
  #before: KvmReading | undefined
  #now: KvmReading | undefined

  add(reading: KvmReading): void {
    // the host's clock began anew with the host
    if (this.#now && reading.uptimeMs < this.#now.uptimeMs) this.reset()
    if (reading.uptimeMs !== this.#now?.uptimeMs) this.#before = this.#now
    this.#now = reading
    const ids = new Set(reading.guests.map(({ id }) => id))
    for (const id of this.#first.keys()) if (!ids.has(id)) this.#first.delete(id)
    for (const guest of reading.guests)
      if (!this.#first.has(guest.id)) this.#first.set(guest.id, valuesOf(reading, guest))
  }

  /** Counting begins with the next reading. */
  reset(): void {
    this.#first.clear()
    this.#before = undefined
    this.#now = undefined
  }

  get guests(): readonly KvmGuest[] {
    return this.#now?.guests ?? []
  }

  /** By event, over the guests that are wanted. */
  rates(isWanted: (guest: KvmGuest) => boolean = () => true): KvmRate[] {
    const sums = new Map<string, { total: number; step: number; hasStep: boolean }>()
    for (const guest of this.guests) {
      if (!isWanted(guest)) continue
      for (const { event, total, step } of this.#changes(guest)) {
        const sum = sums.get(event) ?? { total: 0, step: 0, hasStep: false }
        sum.total += total
        if (step !== undefined) {
          sum.step += step
          sum.hasStep = true
        }
        sums.set(event, sum)
      }
    }
    const seconds = this.#seconds()
    return [...sums].map(([event, { total, step, hasStep }]) => ({
      event,
      total,
      ...(hasStep && seconds !== undefined ? { perSecond: step / seconds } : {}),
    }))
  }

  /** Of one guest and event. */
  rateOf(guest: KvmGuest, event: string): KvmRate {
    const change = this.#changes(guest).find((one) => one.event === event)
    const seconds = this.#seconds()
    return {
      event,
      total: change?.total ?? 0,
      ...(change?.step !== undefined && seconds !== undefined ? { perSecond: change.step / seconds } : {}),
    }
  }

  #changes(guest: KvmGuest): { event: string; total: number; step: number | undefined }[] {
    const now = this.#now
    const first = this.#first.get(guest.id)
    if (!now || !first) return []
    const before = this.#before
    const earlier = before?.guests.find(({ id }) => id === guest.id)
    const earlierValues = before && earlier ? valuesOf(before, earlier) : undefined
    return [...valuesOf(now, guest)].map(([event, value]) => {
      const from = earlierValues?.get(event)
      return {
        event,
        total: value - (first.get(event) ?? 0),
        step: from === undefined ? undefined : value - from,
      }
    })
  }

  #seconds(): number | undefined {
    if (!this.#now || !this.#before) return undefined
    return (this.#now.uptimeMs - this.#before.uptimeMs) / 1000
  }
}

function valuesOf({ events }: KvmReading, { values }: KvmGuest): Map<string, number> {
  const known = new Map<string, number>()
  for (const [at, event] of events.entries()) {
    const value = values[at]
    if (value !== undefined && !Number.isNaN(value)) known.set(event, value)
  }
  return known
}
