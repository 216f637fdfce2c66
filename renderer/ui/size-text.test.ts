import { expect, test } from 'vitest'
import { numberText, readSize, unitFor } from './size-text'

const gib = 1024 ** 3

test('a size is shown in the biggest unit that says it exactly', () => {
  expect(unitFor(4 * gib)).toBe('GiB')
  expect(unitFor(1.5 * gib)).toBe('MiB')
  expect(unitFor(gib + 1)).toBe('bytes')
  expect(unitFor(0)).toBe('bytes')
  expect(numberText(1.5 * gib, 'GiB')).toBe('1.5')
})

test('a typed unit counts before the chosen one', () => {
  expect(readSize('512', 'MiB')).toEqual({ bytes: 512 * 1024 ** 2, unit: 'MiB' })
  expect(readSize('1,5 g', 'MiB')).toEqual({ bytes: 1.5 * gib, unit: 'GiB' })
  expect(readSize('100 bytes', 'GiB')).toEqual({ bytes: 100, unit: 'bytes' })
  expect(readSize('2 KB', 'GiB')).toEqual({ bytes: 2048, unit: 'KiB' })
})

test('what is no whole number of bytes is no size', () => {
  for (const text of ['', 'many', '-1', '1.3', '1e3', '1.5 b'])
    expect(readSize(text, 'bytes')).toBeUndefined()
  expect(readSize('0.3', 'KiB')).toBeUndefined()
})
