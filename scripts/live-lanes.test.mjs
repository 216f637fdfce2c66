// @ts-check
import { expect, it } from 'vitest'
import { divide, secondsOf } from './live-lanes.mjs'

const same = (/** @type {string} */ path) => path
const long = 'electron/backends/libvirt/qemu-ssh.live.test.ts'
const others = Array.from({ length: 30 }, (_, at) => `electron/other-${at}.live.test.ts`)

it('each file is in one lane, whatever the order they are found in', () => {
  const lanes = divide([...others, long], same, 2)
  expect(lanes.flat().toSorted()).toEqual([...others, long].toSorted())
  expect(divide([long, ...others.toReversed()], same, 2)).toEqual(lanes)
})

it('lanes take about equally long', () => {
  const [a = 0, b = 0] = divide([long, ...others], same, 2).map((lane) =>
    lane.reduce((sum, path) => sum + secondsOf(path), 0),
  )
  expect(Math.abs(a - b)).toBeLessThanOrEqual(secondsOf(others[0] ?? ''))
})
