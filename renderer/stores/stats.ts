import { useCallback, useSyncExternalStore } from 'react'
import { vmKey, type HostId } from '../../shared/model/ids'
import type { StatsTick, VmSample } from '../../shared/model/stats'

/**
 * Samples live outside React state, in ring buffers with a subscription per VM: a tick of 1,000 VMs redraws the rows on
 * screen and copies nothing else.
 */
export const historyLength = 60

/** Then a list begins anew with what still counts. */
const maxShared = 3 * historyLength

export class VmHistory {
  /** Shared with those that came before and after: a thousand times a tick a list is continued, not copied. */
  readonly #samples: VmSample[]
  readonly #end: number
  #cpuPercent: readonly number[] | undefined

  private constructor(
    samples: VmSample[],
    readonly latest: VmSample,
    readonly atMs: number,
  ) {
    this.#samples = samples
    this.#end = samples.push(latest)
  }

  static of(sample: VmSample, atMs: number): VmHistory {
    return new VmHistory([], sample, atMs)
  }

  /** Newest last; NaN where the driver told nothing. Drawn from when somebody looks. */
  get cpuPercent(): readonly number[] {
    this.#cpuPercent ??= this.values(({ cpuPercent }) => cpuPercent)
    return this.#cpuPercent
  }

  /** Newest last, at most historyLength. */
  values(figure: (sample: VmSample) => number | undefined): number[] {
    return this.#samples
      .slice(Math.max(0, this.#end - historyLength), this.#end)
      .map((sample) => figure(sample) ?? Number.NaN)
  }

  next(sample: VmSample, atMs: number): VmHistory {
    const isContinued = this.#end === this.#samples.length && this.#end < maxShared
    const samples = isContinued
      ? this.#samples
      : this.#samples.slice(Math.max(0, this.#end - historyLength + 1), this.#end)
    return new VmHistory(samples, sample, atMs)
  }
}

const histories = new Map<string, VmHistory>()
const rowListeners = new Map<string, Set<() => void>>()
const tickListeners = new Set<() => void>()

export function recordTick(tick: StatsTick): void {
  for (const sample of tick.samples) {
    const key = vmKey({ host: tick.host, vm: sample.id })
    const before = histories.get(key)
    histories.set(key, before ? before.next(sample, tick.atMs) : VmHistory.of(sample, tick.atMs))
    for (const listener of rowListeners.get(key) ?? []) listener()
  }
  for (const listener of tickListeners) listener()
}

export function historyOf(key: string): VmHistory | undefined {
  return histories.get(key)
}

/** Called when a VM stops or goes away: old figures must not look like present ones. */
export function forgetStats(key: string): void {
  if (!histories.delete(key)) return
  for (const listener of rowListeners.get(key) ?? []) listener()
}

export function forgetStatsOf(host: HostId): void {
  for (const key of [...histories.keys()]) if (key.startsWith(`${host}/`)) forgetStats(key)
}

function subscribeRow(key: string, listener: () => void): () => void {
  const set = rowListeners.get(key) ?? new Set()
  rowListeners.set(key, set.add(listener))
  return () => {
    set.delete(listener)
    if (set.size === 0) rowListeners.delete(key)
  }
}

/** The VM's recent samples; redraws only the component that asked, only when this VM is sampled. */
export function useVmHistory(key: string): VmHistory | undefined {
  return useSyncExternalStore(
    useCallback((listener) => subscribeRow(key, listener), [key]),
    () => histories.get(key),
  )
}

/** For views that depend on every VM's load, such as a table sorted by CPU. */
export function onTick(listener: () => void): () => void {
  tickListeners.add(listener)
  return () => void tickListeners.delete(listener)
}
