import { expect, it } from 'vitest'
import { countersFrom } from './counters'

const values = (of: Record<string, number | bigint>): Map<string, number | bigint> =>
  new Map(Object.entries(of))

it('adds up disks and network cards, and takes what is absent for unknown', () => {
  expect(
    countersFrom(
      values({
        'cpu.time': 5n,
        'balloon.current': 100,
        'block.count': 3,
        'block.0.rd.bytes': 1,
        'block.0.wr.bytes': 2,
        'block.2.rd.bytes': 10,
        'net.count': 1,
        'net.0.rx.bytes': 7,
      }),
    ),
  ).toEqual({
    cpuTimeNs: 5,
    memoryBytes: 102_400,
    diskReadBytes: 11,
    diskWriteBytes: 2,
    netReceiveBytes: 7,
  })
})

it('prefers what the guest says it uses to what it takes on the host', () => {
  const memory = (of: Record<string, number>): number | undefined => countersFrom(values(of)).memoryBytes
  expect(
    memory({ 'balloon.available': 100, 'balloon.usable': 60, 'balloon.rss': 90, 'balloon.current': 100 }),
  ).toBe(40 * 1024)
  expect(memory({ 'balloon.rss': 90, 'balloon.current': 100 })).toBe(90 * 1024)
  expect(memory({ 'balloon.rss': 300, 'balloon.current': 100 })).toBe(100 * 1024)
  expect(memory({})).toBeUndefined()
})

it('is not led astray by an absurd count', () => {
  expect(countersFrom(values({ 'block.count': 4_000_000_000 }))).toEqual({})
})
