import { expect, it } from 'vitest'
import { FreshMemory } from './fresh-memory'

function at(): { memory: FreshMemory; pass(seconds: number): void } {
  let nowMs = 0
  return { memory: new FreshMemory(() => nowMs), pass: (seconds) => void (nowMs += seconds * 1000) }
}

it('believes a guest only once a newer report has come', () => {
  const { memory, pass } = at()
  expect(memory.isFresh('a', 1000)).toBe(false)
  pass(2)
  expect(memory.isFresh('a', 1000)).toBe(false)
  pass(2)
  expect(memory.isFresh('a', 1005)).toBe(true)
  expect(memory.isFresh('b', 1005)).toBe(false)
})

it('takes figures for unknown once the reports have stopped', () => {
  const { memory, pass } = at()
  memory.isFresh('a', 1000)
  pass(10)
  expect(memory.isFresh('a', 1010)).toBe(true)
  pass(30)
  expect(memory.isFresh('a', 1010)).toBe(true)
  pass(1)
  expect(memory.isFresh('a', 1010)).toBe(false)
})

it('does not bear with a guest for long that comes back after a day', () => {
  const { memory, pass } = at()
  memory.isFresh('a', 1000)
  pass(1)
  expect(memory.isFresh('a', 90_000)).toBe(true)
  pass(121)
  expect(memory.isFresh('a', 90_000)).toBe(false)
})

it('believes no guest that was never asked, nor the report of an earlier run', () => {
  const { memory, pass } = at()
  expect(memory.isFresh('a', 0)).toBe(false)
  expect(memory.isFresh('a', undefined)).toBe(false)
  memory.isFresh('a', 1000)
  pass(2)
  expect(memory.isFresh('a', 400)).toBe(false)
})
