import { expect, test } from 'vitest'
import type { Pool } from './pool'
import { poolAlarm } from './pool-alarm'

const pool = (usedPercent: number, change: Partial<Pool> = {}): Pool => ({
  name: 'images',
  uuid: 'u',
  state: 'running',
  type: 'dir',
  isAutostart: true,
  isPersistent: true,
  capacityBytes: 1000,
  allocationBytes: usedPercent * 10,
  availableBytes: 1000 - usedPercent * 10,
  ...change,
})

test('a pool is told of when little is left, and again when next to nothing is', () => {
  expect([0, 50, 89, 90, 96, 97, 100].map((used) => poolAlarm(pool(used)))).toEqual([
    undefined,
    undefined,
    undefined,
    'tight',
    'tight',
    'full',
    'full',
  ])
})

test('an alarm lasts until clearly more is free, so that it does not come and go', () => {
  expect([96, 95, 94, 90, 87, 86].map((used) => poolAlarm(pool(used), 'full'))).toEqual([
    'full',
    'full',
    'tight',
    'tight',
    'tight',
    undefined,
  ])
  expect([97, 90, 88, 87, 86].map((used) => poolAlarm(pool(used), 'tight'))).toEqual([
    'full',
    'tight',
    'tight',
    'tight',
    undefined,
  ])
})

test('what is kept for root counts as used, as guests do not get it', () => {
  expect(poolAlarm(pool(88, { availableBytes: 20 }))).toBe('full')
})

test('pools whose volumes have all their space, and those without sizes, raise none', () => {
  expect(poolAlarm(pool(100, { type: 'logical' }))).toBeUndefined()
  const { capacityBytes: _, allocationBytes: __, availableBytes: ___, ...stopped } = pool(100)
  expect(poolAlarm(stopped)).toBeUndefined()
  expect(poolAlarm(pool(0, { capacityBytes: 0 }))).toBeUndefined()
})
