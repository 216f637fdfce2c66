/**
 * A tick as it travels to the window: one text and one array of numbers, as the bridge between preload and page takes
 * objects apart one by one, which for a thousand VMs costs the window more than all that it draws.
 */
import type { HostId, VmId } from './ids'
import type { StatsTick, VmSample } from './stats'

type Figure = keyof Omit<VmSample, 'id'>

// an object, so that the compiler misses a figure that is not in it
const all: Readonly<Record<Figure, true>> = {
  cpuPercent: true,
  cpuWaitPercent: true,
  cpuStealPercent: true,
  cpuTimeSeconds: true,
  memoryBytes: true,
  residentBytes: true,
  balloonBytes: true,
  diskReadBytesPerSecond: true,
  diskWriteBytesPerSecond: true,
  diskReadRequestsPerSecond: true,
  diskWriteRequestsPerSecond: true,
  diskReadLatencyMs: true,
  diskWriteLatencyMs: true,
  netReceiveBytesPerSecond: true,
  netSendBytesPerSecond: true,
}
const figures = Object.keys(all) as readonly Figure[]

export interface PackedTick {
  readonly host: HostId
  readonly atMs: number
  /** One after the other, a space between. */
  readonly ids: string
  /** Of each VM all figures in their order; NaN for what is not known. */
  readonly values: Float64Array
}

export function packTick({ host, atMs, samples }: StatsTick): PackedTick {
  const values = new Float64Array(samples.length * figures.length)
  let at = 0
  for (const sample of samples) {
    for (const figure of figures) {
      values[at] = sample[figure] ?? Number.NaN
      at += 1
    }
  }
  return { host, atMs, ids: samples.map(({ id }) => id).join(' '), values }
}

export function unpackTick({ host, atMs, ids, values }: PackedTick): StatsTick {
  const names = ids === '' ? [] : (ids.split(' ') as VmId[])
  let at = 0
  const samples = names.map((id) => {
    const sample: { -readonly [Key in keyof VmSample]: VmSample[Key] } = { id }
    for (const figure of figures) {
      const value = values[at] ?? Number.NaN
      if (!Number.isNaN(value)) sample[figure] = value
      at += 1
    }
    return sample
  })
  return { host, atMs, samples }
}
