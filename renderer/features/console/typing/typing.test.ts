import { expect, test } from 'vitest'
import { layoutOf, type KeyboardLayout } from './layout'
import { nameOfCharacter, planTyping } from './plan'
import { typeStrokes } from './typist'

const german = layoutOf('de') as KeyboardLayout

function typed(text: string, cancelAfter = Infinity) {
  const events: string[] = []
  const counts: number[] = []
  const abort = new AbortController()
  const done = typeStrokes(
    planTyping(text, german).characters,
    (_keysym, code, isDown) => events.push(`${isDown ? '+' : '-'}${code}`),
    {
      strokeMs: 0,
      signal: abort.signal,
      onProgress: (count) => {
        counts.push(count)
        if (count === cancelAfter) abort.abort()
      },
    },
  )
  return { events, counts, done }
}

test('what the layout cannot make is told once each and left out', () => {
  const plan = planTyping('aЖbЖ漢', german)
  expect(plan.characters).toHaveLength(2)
  expect(plan.missing).toEqual(['Ж', '漢'])
})

test('line ends of Windows are one Enter, and an accent of its own joins its letter', () => {
  expect(
    planTyping('a\r\nb\re\u0301', german).characters.map((strokes) => strokes.map(({ code }) => code)),
  ).toEqual([['KeyA'], ['Enter'], ['KeyB'], ['Enter'], ['Equal', 'KeyE']])
})

test('a character without a picture is named by its number', () => {
  expect(['Ж', '\u0007', '\u00a0'].map(nameOfCharacter)).toEqual(['Ж (U+0416)', 'U+0007', 'U+00A0'])
})

test('modifiers are held around their key only', async () => {
  const { events, counts, done } = typed('A@')
  expect(await done).toBe(true)
  expect(events.join(' ')).toBe('+ShiftLeft +KeyA -KeyA -ShiftLeft +AltRight +KeyQ -KeyQ -AltRight')
  expect(counts).toEqual([1, 2])
})

test('typing that is cancelled ends after the key it is at, with nothing left pressed', async () => {
  const { events, done } = typed('ABC', 1)
  expect(await done).toBe(false)
  expect(events).toEqual(['+ShiftLeft', '+KeyA', '-KeyA', '-ShiftLeft'])
})
