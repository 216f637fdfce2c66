import { expect, it } from 'vitest'
import type { VmCounters } from '../../shared/model/stats'
import { Sampler } from './sampler'
import { idOf } from './testing/tiny-backend'

const reading = (counters: Omit<VmCounters, 'id'>): VmCounters[] => [{ id: idOf(1), ...counters }]

it('tells rates between two readings, and gauges at once', () => {
  const sampler = new Sampler(4)
  expect(sampler.next(reading({ cpuTimeNs: 0, residentBytes: 7 }), 1000)).toEqual([
    { id: idOf(1), residentBytes: 7, cpuTimeSeconds: 0 },
  ])
  expect(sampler.next(reading({ cpuTimeNs: 2e9, diskWriteBytes: 5, residentBytes: 8 }), 3000)).toEqual([
    { id: idOf(1), residentBytes: 8, cpuTimeSeconds: 2, cpuPercent: 25 },
  ])
})

it('tells the time of one request, and none where there was no request', () => {
  const sampler = new Sampler(4)
  sampler.next(
    reading({ diskReadRequests: 10, diskReadTimeNs: 0, diskWriteRequests: 1, diskWriteTimeNs: 5 }),
    0,
  )
  const [sample] = sampler.next(
    reading({ diskReadRequests: 14, diskReadTimeNs: 6_000_000, diskWriteRequests: 1, diskWriteTimeNs: 5 }),
    2000,
  )
  expect(sample).toEqual({
    id: idOf(1),
    diskReadLatencyMs: 1.5,
    diskReadRequestsPerSecond: 2,
    diskWriteRequestsPerSecond: 0,
  })
})

it('compares the waits of vCPUs with the last reading that had them', () => {
  const sampler = new Sampler(2)
  sampler.next(reading({ vcpuStealNs: 0 }), 0, { vcpuTimes: true })
  sampler.next(reading({}), 2000)
  const [sample] = sampler.next(reading({ vcpuStealNs: 2e9 }), 4000, { vcpuTimes: true })
  expect(sample?.cpuStealPercent).toBe(25)
})

it('gives no rate to a VM that was restarted, nor to one that is new', () => {
  const sampler = new Sampler(1)
  sampler.next(reading({ cpuTimeNs: 9e9 }), 0)
  expect(sampler.next([...reading({ cpuTimeNs: 1e9 }), { id: idOf(2), cpuTimeNs: 4e9 }], 1000)).toEqual([
    { id: idOf(1), cpuTimeSeconds: 1 },
    { id: idOf(2), cpuTimeSeconds: 4 },
  ])
})
