import { expect, it } from 'vitest'
import { mergeAddresses, type AddressSource, type CardAddresses } from './guest-addresses'

const mac = '52:54:00:00:00:01'
const card = (from: AddressSource, ...addresses: string[]): CardAddresses => ({
  mac,
  addresses: addresses.map((address) => ({ address, prefix: 24, from })),
})

it('an address that several know of is told once, by who knows best', () => {
  const merged = mergeAddresses([
    card('lease', '192.0.2.7'),
    { ...card('agent', '192.0.2.7', '192.0.2.8'), name: 'eth0' },
    card('arp', '192.0.2.8', '192.0.2.9'),
  ])
  expect(merged).toEqual([
    {
      mac,
      name: 'eth0',
      addresses: [
        { address: '192.0.2.7', prefix: 24, from: 'agent' },
        { address: '192.0.2.8', prefix: 24, from: 'agent' },
        { address: '192.0.2.9', prefix: 24, from: 'arp' },
      ],
    },
  ])
})

it('addresses that are good on their own link only come last', () => {
  const [merged] = mergeAddresses([card('agent', 'fe80::1', '169.254.3.4', '2001:db8::7', '192.0.2.7')])
  expect(merged?.addresses.map(({ address }) => address)).toEqual([
    '2001:db8::7',
    '192.0.2.7',
    'fe80::1',
    '169.254.3.4',
  ])
})
