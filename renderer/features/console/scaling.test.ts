import { expect, test } from 'vitest'
import { place } from './scaling'

const view = { width: 1000, height: 600 }

test('a screen bigger than the view is shrunk to fit and centred', () => {
  expect(place({ width: 2000, height: 1000 }, view, 'fit', 1)).toEqual({
    left: 0,
    top: 50,
    width: 1000,
    height: 500,
    isExact: false,
    percent: 50,
  })
})

test('a small screen is enlarged by a whole number when that uses most of the view', () => {
  expect(place({ width: 400, height: 260 }, view, 'fit', 1)).toMatchObject({
    width: 800,
    height: 520,
    isExact: true,
    percent: 200,
  })
})

test('a screen that almost fills the view keeps its own size', () => {
  expect(place({ width: 800, height: 500 }, view, 'fit', 1)).toMatchObject({ width: 800, isExact: true })
})

test('a screen for which no whole number is big enough fills the view', () => {
  expect(place({ width: 600, height: 400 }, view, 'fit', 1)).toMatchObject({
    width: 900,
    height: 600,
    isExact: false,
    percent: 150,
  })
})

test('actual size is one device pixel per guest pixel on every display', () => {
  expect(place({ width: 800, height: 600 }, view, 'actual', 1.25)).toMatchObject({
    width: 640,
    height: 480,
    isExact: true,
    percent: 100,
  })
})

test('the screen begins on a whole device pixel', () => {
  const { left, top } = place({ width: 301, height: 201 }, { width: 1000, height: 600 }, 'actual', 1)
  expect([left, top]).toEqual([349, 199])
})

test('a screen bigger than the view begins at its corner, so that scrolling reaches all of it', () => {
  expect(place({ width: 3000, height: 2000 }, view, 'actual', 1)).toMatchObject({
    left: 0,
    top: 0,
    width: 3000,
  })
})

test('sizes of nothing do no harm', () => {
  for (const guest of [
    { width: 0, height: 0 },
    { width: 800, height: 600 },
  ]) {
    const placed = place(guest, { width: 0, height: 0 }, 'fit', 0)
    expect(Object.values(placed).every((value) => typeof value === 'boolean' || Number.isFinite(value))).toBe(
      true,
    )
  }
})
