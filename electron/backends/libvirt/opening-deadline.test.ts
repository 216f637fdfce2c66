import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../../../shared/errors'
import { OpeningDeadline } from './opening-deadline'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const after = (ms: number) => new Promise<string>((resolve) => setTimeout(() => resolve('answered'), ms))
const outcome = (work: Promise<unknown>) => work.catch((error: unknown) => error)

it('ends a piece of work that takes too long, with a cause and a cure', async () => {
  const deadline = new OpeningDeadline(new AbortController().signal, 12_000)
  const ended = outcome(deadline.within(after(60_000)))
  await advance(12_000)
  expect(await ended).toMatchObject({ kind: 'timed-out', message: "The host's libvirt does not answer" })
  expect(await ended).toHaveProperty('cure')
  expect(deadline.signal.aborted).toBe(true)
  expect(deadline.reason).toBe(await ended)
})

it('gives each piece the whole time, so that a bad line is only slow', async () => {
  const deadline = new OpeningDeadline(new AbortController().signal, 12_000)
  for (let piece = 0; piece < 5; piece += 1) {
    const ended = outcome(deadline.within(after(11_000)))
    await advance(11_000)
    expect(await ended).toBe('answered')
  }
  await advance(12_000)
  expect(deadline.reason).toMatchObject({ kind: 'timed-out' })
})

it('stands still while somebody is asked, whatever gets on beside it', async () => {
  const deadline = new OpeningDeadline(new AbortController().signal, 12_000)
  deadline.suspend()
  deadline.renew()
  await advance(600_000)
  expect(deadline.reason).toBeUndefined()
  deadline.resume()
  await advance(12_000)
  expect(deadline.reason).toMatchObject({ kind: 'timed-out' })
})

it('ends at once with the reason of whoever gives up', async () => {
  const user = new AbortController()
  const deadline = new OpeningDeadline(user.signal, 12_000)
  const ended = outcome(deadline.within(after(60_000)))
  const reason = new AppError('cancelled', 'The connection was cancelled')
  user.abort(reason)
  expect(await ended).toBe(reason)
  deadline.stop()
  expect(vi.getTimerCount()).toBe(1)
})
