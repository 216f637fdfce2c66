import '../../test-dom'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type RFB from '@novnc/novnc'
import { askForMotion, catchPointer, type CaughtPointer, type PointerKind } from './caught-pointer'

const middle = 0x7fff
let canvas: HTMLCanvasElement
let sent: (readonly [x: number, y: number, mask: number])[]
let placed: (readonly [x: number, y: number, mask: number])[]
let kinds: PointerKind[]
let caught: CaughtPointer
let locked: Element | null
let isLockRefused: boolean
const rfb = {
  _sock: {},
  _decoders: {} as Record<number, { decodeRect(x: number): boolean }>,
  viewOnly: false,
  _sendMouse: (_x: number, _y: number, _mask: number) => {},
}
const messages = {
  clientEncodings: (_sock: object, _encodings: readonly number[]) => {},
  pointerEvent: (_sock: object, x: number, y: number, mask: number) => void sent.push([x, y, mask]),
}

beforeEach(() => {
  canvas = document.body.appendChild(document.createElement('canvas'))
  canvas.tabIndex = 0
  sent = []
  placed = []
  kinds = []
  locked = null
  isLockRefused = false
  rfb.viewOnly = false
  rfb._sendMouse = (x, y, mask) => void placed.push([x, y, mask])
  const lock = (element: Element | null): void => {
    locked = element
    document.dispatchEvent(new Event('pointerlockchange'))
  }
  Object.defineProperty(document, 'pointerLockElement', { get: () => locked, configurable: true })
  document.exitPointerLock = () => lock(null)
  canvas.requestPointerLock = async () => {
    if (isLockRefused) throw new Error('no')
    lock(canvas)
  }
  caught = catchPointer(rfb as unknown as RFB, messages, canvas, (kind) => kinds.push(kind))
})

afterEach(() => {
  caught.stop()
  canvas.remove()
})

const server = (isPlaced: boolean): boolean | undefined => rfb._decoders[-257]?.decodeRect(isPlaced ? 1 : 0)
const move = (movementX: number, movementY: number): void => {
  const event = new MouseEvent('mousemove')
  Object.defineProperties(event, { movementX: { value: movementX }, movementY: { value: movementY } })
  canvas.dispatchEvent(event)
  // as noVNC does, with the place it is at
  rfb._sendMouse(400, 300, 0)
}
/** Whether it came as far as noVNC. */
const press = (): boolean => {
  const seen = vi.fn()
  canvas.addEventListener('mousedown', seen, { once: true })
  canvas.dispatchEvent(new MouseEvent('mousedown'))
  return seen.mock.calls.length > 0
}

test('every list of encodings asks to be told how the pointer is taken, once', () => {
  const lists: (readonly number[])[] = []
  const own = { ...messages, clientEncodings: (_: object, list: readonly number[]) => void lists.push(list) }
  askForMotion(own)
  askForMotion(own)
  own.clientEncodings({}, [7, 0])
  expect(lists).toEqual([[7, 0, -257]])
})

test('where the server takes places they are sent as they are', () => {
  move(5, 5)
  expect(server(true)).toBe(true)
  move(5, 5)
  expect(press()).toBe(true)
  expect(placed).toEqual([
    [400, 300, 0],
    [400, 300, 0],
  ])
  expect(sent).toEqual([])
  expect(kinds).toEqual(['placed'])
})

test('where it takes distances a click catches the pointer, and only then the guest is told how far it goes', () => {
  server(false)
  move(9, 9)
  expect(sent).toEqual([])
  expect(press()).toBe(false)
  expect(kinds).toEqual(['moved', 'caught'])
  move(3, -2)
  move(0, 0)
  expect(press()).toBe(true)
  rfb._sendMouse(400, 300, 1)
  expect(sent).toEqual([
    [middle + 3, middle - 2, 0],
    [middle, middle, 1],
  ])
  expect(placed).toEqual([])
})

test('what is less than a step is not lost, and what is too far is told in parts', () => {
  server(false)
  press()
  move(0.4, 0)
  move(0.4, 0)
  move(0.4, 40_000)
  move(0, 0)
  expect(sent).toEqual([
    [middle + 1, middle + middle, 0],
    [middle, middle + 40_000 - middle, 0],
  ])
})

test('it is given back when it is released, when a tablet comes, and at the end', () => {
  for (const end of [() => caught.release(), () => server(true), () => caught.stop()]) {
    server(false)
    press()
    expect(locked).toBe(canvas)
    end()
    expect(locked).toBeNull()
  }
})

test('a window that does not get it lets the guest follow as far as the screen goes', async () => {
  isLockRefused = true
  server(false)
  expect(press()).toBe(false)
  await Promise.resolve()
  await Promise.resolve()
  expect(press()).toBe(true)
  move(4, 4)
  expect(sent).toEqual([[middle + 4, middle + 4, 0]])
})

test('who only looks moves nothing', () => {
  server(false)
  rfb.viewOnly = true
  expect(press()).toBe(true)
  move(4, 4)
  expect([sent, placed]).toEqual([[], []])
  expect(locked).toBeNull()
})
