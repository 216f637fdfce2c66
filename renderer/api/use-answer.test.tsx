// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { AppError } from '../../shared/errors'
import { useAnswer, type AskOptions } from './use-answer'

afterEach(cleanup)

/** Questions that are answered by hand, in any order. */
function questions() {
  const asked: { readonly key: string; answer: (value: string) => void; fail: (reason: Error) => void }[] = []
  const ask = (key: string) =>
    new Promise<string>((resolve, reject) => asked.push({ key, answer: resolve, fail: reject }))
  return { asked, ask }
}

function show(key: string | undefined, options?: AskOptions) {
  const { asked, ask } = questions()
  const hook = renderHook(
    ({ key: now, options: how }: { key: string | undefined; options?: AskOptions | undefined }) =>
      useAnswer(now, () => ask(now ?? ''), how),
    { initialProps: { key, options } },
  )
  const settle = (run: () => void) => act(async () => run())
  return { ...hook, asked, settle }
}

test('an answer stays shown while it is asked anew, and the one before can be had', async () => {
  const { result, asked, settle } = show('a')
  expect(result.current.isLoading).toBe(true)
  await settle(() => asked[0]?.answer('one'))
  expect(result.current).toMatchObject({ value: 'one', isLoading: false })
  act(() => result.current.reload())
  expect(result.current).toMatchObject({ value: 'one', isLoading: true })
  await settle(() => asked[1]?.answer('two'))
  expect(result.current).toMatchObject({ value: 'two', before: 'one', isLoading: false })
})

test('a failure is told apart from the answer that was there, and goes with the next answer', async () => {
  const { result, asked, settle } = show('a')
  await settle(() => asked[0]?.answer('one'))
  act(() => result.current.reload())
  await settle(() => asked[1]?.fail(new AppError('timed-out', 'The host did not answer')))
  expect(result.current.value).toBe('one')
  expect(result.current.error?.message).toBe('The host did not answer')
  act(() => result.current.reload())
  await settle(() => asked[2]?.answer('two'))
  expect(result.current.value).toBe('two')
  expect(result.current.error).toBeUndefined()
})

test('a slow answer does not replace that to a later question', async () => {
  for (const isKept of [false, true]) {
    const { result, asked, settle, unmount } = show(`slow ${String(isKept)}`, { isKept })
    act(() => result.current.reload())
    await settle(() => asked[1]?.answer('new'))
    await settle(() => asked[0]?.answer('old'))
    act(() => result.current.reload())
    expect(result.current.value).toBe('new')
    unmount()
  }
})

test('a late failure of an earlier question is not told', async () => {
  const { result, asked, settle } = show('a')
  act(() => result.current.reload())
  await settle(() => asked[1]?.answer('new'))
  await settle(() => asked[0]?.fail(new Error('late')))
  expect(result.current).toMatchObject({ value: 'new' })
  expect(result.current.error).toBeUndefined()
})

test('another key is another question, whose answer is never that of the first', async () => {
  const { result, asked, settle, rerender } = show('a')
  await settle(() => asked[0]?.answer('one'))
  rerender({ key: 'b', options: undefined })
  expect(asked.map(({ key }) => key)).toEqual(['a', 'b'])
  expect(result.current.value).toBeUndefined()
  await settle(() => asked[1]?.fail(new Error('no')))
  rerender({ key: undefined, options: undefined })
  expect(result.current).toMatchObject({ isLoading: false })
  expect(result.current.error).toBeUndefined()
  expect(asked).toHaveLength(2)
})

test('what is kept is shown at once to whoever asks later, also when nothing is asked', async () => {
  const first = show('kept', { isKept: true })
  await first.settle(() => first.asked[0]?.answer('one'))
  first.unmount()
  const away = show('kept', { isKept: true, isWanted: false })
  expect(away.result.current).toMatchObject({ value: 'one', isLoading: false })
  expect(away.asked).toEqual([])
  const own = show('kept')
  expect(own.result.current.value).toBeUndefined()
})

test('what comes after nobody looks any more is kept, and draws nothing', async () => {
  const error = vi.spyOn(console, 'error')
  const first = show('gone', { isKept: true, everyMs: 1 })
  first.unmount()
  await first.settle(() => first.asked[0]?.answer('one'))
  const next = show('gone', { isKept: true, isWanted: false })
  expect(next.result.current.value).toBe('one')
  expect(first.asked).toHaveLength(1)
  expect(error).not.toHaveBeenCalled()
  error.mockRestore()
})

test('it is asked again after each answer, never twice at once', async () => {
  const { asked, settle } = show('often', { everyMs: 1 })
  await settle(() => asked[0]?.answer('one'))
  await waitFor(() => expect(asked).toHaveLength(2))
  await settle(() => asked[1]?.fail(new Error('no')))
  await waitFor(() => expect(asked).toHaveLength(3))
})
