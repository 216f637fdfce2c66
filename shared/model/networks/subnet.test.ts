import { expect, test } from 'vitest'
import {
  addressNumber,
  addressText,
  classPrefix,
  isInside,
  maskOfPrefix,
  overlap,
  parseSubnet,
  prefixOfMask,
  subnetOf,
  subnetText,
} from './subnet'

const net = (text: string) => {
  const subnet = parseSubnet(text)
  if (!subnet) throw new Error(`${text} is no subnet`)
  return subnet
}

test('addresses become numbers and back, the shortest way to write them', () => {
  for (const [written, short] of [
    ['192.168.122.1', '192.168.122.1'],
    ['255.255.255.255', '255.255.255.255'],
    ['fd00:0:0:0:0:0:0:1', 'fd00::1'],
    ['::', '::'],
    ['::1', '::1'],
    ['fe80::', 'fe80::'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ] as const) {
    const number = addressNumber(written) ?? -1n
    expect(addressText(number, written.includes(':') ? 'ipv6' : 'ipv4')).toBe(short)
    expect(addressNumber(short)).toBe(number)
  }
})

test('what is no address has no number', () => {
  for (const text of ['', '192.168.122', '192.168.122.1.1', '192.168.122.256', 'fd00:::1', 'x', '1.2.3.04'])
    expect(addressNumber(text)).toBeUndefined()
})

test('a subnet is found from any address in it', () => {
  expect(subnetText(net('192.168.122.77/24'))).toBe('192.168.122.0/24')
  expect(subnetText(net('fd00:122::5/64'))).toBe('fd00:122::/64')
  expect(subnetText(net('10.0.0.1'))).toBe('10.0.0.1/32')
  expect(subnetOf('10.0.0.1', 33)).toBeUndefined()
  expect(parseSubnet('10.0.0.1/x')).toBeUndefined()
})

test('subnets overlap when one holds an address of the other, never across families', () => {
  expect(overlap(net('192.168.0.0/16'), net('192.168.122.0/24'))).toBe(true)
  expect(overlap(net('192.168.122.0/24'), net('192.168.123.0/24'))).toBe(false)
  expect(overlap(net('0.0.0.0/0'), net('::/0'))).toBe(false)
  expect(isInside('192.168.122.255', net('192.168.122.0/24'))).toBe(true)
  expect(isInside('192.168.123.0', net('192.168.122.0/24'))).toBe(false)
})

test('netmasks are prefixes in other words', () => {
  for (const prefix of [0, 1, 8, 17, 24, 31, 32]) expect(prefixOfMask(maskOfPrefix(prefix))).toBe(prefix)
  expect(prefixOfMask('255.0.255.0')).toBeUndefined()
  expect([classPrefix('10.1.1.1'), classPrefix('172.16.0.1'), classPrefix('192.168.1.1')]).toEqual([
    8, 16, 24,
  ])
})
