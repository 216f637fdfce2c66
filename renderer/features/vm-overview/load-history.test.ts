import { expect, test, vi } from 'vitest'
import { hostId, vmId, type VmRef } from '../../../shared/model/ids'
import { packTick, type PackedTick } from '../../../shared/model/packed-tick'
import { LoadHistory } from './load-history'

const host = hostId.parse('h')
const refOf = (n: number): VmRef => ({
  host,
  vm: vmId.parse(`00000000-0000-0000-0000-${String(n).padStart(12, '0')}`),
})
const one = refOf(1)

function setUp() {
  let tell = (_: PackedTick): void => {}
  const history = new LoadHistory({
    onTick: (listener) => {
      tell = listener
      return () => {}
    },
  })
  const tick = (atMs: number, cpuPercent: number, ref = one): void =>
    tell(packTick({ host, atMs, samples: [{ id: ref.vm, cpuPercent }] }))
  return { history, tick }
}

test('only watched VMs are kept, newest last', () => {
  const { history, tick } = setUp()
  history.watch(one)
  tick(2000, 10)
  tick(4000, 20)
  tick(4000, 99, refOf(2))
  expect(history.pointsOf(one)).toEqual([
    { atMs: 2000, cpuPercent: 10 },
    { atMs: 4000, cpuPercent: 20 },
  ])
  expect(history.pointsOf(refOf(2))).toEqual([])
})

test('the list stays the same object until something is added', () => {
  const { history, tick } = setUp()
  history.watch(one)
  tick(2000, 10)
  const before = history.pointsOf(one)
  tick(3000, 1, refOf(2))
  expect(history.pointsOf(one)).toBe(before)
})

test('what is older than two minutes goes', () => {
  const { history, tick } = setUp()
  history.watch(one)
  for (let atMs = 0; atMs <= 400_000; atMs += 10_000) tick(atMs, 1)
  expect(history.pointsOf(one)[0]?.atMs).toBe(280_000)
  expect(history.pointsOf(one).at(-1)?.atMs).toBe(400_000)
})

test('fast ticks never make more than 300 points', () => {
  const { history, tick } = setUp()
  history.watch(one)
  for (let i = 0; i < 1000; i += 1) tick(i * 100, 1)
  expect(history.pointsOf(one)).toHaveLength(300)
})

test('after a long silence or a clock that went back the chart begins anew', () => {
  const { history, tick } = setUp()
  history.watch(one)
  tick(2000, 10)
  tick(40_000, 20)
  expect(history.pointsOf(one)).toEqual([{ atMs: 40_000, cpuPercent: 20 }])
  tick(1000, 30)
  expect(history.pointsOf(one)).toEqual([{ atMs: 1000, cpuPercent: 30 }])
})

test('what the list knew already is shown at once, and coming back keeps what was recorded meanwhile', () => {
  const { history, tick } = setUp()
  history.watch(one, [{ atMs: 0, cpuPercent: 5 }])
  tick(2000, 10)
  history.watch(one, [])
  expect(history.pointsOf(one)).toHaveLength(2)
})

test('of many pages opened the one opened longest ago is forgotten', () => {
  const { history, tick } = setUp()
  for (let n = 1; n <= 8; n += 1) history.watch(refOf(n))
  history.watch(refOf(1))
  history.watch(refOf(9))
  tick(2000, 10, refOf(1))
  tick(2000, 10, refOf(2))
  expect(history.pointsOf(refOf(1))).toHaveLength(1)
  expect(history.pointsOf(refOf(2))).toHaveLength(0)
})

test('listeners hear of new points of watched VMs only', () => {
  const { history, tick } = setUp()
  const heard = vi.fn()
  history.subscribe(heard)
  history.watch(one)
  tick(2000, 10)
  tick(2000, 10, refOf(2))
  expect(heard).toHaveBeenCalledTimes(1)
})
