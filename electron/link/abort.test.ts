import { once } from 'node:events'
import { expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { abortable, abortError } from './abort'

it('a deadline that passes is told as time that ran out, and not as a wish of the user', async () => {
  const signal = AbortSignal.timeout(1)
  if (!signal.aborted) await once(signal, 'abort')
  expect(abortError(signal)).toMatchObject({ kind: 'timed-out', cure: expect.stringMatching(/\.$/) })
  await expect(abortable(new Promise(() => undefined), signal)).rejects.toMatchObject({ kind: 'timed-out' })
})

it('a wish of the user is told as such, and a reason of ours as it is', () => {
  expect(abortError(AbortSignal.abort())).toMatchObject({ kind: 'cancelled' })
  const gone = new AppError('unreachable', 'The host is gone')
  expect(abortError(AbortSignal.abort(gone))).toBe(gone)
})
