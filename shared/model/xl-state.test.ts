import { expect, test } from 'vitest'
import { xlLetters, xlWords } from './xl-state'

test('letters are told apart wherever they stand', () => {
  expect(xlLetters('-b----')).toEqual(['b'])
  expect(xlLetters('--p--d')).toEqual(['p', 'd'])
  expect(xlLetters('------')).toEqual([])
})

test('a state is explained by the letter that xl has for it, and what xl does not list is not', () => {
  expect(xlWords('paused')).toBe('--p--- in xl list: it keeps its memory and gets no CPU until it is resumed')
  expect(xlWords('running')).toMatch(/^r----- .*, or -b---- while it waits/)
  expect(xlWords('shut-off')).toBeUndefined()
})
