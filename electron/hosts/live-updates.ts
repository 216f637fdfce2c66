import { isKind } from '../../shared/errors'
import type { VmChange } from '../../shared/ipc/contract'
import { hostSampleBetween, type HostCounters, type HostSample } from '../../shared/model/host-load'
import type { VmSample } from '../../shared/model/stats'
import type { HypervisorSession } from '../backends/backend'
import type { Inventory } from './inventory'
import type { PollingPace } from './polling-pace'
import { Sampler } from './sampler'
import { Ticker } from './ticker'
import type { HostTiming } from './timing'

interface LiveUpdatesOptions {
  readonly timing: HostTiming
  /** Absent: as `timing` says, and all figures. */
  readonly pace?: PollingPace | undefined
  readonly now: () => number
  log(text: string): void
  onVms(changes: readonly VmChange[]): void
  onStats(samples: readonly VmSample[]): void
  onHostStats(sample: HostSample): void
}

/** With each so many readings, also what costs more and changes slowly: waits of vCPUs, and the host itself. */
const thoroughEvery = 5

/** What is asked of a connected host on a beat: its counters, and its list when the driver has no events. */
export class LiveUpdates {
  readonly #session: HypervisorSession
  readonly #inventory: Inventory
  readonly #options: LiveUpdatesOptions
  readonly #tickers: readonly Ticker[]
  readonly #sampler: Sampler
  #readings = 0
  #hostBefore: HostCounters | undefined
  #tellsHost = true
  readonly #complaints = new Set<string>()
  #isStopped = false
  #stopFollowing: () => void = () => undefined

  constructor(session: HypervisorSession, inventory: Inventory, options: LiveUpdatesOptions) {
    this.#session = session
    this.#inventory = inventory
    this.#options = options
    this.#sampler = new Sampler(session.info.cpuCount)
    const { pace } = options
    const stats = new Ticker(pace?.now.everyMs ?? options.timing.statsIntervalMs, () => this.#readStats())
    if (pace) this.#stopFollowing = pace.onChange(() => stats.setIntervalMs(pace.now.everyMs))
    const list = new Ticker(options.timing.pollIntervalMs, () => this.#readList())
    stats.start({ firstBeat: 'now' })
    if (session.features.updates === 'polling') list.start({ firstBeat: 'later' })
    this.#tickers = [stats, list]
  }

  stop(): void {
    this.#isStopped = true
    this.#stopFollowing()
    for (const ticker of this.#tickers) ticker.stop()
  }

  async #readStats(): Promise<void> {
    const figures = this.#options.pace?.now.figures
    if (figures?.length === 0) return
    const vcpuTimes = this.#readings % thoroughEvery === 0 && figures?.includes('cpu') !== false
    this.#readings += 1
    try {
      const counters = await this.#session.readCounters({ vcpuTimes, ...(figures ? { figures } : {}) })
      if (this.#isStopped) return
      this.#options.onStats(this.#sampler.next(counters, this.#options.now(), { vcpuTimes }))
    } catch (error) {
      this.#complain('Statistics are not available', error)
      if (isKind(error, 'unsupported')) this.#tickers[0]?.stop()
    }
    if (vcpuTimes && this.#tellsHost && !this.#isStopped) await this.#readHost()
  }

  async #readHost(): Promise<void> {
    try {
      const counters = await this.#session.stats.hostCounters()
      if (this.#isStopped) return
      this.#options.onHostStats(hostSampleBetween(this.#hostBefore, counters))
      this.#hostBefore = counters
    } catch (error) {
      if (isKind(error, 'unsupported')) this.#tellsHost = false
      else this.#complain('Statistics of the host are not available', error)
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
