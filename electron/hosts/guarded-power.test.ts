import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../shared/errors'
import type { ActionContext } from '../backends/backend'
import { guardedPower } from './guarded-power'

const hourMs = 3_600_000
let cancel: AbortController
let context: ActionContext

beforeEach(() => {
  vi.useFakeTimers()
  cancel = new AbortController()
  context = { signal: cancel.signal, onProgress: () => undefined }
})
afterEach(() => {
  vi.useRealTimers()
})

const never = () => new Promise<void>(() => undefined)
const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)
/** How it ended, once it has. */
const outcome = (work: Promise<void>) =>
  work.then(
    () => 'done',
    (error: unknown) => error,
  )

describe('a power action that takes too long', () => {
  it('says that the host may still be doing it', async () => {
    const ended = outcome(guardedPower('start', context, never))
    await advance(120_000)
    expect(await ended).toMatchObject({
      kind: 'timed-out',
      message: 'Changing the power state: the host did not answer within 120 s',
      cure: 'The host may still be doing it. See what has become of it before you try again',
    })
  })

  it('is stopped on the host when it is a save, and says so', async () => {
    let wasAsked = false
    const saving = guardedPower('save', context, ({ signal }) => {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          wasAsked = true
          setTimeout(() => reject(new AppError('cancelled', 'Cancelled')), 2_000)
        })
      })
    })
    const ended = outcome(saving)
    await advance(hourMs + 2_000)
    expect(wasAsked).toBe(true)
    expect(await ended).toMatchObject({
      kind: 'timed-out',
      message: 'Saving made no progress for 60 minutes and was stopped',
    })
  })

  it('says that a save may still be going on when the host does not stop it', async () => {
    const ended = outcome(guardedPower('save', context, never))
    await advance(hourMs + 15_000)
    expect(await ended).toMatchObject({ kind: 'timed-out', cure: expect.stringContaining('may still') })
  })

  it('has succeeded when it ended just then', async () => {
    const saving = guardedPower('save', context, ({ signal }) => {
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve())
      })
    })
    const ended = outcome(saving)
    await advance(hourMs)
    expect(await ended).toBe('done')
  })
})

it('lets a save go on for as long as it makes progress', async () => {
  const told: number[] = []
  let finish = (): void => undefined
  let progress: (fraction: number) => void = () => undefined
  const saving = guardedPower(
    'save',
    { ...context, onProgress: (fraction) => told.push(fraction) },
    ({ onProgress }) => {
      progress = onProgress
      return new Promise((resolve) => {
        finish = resolve
      })
    },
  )
  for (const fraction of [0.2, 0.4, 0.6, 0.8]) {
    await advance(hourMs - 1)
    progress(fraction)
  }
  finish()
  expect(await outcome(saving)).toBe('done')
  expect(told).toEqual([0.2, 0.4, 0.6, 0.8])
})

it('does not take a progress that stands still for one', async () => {
  let progress: (fraction: number) => void = () => undefined
  const ended = outcome(
    guardedPower('save', context, ({ onProgress }) => {
      progress = onProgress
      return never()
    }),
  )
  progress(0.5)
  await advance(hourMs / 2)
  progress(0.5)
  await advance(hourMs / 2 + 15_000)
  expect(await ended).toMatchObject({ kind: 'timed-out' })
})

it('passes on that the user cancelled', async () => {
  const ended = outcome(
    guardedPower('save', context, ({ signal }) => {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
    }),
  )
  cancel.abort(new AppError('cancelled', 'The task was cancelled'))
  expect(await ended).toMatchObject({ kind: 'cancelled', message: 'The task was cancelled' })
})
