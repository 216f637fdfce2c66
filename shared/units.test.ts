import { expect, test } from 'vitest'
import { formatBytes } from './units'

test('a size is written with the unit people would choose, without needless digits', () => {
  expect(formatBytes(0)).toBe('0 B')
  expect(formatBytes(1023)).toBe('1023 B')
  expect(formatBytes(1536)).toBe('1.5 KiB')
  expect(formatBytes(20 * 1024 ** 3)).toBe('20 GiB')
})

test('what rounds to a whole of the next unit is written in that', () => {
  expect(formatBytes(1024 ** 4 - 196 * 1024)).toBe('1 TiB')
  expect(formatBytes(1023.4 * 1024 ** 3)).toBe('1023.4 GiB')
})
