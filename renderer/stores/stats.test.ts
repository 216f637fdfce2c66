import { expect, test } from 'vitest'
import type { VmSample } from '../../shared/model/stats'
import { vmId } from '../../shared/model/ids'
import { historyLength, VmHistory } from './stats'

const id = vmId.parse('11111111-2222-4333-8444-555555555555')
const sample = (cpuPercent: number): VmSample => ({ id, cpuPercent })

test('of a long row of samples the newest are kept', () => {
  let history = VmHistory.of(sample(0), 0)
  for (let at = 1; at <= 10 * historyLength; at += 1) {
    history = history.next(sample(at), at)
    expect(history.latest.cpuPercent).toBe(at)
    const first = Math.max(0, at - historyLength + 1)
    expect(history.cpuPercent).toEqual(Array.from({ length: at - first + 1 }, (_, step) => first + step))
  }
})

test('a history that is drawn keeps its figures when others come after it', () => {
  const drawn = VmHistory.of(sample(1), 1)
  const [next, other] = [drawn.next(sample(2), 2), drawn.next(sample(3), 2)]
  expect(drawn.cpuPercent).toEqual([1])
  expect(next.cpuPercent).toEqual([1, 2])
  expect(other.cpuPercent).toEqual([1, 3])
})
