import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchKeyboard } from './keyboard-grab'

let canvas: HTMLElement
let outside: HTMLButtonElement
let stop: () => void
const onChange = vi.fn()
const onRelease = vi.fn()
const guestGets: string[] = []

beforeEach(() => {
  onChange.mockClear()
  onRelease.mockClear()
  guestGets.length = 0
  const holder = document.createElement('div')
  canvas = document.createElement('div')
  canvas.tabIndex = 0
  // As noVNC does it: reads the keys and stops them.
  for (const type of ['keydown', 'keyup'] as const) {
    canvas.addEventListener(type, (event) => {
      event.stopPropagation()
      guestGets.push(`${type === 'keydown' ? '+' : '-'}${event.code}`)
    })
  }
  outside = document.createElement('button')
  holder.append(canvas)
  document.body.append(holder, outside)
  stop = watchKeyboard(holder, { onChange, onRelease })
  canvas.focus()
})

afterEach(() => {
  stop()
  document.body.replaceChildren()
})

async function press(...words: string[]): Promise<void> {
  for (const word of words) {
    const type = word.startsWith('+') ? 'keydown' : 'keyup'
    canvas.dispatchEvent(new KeyboardEvent(type, { code: word.slice(1), key: word.slice(1), bubbles: true }))
  }
  await Promise.resolve()
}

test('the screen says when it has the keyboard and when not', () => {
  outside.focus()
  expect(onChange.mock.calls).toEqual([[true], [false]])
})

test('Ctrl+Alt and nothing else lets the keyboard go, after the guest saw both keys released', async () => {
  onRelease.mockImplementation(() => guestGets.push('released'))
  await press('+ControlLeft', '+AltLeft', '-ControlLeft', '-AltLeft')
  expect(guestGets).toEqual(['+ControlLeft', '+AltLeft', '-ControlLeft', '-AltLeft', 'released'])
})

test('Ctrl+Alt as part of a longer combination belongs to the guest', async () => {
  await press('+ControlLeft', '+AltLeft', '+KeyT', '-KeyT', '-AltLeft', '-ControlLeft')
  expect(onRelease).not.toHaveBeenCalled()
})

test('Ctrl or Alt alone belongs to the guest', async () => {
  await press('+ControlLeft', '-ControlLeft', '+AltLeft', '-AltLeft')
  expect(onRelease).not.toHaveBeenCalled()
})

test('keys still held when the focus leaves are released for the guest', async () => {
  await press('+ShiftLeft', '+KeyA')
  outside.focus()
  expect(guestGets).toEqual(['+ShiftLeft', '+KeyA', '-ShiftLeft', '-KeyA'])
})
