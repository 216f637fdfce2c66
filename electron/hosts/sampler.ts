import { sampleBetween, shareBetween, type VmCounters, type VmSample } from '../../shared/model/stats'

interface Reading {
  readonly atMs: number
  readonly counters: ReadonlyMap<string, VmCounters>
}

/** Makes rates of readings. How long vCPUs waited is not in each reading: those are compared among themselves. */
export class Sampler {
  readonly #hostCpuCount: number
  #before: Reading | undefined
  #beforeWithVcpus: Reading | undefined

  constructor(hostCpuCount: number) {
    this.#hostCpuCount = hostCpuCount
  }

  next(counters: readonly VmCounters[], atMs: number, { vcpuTimes = false } = {}): VmSample[] {
    const reading = { atMs, counters: new Map(counters.map((one) => [one.id, one])) }
    const before = this.#before
    const withVcpus = vcpuTimes ? this.#beforeWithVcpus : undefined
    this.#before = reading
    if (vcpuTimes) this.#beforeWithVcpus = reading
    return counters.map((now) => {
      const sample = sampleBetween(
        before?.counters.get(now.id),
        now,
        before ? atMs - before.atMs : 0,
        this.#hostCpuCount,
      )
      return withVcpus ? { ...sample, ...this.#waits(withVcpus, now, atMs) } : sample
    })
  }

  #waits(
    reading: Reading,
    now: VmCounters,
    atMs: number,
  ): Pick<VmSample, 'cpuWaitPercent' | 'cpuStealPercent'> {
    const before = reading.counters.get(now.id)
    const share = (of: 'vcpuWaitNs' | 'vcpuStealNs'): number | undefined =>
      shareBetween(before?.[of], now[of], atMs - reading.atMs, this.#hostCpuCount)
    const cpuWaitPercent = share('vcpuWaitNs')
    const cpuStealPercent = share('vcpuStealNs')
    return {
      ...(cpuWaitPercent === undefined ? {} : { cpuWaitPercent }),
      ...(cpuStealPercent === undefined ? {} : { cpuStealPercent }),
    }
  }
}
