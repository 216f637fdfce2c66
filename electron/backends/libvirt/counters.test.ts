import { expect, it } from 'vitest'
import { countersFrom } from './counters'

const values = (of: Record<string, number>): Map<string, number> => new Map(Object.entries(of))

it('takes what is absent for unknown', () => {
  expect(
    countersFrom(
      values({
        'cpu.time': 5,
        'balloon.current': 100,
        'block.*.rd.bytes': 11,
        'block.*.wr.bytes': 2,
        'net.*.rx.bytes': 7,
      }),
      false,
    ),
  ).toEqual({
    cpuTimeNs: 5,
    balloonBytes: 102_400,
    diskReadBytes: 11,
    diskWriteBytes: 2,
    netReceiveBytes: 7,
  })
})

it('tells what the guest says it uses only while that is fresh', () => {
  const reported = values({ 'balloon.available': 100, 'balloon.usable': 60, 'balloon.rss': 90 })
  expect(countersFrom(reported, true)).toEqual({ memoryBytes: 40 * 1024, residentBytes: 90 * 1024 })
  expect(countersFrom(reported, false)).toEqual({ residentBytes: 90 * 1024 })
  expect(countersFrom(values({ 'balloon.available': 100, 'balloon.usable': 160 }), true)).toEqual({})
})

it('adds up requests and their times, so that the time of one can be told', () => {
  expect(
    countersFrom(values({ 'block.*.rd.reqs': 4, 'block.*.rd.times': 8_000_000, 'vcpu.*.delay': 3 }), false),
  ).toEqual({ diskReadRequests: 4, diskReadTimeNs: 8_000_000, vcpuStealNs: 3 })
})
