import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchKeyboard, type GrabKeys } from './keyboard-grab'

let canvas: HTMLElement
let outside: HTMLButtonElement
let stop: () => void
const onChange = vi.fn()
const onRelease = vi.fn()
const onSticky = vi.fn()
const hold = vi.fn()
let keys: GrabKeys = { release: 'ctrl-alt', kept: [] }
const guestGets: string[] = []

beforeEach(() => {
  onChange.mockClear()
  onRelease.mockReset()
  onSticky.mockClear()
  hold.mockClear()
  keys = { release: 'ctrl-alt', kept: [] }
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
  stop = watchKeyboard(holder, { onChange, onRelease, onSticky, hold }, () => keys)
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

test('other keys that are chosen release the keyboard in place of Ctrl+Alt', async () => {
  keys = { release: 'ctrl-right', kept: [] }
  await press('+ControlLeft', '+AltLeft', '-ControlLeft', '-AltLeft')
  await press('+ControlRight', '+KeyC', '-KeyC', '-ControlRight')
  expect(onRelease).not.toHaveBeenCalled()
  await press('+ControlRight', '-ControlRight')
  expect(onRelease).toHaveBeenCalledTimes(1)
})

test('a combination that is never sent goes to the window, with nothing left pressed in the guest', async () => {
  keys = { release: 'ctrl-alt', kept: [{ held: ['ctrl'], code: 'F11' }] }
  const onWindow = vi.fn()
  document.addEventListener('keydown', onWindow)
  await press('+ControlLeft')
  const event = new KeyboardEvent('keydown', { code: 'F11', key: 'F11', ctrlKey: true, bubbles: true })
  canvas.dispatchEvent(event)
  document.removeEventListener('keydown', onWindow)
  expect(guestGets).toEqual(['+ControlLeft', '-ControlLeft'])
  expect(onWindow.mock.calls.map(([{ code }]) => code)).toEqual(['F11'])
})

test('a modifier pressed three times is held for the guest', async () => {
  for (let time = 0; time < 3; time += 1) await press('+AltLeft', '-AltLeft')
  await expect.poll(() => hold.mock.calls).toEqual([['AltLeft', true]])
  expect(onSticky.mock.lastCall).toEqual([['AltLeft']])
})
