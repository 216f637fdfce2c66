import { isKind } from '../../shared/errors'
import type { VmChange } from '../../shared/ipc/contract'
import { sampleBetween, type VmCounters, type VmSample } from '../../shared/model/stats'
import type { HypervisorSession } from '../backends/backend'
import type { Inventory } from './inventory'
import { Ticker } from './ticker'
import type { HostTiming } from './timing'

interface LiveUpdatesOptions {
  readonly timing: HostTiming
  readonly now: () => number
  log(text: string): void
  onVms(changes: readonly VmChange[]): void
  onStats(samples: readonly VmSample[]): void
}

/** What is asked of a connected host on a beat: its counters, and its list when the driver has no events. */
export class LiveUpdates {
  readonly #session: HypervisorSession
  readonly #inventory: Inventory
  readonly #options: LiveUpdatesOptions
  readonly #tickers: readonly Ticker[]
  #before: { readonly atMs: number; readonly counters: ReadonlyMap<string, VmCounters> } | undefined
  readonly #complaints = new Set<string>()
  #isStopped = false

  constructor(session: HypervisorSession, inventory: Inventory, options: LiveUpdatesOptions) {
    this.#session = session
    this.#inventory = inventory
    this.#options = options
    const stats = new Ticker(options.timing.statsIntervalMs, () => this.#readStats())
    const list = new Ticker(options.timing.pollIntervalMs, () => this.#readList())
    stats.start({ firstBeat: 'now' })
    if (session.features.updates === 'polling') list.start({ firstBeat: 'later' })
    this.#tickers = [stats, list]
  }

  stop(): void {
    this.#isStopped = true
    for (const ticker of this.#tickers) ticker.stop()
  }

  async #readStats(): Promise<void> {
    try {
      const counters = await this.#session.readCounters()
      if (this.#isStopped) return
      const atMs = this.#options.now()
      const before = this.#before
      this.#before = { atMs, counters: new Map(counters.map((one) => [one.id, one])) }
      this.#options.onStats(
        counters.map((one) =>
          sampleBetween(
            before?.counters.get(one.id),
            one,
            before ? atMs - before.atMs : 0,
            this.#session.info.cpuCount,
          ),
        ),
      )
    } catch (error) {
      this.#complain('Statistics are not available', error)
      if (isKind(error, 'unsupported')) this.#tickers[0]?.stop()
    }
  }

  async #readList(): Promise<void> {
    this.#inventory.beginList()
    try {
      const records = await this.#session.listVms()
      if (!this.#isStopped) this.#options.onVms(this.#inventory.replaceAll(records))
    } catch (error) {
      if (!this.#isStopped) this.#inventory.abandonList()
      this.#complain('The list of virtual machines could not be refreshed', error)
    }
  }

  /** Into the host's log, once per cause: the same line every two seconds would bury the rest. */
  #complain(what: string, error: unknown): void {
    const line = `${what}: ${error instanceof Error ? error.message : String(error)}`
    if (this.#isStopped || this.#complaints.has(line)) return
    this.#complaints.add(line)
    this.#options.log(line)
  }
}
