import { expect, it } from 'vitest'
import { hostId, vmId } from './ids'
import { packTick, unpackTick } from './packed-tick'
import type { StatsTick } from './stats'

const host = hostId.parse('h')
const id = (n: number) => vmId.parse(`00000000-0000-0000-0000-${String(n).padStart(12, '0')}`)

it('says the same after the way to the window, what is unknown included', () => {
  const tick: StatsTick = {
    host,
    atMs: 5,
    samples: [
      { id: id(1), cpuPercent: 12.5, memoryBytes: 12_345_678_901, netSendBytesPerSecond: 0 },
      { id: id(2) },
    ],
  }
  expect(unpackTick(packTick(tick))).toEqual(tick)
  const none = { host, atMs: 5, samples: [] }
  expect(unpackTick(packTick(none))).toEqual(none)
})
