import { AppError, errorData, type ErrorData } from '../../shared/errors'
import type { AppEmitters } from '../../shared/ipc/contract'
import type { SenderId } from '../../shared/ipc/define'
import { hostSampleBetween, type HostCounters } from '../../shared/model/host-load'
import { vmKey, type HostId, type VmRef } from '../../shared/model/ids'
import { loadBetween, type VmLoadCounters } from '../../shared/model/vm-load'
import type { HypervisorSession } from '../backends/backend'
import { Ticker } from '../hosts/ticker'

interface StatsWatchesOptions {
  readonly hosts: { get(host: HostId): Pick<HypervisorSession, 'stats'> }
  readonly emit: { readonly stats: Pick<AppEmitters['stats'], 'vmLoad' | 'hostTick'> }
  readonly intervalMs?: number
  readonly now?: () => number
}

interface Watch {
  readonly senders: Set<SenderId>
  readonly ticker: Ticker
}

/** Loads in detail, asked for on a beat while some window looks at them and not a moment longer. */
export class StatsWatches {
  readonly #options: Required<StatsWatchesOptions>
  readonly #watches = new Map<string, Watch>()

  constructor(options: StatsWatchesOptions) {
    this.#options = { intervalMs: 2_000, now: Date.now, ...options }
  }

  watchVm(ref: VmRef, sender: SenderId): void {
    const { hosts, emit, now } = this.#options
    let before: { readonly counters: VmLoadCounters; readonly atMs: number } | undefined
    this.#watch(
      keyOfVm(ref),
      sender,
      async () => {
        const counters = await hosts.get(ref.host).stats.vmCounters(ref.vm)
        const atMs = now()
        const load = loadBetween(before?.counters, counters, before ? atMs - before.atMs : 0)
        before = { counters, atMs }
        return () => emit.stats.vmLoad({ kind: 'load', ref, atMs, ...load })
      },
      (error) => {
        before = undefined
        emit.stats.vmLoad({ kind: 'failed', ref, error })
      },
    )
  }

  unwatchVm(ref: VmRef, sender: SenderId): void {
    this.#unwatch(keyOfVm(ref), sender)
  }

  watchHost(host: HostId, sender: SenderId): void {
    const { hosts, emit, now } = this.#options
    let before: HostCounters | undefined
    this.#watch(
      keyOfHost(host),
      sender,
      async () => {
        const counters = await hosts.get(host).stats.hostCounters()
        const sample = hostSampleBetween(before, counters)
        before = counters
        return () => emit.stats.hostTick({ host, atMs: now(), sample })
      },
      // the host's own status says what is wrong with it
      () => {
        before = undefined
      },
    )
  }

  unwatchHost(host: HostId, sender: SenderId): void {
    this.#unwatch(keyOfHost(host), sender)
  }

  /** The window is gone, or shows a new page. */
  forgetSender(sender: SenderId): void {
    for (const key of [...this.#watches.keys()]) this.#unwatch(key, sender)
  }

  /** `read` answers with what tells of it, which is not done once nobody looks any more. */
  #watch(
    key: string,
    sender: SenderId,
    read: () => Promise<() => void>,
    failed: (error: ErrorData) => void,
  ): void {
    const known = this.#watches.get(key)
    if (known) {
      known.senders.add(sender)
      return
    }
    const ticker = new Ticker(this.#options.intervalMs, async () => {
      try {
        const tell = await read()
        if (this.#watches.get(key)?.ticker === ticker) tell()
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (this.#watches.get(key)?.ticker === ticker) failed(errorData(error))
      }
    })
    this.#watches.set(key, { senders: new Set([sender]), ticker })
    ticker.start({ firstBeat: 'now' })
  }

  #unwatch(key: string, sender: SenderId): void {
    const watch = this.#watches.get(key)
    if (!watch) return
    watch.senders.delete(sender)
    if (watch.senders.size > 0) return
    watch.ticker.stop()
    this.#watches.delete(key)
  }
}

const keyOfVm = (ref: VmRef): string => `vm ${vmKey(ref)}`
const keyOfHost = (host: HostId): string => `host ${host}`
