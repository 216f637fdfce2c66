import { expect, test } from 'vitest'
import { csvLine } from './csv'

test('cells with commas, quotes or line ends are quoted', () => {
  expect(csvLine(['web, 01', 'a "b"', 'c\nd', 3])).toBe('"web, 01","a ""b""","c\nd",3\r\n')
})

test('what is not known is empty', () => {
  expect(csvLine(['a', undefined, Number.NaN, 0])).toBe('a,,,0\r\n')
})

test('a name that a spreadsheet would take for a formula is a text', () => {
  expect(csvLine(['=1+2', '-x', -1])).toBe("'=1+2,'-x,-1\r\n")
})
