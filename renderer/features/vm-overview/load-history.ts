import type { Api } from '../../../shared/ipc/contract'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { unpackTick } from '../../../shared/model/packed-tick'
import type { StatsTick, VmSample } from '../../../shared/model/stats'

/**
 * What the charts of a VM's page are drawn from: the last minutes of the VMs whose page was opened, kept while the user
 * looks elsewhere for a moment. The store behind the list keeps CPU only, since it holds every VM.
 */
export interface LoadPoint extends Omit<VmSample, 'id'> {
  readonly atMs: number
}

/** As long as the list's history, so that the first CPU chart is full. */
export const windowMs = 2 * 60_000
/** Samples come every two seconds; at most 300 points are drawn. */
const maxPoints = 300
/** A longer silence means the VM or the host was away: what was before is another story. */
const gapMs = 20_000
const maxVms = 8

const noPoints: readonly LoadPoint[] = []

export class LoadHistory {
  readonly #points = new Map<string, readonly LoadPoint[]>()
  readonly #listeners = new Set<() => void>()

  /** Listens for the life of the window. */
  constructor(stats: Pick<Api['stats'], 'onTick'>) {
    stats.onTick((tick) => this.#record(unpackTick(tick)))
  }

  /** Starts keeping this VM's load; `seed` is what is known already. The VM watched longest ago is forgotten. */
  watch(ref: VmRef, seed: readonly LoadPoint[] = noPoints): void {
    const key = vmKey(ref)
    const points = this.#points.get(key) ?? seed
    this.#points.delete(key)
    this.#points.set(key, points)
    const oldest = this.#points.size > maxVms ? this.#points.keys().next().value : undefined
    if (oldest !== undefined) this.#points.delete(oldest)
  }

  /** The same array until something is added. */
  pointsOf(ref: VmRef): readonly LoadPoint[] {
    return this.#points.get(vmKey(ref)) ?? noPoints
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #record(tick: StatsTick): void {
    let hasChanged = false
    for (const { id, ...sample } of tick.samples) {
      const key = vmKey({ host: tick.host, vm: id })
      const before = this.#points.get(key)
      if (!before) continue
      this.#points.set(key, append(before, { atMs: tick.atMs, ...sample }))
      hasChanged = true
    }
    if (hasChanged) this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

function append(before: readonly LoadPoint[], point: LoadPoint): readonly LoadPoint[] {
  const last = before.at(-1)
  if (last && (point.atMs <= last.atMs || point.atMs - last.atMs > gapMs)) return [point]
  const from = point.atMs - windowMs
  return [...before.filter(({ atMs }) => atMs >= from), point].slice(-maxPoints)
}
