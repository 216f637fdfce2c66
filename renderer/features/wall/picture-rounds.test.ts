import { expect, test } from 'vitest'
import { hostId, vmId, type VmRef } from '../../../shared/model/ids'
import { PictureRounds } from './picture-rounds'

const vm = (host: string, number: number): VmRef => ({
  host: hostId.parse(host),
  vm: vmId.parse(`00000000-0000-0000-0000-${String(number).padStart(12, '0')}`),
})

/** Time stands still unless it is moved; pictures come when they are let come. */
function setUp() {
  let nowMs = 0
  const taken: string[] = []
  const open = new Map<string, () => void>()
  let timer: { readonly atMs: number; readonly run: () => void } | undefined
  const rounds = new PictureRounds({
    nowMs: () => nowMs,
    later: (run, delayMs) => {
      const mine = { atMs: nowMs + delayMs, run }
      timer = mine
      return () => {
        if (timer === mine) timer = undefined
      }
    },
    take: (ref) => {
      const name = `${ref.host}${Number(ref.vm.slice(-3))}`
      taken.push(name)
      return new Promise((resolve) => open.set(name, resolve))
    },
  })
  const turn = () => new Promise((resolve) => setTimeout(resolve))
  return {
    rounds,
    taken,
    async come(name: string, afterMs: number) {
      nowMs += afterMs
      open.get(name)?.()
      open.delete(name)
      await turn()
    },
    async wait(ms: number) {
      const untilMs = nowMs + ms
      while (timer && timer.atMs <= untilMs) {
        nowMs = timer.atMs
        const { run } = timer
        timer = undefined
        run()
        await turn()
      }
      nowMs = untilMs
    },
  }
}

test('a host is asked for one picture at a time, and several hosts at once', () => {
  const { rounds, taken } = setUp()
  rounds.show([vm('a', 1), vm('a', 2), vm('b', 1)])
  expect(taken).toEqual(['a1', 'b1'])
})

test('a first picture follows when the host has rested as long as the last one took', async () => {
  const { rounds, taken, come, wait } = setUp()
  rounds.show([vm('a', 1), vm('a', 2)])
  await come('a1', 100)
  await wait(99)
  expect(taken).toEqual(['a1'])
  await wait(1)
  expect(taken).toEqual(['a1', 'a2'])
})

test('once all have one, a slow host rests nine times as long as the last picture took', async () => {
  const { rounds, taken, come, wait } = setUp()
  rounds.show([vm('a', 1)])
  await come('a1', 1000)
  await wait(8999)
  expect(taken).toEqual(['a1'])
  await wait(1)
  expect(taken).toEqual(['a1', 'a1'])
})

test('a picture is taken anew when it is some seconds old, the oldest first', async () => {
  const { rounds, taken, come, wait } = setUp()
  rounds.show([vm('a', 1), vm('a', 2)])
  await come('a1', 0)
  await wait(0)
  await come('a2', 0)
  await wait(2999)
  expect(taken).toEqual(['a1', 'a2'])
  await wait(1)
  expect(taken).toEqual(['a1', 'a2', 'a1'])
})

test('what is not on screen is not asked for', async () => {
  const { rounds, taken, come, wait } = setUp()
  rounds.show([vm('a', 1)])
  rounds.show([])
  await come('a1', 10)
  await wait(100_000)
  expect(taken).toEqual(['a1'])
})

test('four hosts at once are enough', async () => {
  const { rounds, taken, come } = setUp()
  rounds.show(['a', 'b', 'c', 'd', 'e'].map((host) => vm(host, 1)))
  expect(taken).toEqual(['a1', 'b1', 'c1', 'd1'])
  await come('b1', 10)
  expect(taken).toContain('e1')
})

test('nothing is asked for any more once it is stopped', async () => {
  const { rounds, taken, come, wait } = setUp()
  rounds.show([vm('a', 1)])
  rounds.stop()
  await come('a1', 10)
  await wait(100_000)
  expect(taken).toEqual(['a1'])
})
