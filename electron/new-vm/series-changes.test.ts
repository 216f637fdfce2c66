import { expect, it } from 'vitest'
import type { HardwareChange } from '../../shared/model/hardware/change'
import { changesForOther, givenMacs } from './series-changes'

const [first, own] = ['52:54:00:00:00:01', '52:54:00:00:01:01']
const mac = (at: number): string => `52:54:00:ff:ff:0${at}`
const forOther = (...changes: HardwareChange[]): HardwareChange[] =>
  changesForOther(changes, { cards: [first], ownCards: [own], mac })
const card = (key: string) => ({ kind: 'nic', key })

it('cards of another VM of a series are those in the same places', () => {
  const disk = { kind: 'disk', key: 'vda' }
  expect(
    forOther(
      { kind: 'set', item: card(first), values: { model: 'e1000e' } },
      { kind: 'set', item: disk, values: { cache: 'none' } },
      { kind: 'boot-order', order: [card(first), disk] },
      { kind: 'remove', item: card(first) },
    ),
  ).toEqual([
    { kind: 'set', item: card(own), values: { model: 'e1000e' } },
    { kind: 'set', item: disk, values: { cache: 'none' } },
    { kind: 'boot-order', order: [card(own), disk] },
    { kind: 'remove', item: card(own) },
  ])
})

it('an address given by hand is that of the first only, and what comes later still finds the card', () => {
  const changes: HardwareChange[] = [
    { kind: 'set', item: card(first), values: { mac: '52:54:00:AA:00:01', model: 'virtio' } },
    { kind: 'set', item: card('52:54:00:aa:00:01'), values: { mtu: 9000 } },
    { kind: 'add', device: 'nic', key: 'new-1', values: { type: 'user', mac: '52:54:00:aa:00:02' } },
    { kind: 'set', item: card('new-1'), values: { linkUp: false } },
  ]
  expect(forOther(...changes)).toEqual([
    { kind: 'set', item: card(own), values: { mac: mac(0), model: 'virtio' } },
    { kind: 'set', item: card(mac(0)), values: { mtu: 9000 } },
    { kind: 'add', device: 'nic', key: 'new-1', values: { type: 'user', mac: mac(1) } },
    { kind: 'set', item: card('new-1'), values: { linkUp: false } },
  ])
  expect(givenMacs(changes)).toEqual(['52:54:00:AA:00:01', '52:54:00:aa:00:02'])
})
