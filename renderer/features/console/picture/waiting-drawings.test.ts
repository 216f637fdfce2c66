import { expect, test } from 'vitest'
import type { Drawing } from './drawing'
import { WaitingDrawings } from './waiting-drawings'

const at = (x: number, y: number, width = 10, height = 10) => ({ x, y, width, height })
const pixels = (rect: Drawing['rect']): Drawing => ({ kind: 'pixels', rect, write: () => {} })
const copy = (rect: Drawing['rect']): Drawing => ({ kind: 'copy', rect, fromX: 50, fromY: 50 })

test('what a later update covers is never drawn', () => {
  const waiting = new WaitingDrawings()
  const [covered, beside] = [pixels(at(0, 0)), pixels(at(10, 0))]
  waiting.add([covered, beside])
  const later = pixels(at(0, 0))
  waiting.add([later])
  expect(waiting.take()).toEqual([beside, later])
  expect(waiting.length).toBe(0)
})

test('what is covered in part is drawn first', () => {
  const waiting = new WaitingDrawings()
  const [earlier, later] = [pixels(at(0, 0)), pixels(at(5, 5))]
  waiting.add([earlier])
  waiting.add([later])
  expect(waiting.take()).toEqual([earlier, later])
})

test('what a copy may be of is drawn before it, although it is covered later', () => {
  const waiting = new WaitingDrawings()
  const drawings = [pixels(at(50, 50)), copy(at(0, 0)), pixels(at(50, 50))]
  for (const drawing of drawings) waiting.add([drawing])
  expect(waiting.take()).toEqual(drawings)
})

test('a frame of video that is covered gives its memory back', async () => {
  let isClosed = false
  const frame = { close: () => (isClosed = true) } as unknown as VideoFrame
  const waiting = new WaitingDrawings()
  waiting.add([{ kind: 'video', rect: at(0, 0), coming: { promise: Promise.resolve(), frame } }])
  waiting.add([pixels(at(0, 0))])
  await expect.poll(() => isClosed).toBe(true)
})
