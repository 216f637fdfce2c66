import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ReachDeadline } from './deadline'

let isLate: boolean
const deadline = (): ReachDeadline => new ReachDeadline(1000, () => (isLate = true))

beforeEach(() => {
  isLate = false
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

it('is late when the network takes too long', () => {
  deadline()
  vi.advanceTimersByTime(999)
  expect(isLate).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isLate).toBe(true)
})

it('does not count while the user is asked, and begins anew after the last answer', async () => {
  const running = deadline()
  const answers: (() => void)[] = []
  const asking = [1, 2].map(() => running.whileAsking(new Promise<void>((resolve) => answers.push(resolve))))
  vi.advanceTimersByTime(60_000)
  answers[0]?.()
  await asking[0]
  vi.advanceTimersByTime(60_000)
  expect(isLate).toBe(false)
  answers[1]?.()
  await asking[1]
  vi.advanceTimersByTime(1000)
  expect(isLate).toBe(true)
})

it('leaves time for somebody who does not say when they are done', () => {
  deadline().allow(5000)
  vi.advanceTimersByTime(4999)
  expect(isLate).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isLate).toBe(true)
})

it('is over once it is stopped', async () => {
  const running = deadline()
  running.stop()
  await running.whileAsking(Promise.resolve())
  running.allow(1)
  vi.advanceTimersByTime(10_000)
  expect(isLate).toBe(false)
})
