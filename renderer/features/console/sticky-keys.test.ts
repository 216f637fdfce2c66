import { expect, test } from 'vitest'
import { StickyKeys } from './sticky-keys'

function setUp() {
  const told: string[] = []
  let atMs = 0
  const keys = new StickyKeys({
    hold: (code, isDown) => told.push(`${isDown ? '+' : '-'}${code}`),
    onChange: (held) => told.push(`held: ${held.join(' ')}`),
  })
  const tap = (code: string, times = 1, gapMs = 100): void => {
    for (let time = 0; time < times; time += 1) {
      keys.keyDown(code, (atMs += gapMs), false)
      keys.keyUp(code, (atMs += 50))
    }
  }
  return { told, keys, tap, later: (ms: number) => (atMs += ms) }
}

test('a modifier pressed three times stays down until the next other key is let go', () => {
  const { told, tap } = setUp()
  tap('ControlLeft', 3)
  expect(told).toEqual(['+ControlLeft', 'held: ControlLeft'])
  tap('F2')
  expect(told.slice(2)).toEqual(['-ControlLeft', 'held: '])
})

test('other modifiers pressed with the next key do not end it', () => {
  const { told, keys, tap } = setUp()
  tap('ControlLeft', 3)
  keys.keyDown('AltLeft', 5000, false)
  tap('F2')
  keys.keyUp('AltLeft', 6000)
  expect(told).toEqual(['+ControlLeft', 'held: ControlLeft', '-ControlLeft', 'held: '])
})

test('two modifiers can be held together', () => {
  const { told, tap } = setUp()
  tap('ControlLeft', 3)
  tap('AltLeft', 3)
  expect(told.at(-1)).toBe('held: ControlLeft AltLeft')
})

test('pressing it once more makes it an ordinary key again', () => {
  const { told, tap } = setUp()
  tap('ShiftLeft', 4)
  expect(told).toEqual(['+ShiftLeft', 'held: ShiftLeft', 'held: '])
})

test('presses far apart, with other keys between, or held down for long do not count', () => {
  const { told, keys, tap, later } = setUp()
  tap('ControlLeft', 2)
  later(5000)
  tap('ControlLeft', 2)
  tap('KeyC')
  tap('ControlLeft', 2)
  tap('AltLeft', 1)
  tap('ControlLeft', 2)
  for (let repeat = 0; repeat < 10; repeat += 1) keys.keyDown('ShiftLeft', 20_000 + repeat, repeat > 0)
  expect(told).toEqual([])
})

test('what is held is let go when the screen loses the keyboard', () => {
  const { told, keys, tap } = setUp()
  tap('AltLeft', 3)
  keys.release()
  expect(told).toEqual(['+AltLeft', 'held: AltLeft', '-AltLeft', 'held: '])
})
