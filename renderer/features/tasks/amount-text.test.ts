import { expect, test } from 'vitest'
import { amountText } from './amount-text'

const gib = 1024 ** 3
const mib = 1024 ** 2

test('a copy says how far it is, how fast, and how long it will take', () => {
  expect(amountText({ doneBytes: 1.2 * gib, totalBytes: 4 * gib, bytesPerSecond: 118 * mib })).toBe(
    '1.2 of 4 GiB, 118 MiB/s, 24 s left',
  )
})

test('units are said once while they are the same', () => {
  expect(amountText({ doneBytes: 300 * mib, totalBytes: 4 * gib })).toBe('300 MiB of 4 GiB')
  expect(amountText({ doneBytes: 3 * gib, totalBytes: 4 * gib })).toBe('3 of 4 GiB')
})

test('nothing is promised of a copy that stands still or is complete', () => {
  expect(amountText({ doneBytes: gib, totalBytes: 4 * gib, bytesPerSecond: 0 })).toBe('1 of 4 GiB')
  expect(amountText({ doneBytes: 4 * gib, totalBytes: 4 * gib, bytesPerSecond: mib })).toBe(
    '4 of 4 GiB, 1 MiB/s',
  )
})
