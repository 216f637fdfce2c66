import { expect, test } from 'vitest'
import { reportTransfers } from './report'

test('a ratio above one is faster than virsh, and memory is told beside', () => {
  const one = (client: string, wallMs: number) => ({ transport: 'ssh', step: 'random-up', client, wallMs })
  const measured = [one('innkeeper', 100), one('innkeeper', 300), one('innkeeper', 120), one('virsh', 240)]
  const peaks = { ssh: { innkeeper: { mib: 90, aboveIdleMib: 20 } } }
  expect(reportTransfers(measured, peaks, { rounds: 3 })).toEqual({
    about: { rounds: 3 },
    ssh: {
      'random-up': {
        innkeeper: { medianMs: 120, ratioToVirsh: 2 },
        virsh: { medianMs: 240, ratioToVirsh: 1 },
      },
      peakMemory: { innkeeper: { mib: 90, aboveIdleMib: 20 } },
    },
  })
})
