import { expect, it, vi } from 'vitest'
import { unlessAborted } from './unless-aborted'

it('passes on what comes, and what fails', async () => {
  const { signal } = new AbortController()
  expect(await unlessAborted(signal, Promise.resolve(7))).toBe(7)
  await expect(unlessAborted(signal, Promise.reject(new Error('no')))).rejects.toThrow('no')
})

it('ends at once when it is cancelled, and hands what comes nevertheless to be closed', async () => {
  const abort = new AbortController()
  let come: (what: string) => void = () => undefined
  const late = vi.fn()
  const waiting = unlessAborted(abort.signal, new Promise<string>((resolve) => (come = resolve)), late)
  abort.abort()
  await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' })
  come('too late')
  await expect.poll(() => late.mock.calls).toEqual([['too late']])
  await expect(unlessAborted(abort.signal, Promise.reject(new Error('no')))).rejects.toMatchObject({
    kind: 'cancelled',
  })
})
