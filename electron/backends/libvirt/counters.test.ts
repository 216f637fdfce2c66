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
