import { expect, test } from 'vitest'
import { KvmTally, type KvmReading } from './kvm'

function reading(uptimeMs: number, guests: Record<string, Record<string, number>>): KvmReading {
  const events = [...new Set(Object.values(guests).flatMap(Object.keys))]
  return {
    uptimeMs,
    events,
    guests: Object.entries(guests).map(([id, counts]) => ({
      id,
      pid: Number.parseInt(id, 10),
      name: `guest ${id}`,
      values: events.map((event) => counts[event] ?? Number.NaN),
    })),
  }
}

function tallyOf(...readings: readonly KvmReading[]): KvmTally {
  const tally = new KvmTally()
  for (const one of readings) tally.add(one)
  return tally
}

test('what was counted before anybody looked is no part of the total, and a first reading has no rate', () => {
  expect(tallyOf(reading(0, { '7-1': { exits: 5000 } })).rates()).toEqual([{ event: 'exits', total: 0 }])
})

test('rates are over the time that the clock of the host says has passed', () => {
  const tally = tallyOf(
    reading(10_000, { '7-1': { exits: 5000 }, '8-1': { exits: 100 } }),
    reading(12_000, { '7-1': { exits: 5600 }, '8-1': { exits: 140 } }),
  )
  expect(tally.rates()).toEqual([{ event: 'exits', total: 640, perSecond: 320 }])
  expect(tally.rates(({ pid }) => pid === 8)).toEqual([{ event: 'exits', total: 40, perSecond: 20 }])
})

test('totals grow from reading to reading while rates are of the last two', () => {
  const tally = tallyOf(
    reading(0, { '7-1': { exits: 0 } }),
    reading(1_000, { '7-1': { exits: 300 } }),
    reading(2_000, { '7-1': { exits: 310 } }),
  )
  expect(tally.rates()).toEqual([{ event: 'exits', total: 310, perSecond: 10 }])
})

test('a guest that starts meanwhile counts from then on, and one that ends takes its counts along', () => {
  const tally = tallyOf(
    reading(0, { '7-1': { exits: 0 } }),
    reading(1_000, { '7-1': { exits: 100 }, '9-1': { exits: 777 } }),
  )
  expect(tally.rates()).toEqual([{ event: 'exits', total: 100, perSecond: 100 }])
  tally.add(reading(2_000, { '9-1': { exits: 787 } }))
  expect(tally.rates()).toEqual([{ event: 'exits', total: 10, perSecond: 10 }])
})

test('a process number that another guest has got is another guest', () => {
  const tally = tallyOf(reading(0, { '7-1': { exits: 900 } }), reading(1_000, { '7-3': { exits: 4 } }))
  expect(tally.rates()).toEqual([{ event: 'exits', total: 0 }])
})

test('set back, it begins to count anew', () => {
  const tally = tallyOf(reading(0, { '7-1': { exits: 0 } }), reading(1_000, { '7-1': { exits: 100 } }))
  tally.reset()
  expect(tally.rates()).toEqual([])
  tally.add(reading(2_000, { '7-1': { exits: 150 } }))
  tally.add(reading(3_000, { '7-1': { exits: 170 } }))
  expect(tally.rates()).toEqual([{ event: 'exits', total: 20, perSecond: 20 }])
})

test('after the host was started again it begins to count anew', () => {
  const tally = tallyOf(reading(90_000, { '7-1': { exits: 100 } }), reading(5_000, { '7-1': { exits: 3 } }))
  expect(tally.rates()).toEqual([{ event: 'exits', total: 0 }])
})

test('a guest that does not count an event has none of it', () => {
  const tally = tallyOf(
    reading(0, { '7-1': { exits: 0 }, '8-1': { exits: 0, hypercalls: 0 } }),
    reading(1_000, { '7-1': { exits: 1 }, '8-1': { exits: 2, hypercalls: 5 } }),
  )
  const [first, second] = tally.guests
  expect(first && tally.rateOf(first, 'hypercalls')).toEqual({ event: 'hypercalls', total: 0 })
  expect(second && tally.rateOf(second, 'hypercalls')).toEqual({
    event: 'hypercalls',
    total: 5,
    perSecond: 5,
  })
})
