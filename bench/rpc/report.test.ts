import { expect, test } from 'vitest'
import { median, report } from './report'

const one = (client: string, wallMs: number, cpuMs = 1) => ({
  transport: 'unix',
  step: 'tick',
  client,
  wallMs,
  cpuMs,
})

test('the median of an even number of values is the mean of the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([9, 1, 5])).toBe(5)
})

test('a ratio above one means that the client costs more than ours', () => {
  const result = report([one('innkeeper', 10), one('innkeeper', 20), one('virsh', 60, 7)], { domains: 3 })
  expect(result).toEqual({
    about: { domains: 3 },
    unix: {
      tick: {
        innkeeper: { medianMs: 15, medianCpuMs: 1, ratio: 1 },
        virsh: { medianMs: 60, medianCpuMs: 7, ratio: 4 },
      },
    },
  })
})
