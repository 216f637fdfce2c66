import type { KvmRate } from '../../../shared/model/monitor/kvm'

export const rateHistoryLength = 60

/** The last rates of each event, newest last, for the small curves. */
export class RateHistory {
  readonly #byEvent = new Map<string, readonly number[]>()

  add(rates: readonly KvmRate[]): void {
    for (const { event, perSecond = Number.NaN } of rates) {
      const before = this.#byEvent.get(event) ?? []
      this.#byEvent.set(event, [...before.slice(1 - rateHistoryLength), perSecond])
    }
  }

  of(event: string): readonly number[] {
    return this.#byEvent.get(event) ?? []
  }
}
