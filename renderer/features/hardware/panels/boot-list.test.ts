import { expect, test } from 'vitest'
import type { Values } from '../../../../shared/model/hardware/field'
import { bootOrderOf, isSameOrder, moved } from './boot-list'

const disk = (key: string, values: Values = {}) => ({
  ref: { kind: 'disk', key },
  values: { device: 'disk', ...values },
})
const nic = (key: string, values: Values = {}) => ({ ref: { kind: 'nic', key }, values })
const boot = (...kinds: string[]) => ({
  ref: { kind: 'boot', key: '' },
  values: { osType: 'hvm', ...(kinds.length > 0 ? { legacyBoot: kinds.map((device) => ({ device })) } : {}) },
})
const keys = (items: Parameters<typeof bootOrderOf>[0]) => bootOrderOf(items).order.map(({ key }) => key)

test('devices stand in the order of their places, which may have gaps', () => {
  const items = [boot(), disk('vda', { bootOrder: 7 }), disk('vdb'), nic('a', { bootOrder: 2 })]
  expect(keys(items)).toEqual(['a', 'vda'])
  expect(bootOrderOf(items).isByKind).toBe(false)
})

test('an order by kind means the first device of each kind', () => {
  const items = [
    boot('cdrom', 'hd', 'network', 'fd'),
    disk('vda'),
    disk('vdb'),
    disk('sda', { device: 'cdrom' }),
    disk('sdb', { device: 'cdrom' }),
    nic('a'),
    nic('b'),
  ]
  expect(keys(items)).toEqual(['sda', 'vda', 'a'])
  expect(bootOrderOf(items).isByKind).toBe(true)
})

test('where places are given, they count and not the kinds', () => {
  expect(keys([boot('hd'), disk('vda'), disk('vdb', { bootOrder: 1 })])).toEqual(['vdb'])
})

test('what cannot be started from is left out', () => {
  const order = bootOrderOf([
    boot(),
    { ref: { kind: 'rng', key: '#0' }, values: { bootOrder: 1 } },
    { ref: { kind: 'mdev-device', key: 'm' }, values: { model: 'vfio-pci', bootOrder: 2 } },
    { ref: { kind: 'mdev-device', key: 'n' }, values: { model: 'vfio-ccw', bootOrder: 3 } },
  ])
  expect(order.order).toEqual([{ kind: 'mdev-device', key: 'n' }])
})

test('a device moves to a place counted without it, and never beyond the ends', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((key) => ({ kind: 'disk', key })) as [
    { kind: string; key: string },
    { kind: string; key: string },
    { kind: string; key: string },
  ]
  expect(moved([a, b, c], a, 2)).toEqual([b, c, a])
  expect(moved([a, b, c], c, -4)).toEqual([c, a, b])
  expect(moved([a, b], c, 9)).toEqual([a, b, c])
  expect(isSameOrder([a, b], [b, a])).toBe(false)
  expect(isSameOrder([a, b], [{ ...a }, b])).toBe(true)
})
