import { expect, test } from 'vitest'
import type { HostId } from '../../../shared/model/ids'
import { RateHistory, rateHistoryLength } from './rate-history'
import { eventRows, guestRows, rateText } from './rows'

const rates = [
  { event: 'exits', total: 900, perSecond: 90 },
  { event: 'halt_exits', total: 40, perSecond: 40 },
  { event: 'nmi_injections', total: 0, perSecond: 0 },
]
const sort = { column: 'kvm-rate', isDescending: true }
const names = (text: string, zeros = false): string[] =>
  eventRows(rates, () => [], { text, zeros, sort }).map(({ event }) => event)

test('events that did not happen are only shown when wanted', () => {
  expect(names('')).toEqual(['exits', 'halt_exits'])
  expect(names('', true)).toEqual(['exits', 'halt_exits', 'nmi_injections'])
})

test('an event is found by its name and by what it means', () => {
  expect(names('halt')).toEqual(['halt_exits'])
  expect(names('nothing to do')).toEqual(['halt_exits'])
})

test('guests are ordered by how often they exit, and found by their process as well', () => {
  const guests = [
    { id: '7-1', pid: 7, name: 'idle', values: [] },
    { id: '42-1', pid: 42, values: [] },
  ]
  const rows = (text: string): string[] =>
    guestRows('h' as HostId, guests, ({ pid }) => ({ event: 'exits', total: pid, perSecond: pid }), {
      text,
      sort,
    }).map(({ name }) => name)
  expect(rows('')).toEqual(['Process 42', 'idle'])
  expect(rows('7')).toEqual(['idle'])
})

test('the history keeps the newest rates, with gaps where there was none', () => {
  const history = new RateHistory()
  for (let at = 0; at <= rateHistoryLength; at += 1)
    history.add([{ event: 'exits', total: at, ...(at === 1 ? {} : { perSecond: at }) }])
  expect(history.of('exits')).toHaveLength(rateHistoryLength)
  expect(history.of('exits').slice(0, 2)).toEqual([Number.NaN, 2])
})

test('small rates keep a decimal and big ones are grouped', () => {
  expect([0.25, 12.4, 12_345.6, undefined].map(rateText)).toEqual(['0.3', '12', '12,346', '–'])
})
