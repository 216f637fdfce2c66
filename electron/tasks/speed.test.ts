import { expect, it } from 'vitest'
import { Speed } from './speed'

it('is not told before half a second has gone by', () => {
  const speed = new Speed()
  expect(speed.at(0, 0)).toBeUndefined()
  expect(speed.at(400, 4_000_000)).toBeUndefined()
  expect(speed.at(500, 5_000_000)).toBe(10_000_000)
})

it('follows a copy that becomes slower within seconds', () => {
  const speed = new Speed()
  let bytes = 0
  for (let ms = 0; ms <= 5000; ms += 100) speed.at(ms, (bytes += 1000))
  let told: number | undefined
  for (let ms = 5100; ms <= 10_000; ms += 100) told = speed.at(ms, (bytes += 10))
  expect(told).toBeGreaterThan(80)
  expect(told).toBeLessThan(120)
})

it('of a copy that stands still is nothing, and never below', () => {
  const speed = new Speed()
  for (let ms = 0; ms <= 1000; ms += 100) speed.at(ms, ms)
  expect(speed.at(9000, 1000)).toBe(0)
  expect(speed.at(9100, 0)).toBe(0)
})
