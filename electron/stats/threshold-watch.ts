import { vmKey, type HostId, type VmRef } from '../../shared/model/ids'
import type { StatsTick } from '../../shared/model/stats'
import {
  alarmText,
  thresholdFigures,
  type Alarm,
  type LoadFacts,
  type Threshold,
} from '../../shared/model/thresholds'
import { calm, step, type Hysteresis } from './hysteresis'

export interface VmFacts extends LoadFacts {
  readonly name: string
}

interface ThresholdWatchOptions {
  /** Undefined for a VM that is not known any more. */
  facts(ref: VmRef): VmFacts | undefined
  changed(alarms: readonly Alarm[]): void
  /** Shown on the desktop. */
  notify(note: { readonly title: string; readonly body: string }): void
}

interface Judged {
  readonly ref: VmRef
  readonly threshold: Threshold
  state: Hysteresis
  alarm?: Alarm
}

/** Holds each sample against the thresholds, and tells when something rises above one and when it is over. */
export class ThresholdWatch {
  readonly #options: ThresholdWatchOptions
  #thresholds: readonly Threshold[] = []
  readonly #judged = new Map<string, Judged>()

  constructor(options: ThresholdWatchOptions) {
    this.#options = options
  }

  get alarms(): readonly Alarm[] {
    return [...this.#judged.values()].flatMap(({ alarm }) => alarm ?? [])
  }

  /** What was raised by a threshold that is gone, or is another now, is over. */
  use(thresholds: readonly Threshold[]): void {
    const before = new Map(this.#thresholds.map((one) => [one.id, one]))
    this.#thresholds = thresholds
    const same = new Set(thresholds.filter((one) => isSame(one, before.get(one.id))).map(({ id }) => id))
    this.#drop(({ threshold }) => !same.has(threshold.id))
  }

  add({ host, atMs, samples }: StatsTick): void {
    if (this.#thresholds.length === 0) return
    const running = new Set<string>(samples.map(({ id }) => id))
    let hasChanged = this.#remove(({ ref }) => ref.host === host && !running.has(ref.vm))
    const risen: Judged[] = []
    for (const { id, ...sample } of samples) {
      const ref = { host, vm: id }
      let facts: VmFacts | undefined
      for (const threshold of this.#thresholds) {
        if (threshold.vm && (threshold.vm.host !== host || threshold.vm.vm !== id)) continue
        facts ??= this.#options.facts(ref)
        const value = facts && thresholdFigures[threshold.figure].of(sample, facts)
        // what is not known speaks neither for nor against
        if (value === undefined) continue
        const judged = this.#judge(ref, threshold, value, atMs)
        if (judged === undefined) continue
        hasChanged = true
        if (judged.alarm) risen.push(judged)
      }
    }
    if (hasChanged) this.#options.changed(this.alarms)
    this.#notify(risen.filter(({ threshold }) => threshold.notifies))
  }

  /** Nothing is heard of the host's VMs any more. */
  forgetHost(host: HostId): void {
    this.#drop(({ ref }) => ref.host === host)
  }

  /** Undefined when it is as it was. */
  #judge(ref: VmRef, threshold: Threshold, value: number, atMs: number): Judged | undefined {
    const key = `${threshold.id} ${vmKey(ref)}`
    const { above, forSeconds, figure } = threshold
    const before = this.#judged.get(key)?.state ?? calm
    const state = step(before, value, atMs, { above, forMs: forSeconds * 1000 })
    if (state === before) return undefined
    if (state.isRaised === before.isRaised) {
      const known = this.#judged.get(key)
      if (known) known.state = state
      else this.#judged.set(key, { ref, threshold, state })
      return undefined
    }
    const alarm = { threshold: threshold.id, ref, figure, above, sinceMs: atMs }
    const judged: Judged = { ref, threshold, state, ...(state.isRaised ? { alarm } : {}) }
    if (state.isRaised) this.#judged.set(key, judged)
    else this.#judged.delete(key)
    return judged
  }

  #drop(isOver: (judged: Judged) => boolean): void {
    if (this.#remove(isOver)) this.#options.changed(this.alarms)
  }

  /** Whether an alarm went. */
  #remove(isOver: (judged: Judged) => boolean): boolean {
    let hasChanged = false
    for (const [key, judged] of this.#judged) {
      if (!isOver(judged)) continue
      this.#judged.delete(key)
      hasChanged ||= judged.alarm !== undefined
    }
    return hasChanged
  }

  /** One note, however many rise at once: a host in trouble has many VMs. */
  #notify(risen: readonly Judged[]): void {
    const lines = risen.flatMap(({ ref, threshold }) => {
      const name = this.#options.facts(ref)?.name
      return name === undefined ? [] : [{ name, text: alarmText(threshold) }]
    })
    const [first] = lines
    if (!first) return
    this.#options.notify(
      lines.length === 1
        ? { title: first.name, body: first.text }
        : {
            title: `${lines.length} limits are exceeded`,
            body: lines
              .slice(0, 5)
              .map(({ name, text }) => `${name}: ${text}`)
              .join('\n'),
          },
    )
  }
}

function isSame(one: Threshold, other: Threshold | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
