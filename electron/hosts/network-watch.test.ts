import type { NetworkInterfaceInfo } from 'node:os'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NetworkWatch } from './network-watch'

const card = (address: string, internal = false): NetworkInterfaceInfo =>
  ({
    address,
    netmask: '255.255.255.0',
    internal,
    family: 'IPv4',
    mac: '',
    cidr: null,
  }) as NetworkInterfaceInfo

let interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>
let changes: number
let watch: NetworkWatch

beforeEach(() => {
  vi.useFakeTimers()
  interfaces = { lo: [card('127.0.0.1', true)], wlan0: [card('192.168.1.7')] }
  changes = 0
  watch = new NetworkWatch({ onChange: () => (changes += 1), read: () => interfaces })
  watch.start()
})
afterEach(() => {
  watch.stop()
  vi.useRealTimers()
})

it('says nothing while the addresses stay the same', () => {
  vi.advanceTimersByTime(3_600_000)
  expect(changes).toBe(0)
})

it('tells once when the computer is on another network', () => {
  interfaces = { ...interfaces, wlan0: [card('10.0.0.9')] }
  vi.advanceTimersByTime(6_000)
  expect(changes).toBe(1)
  vi.advanceTimersByTime(60_000)
  expect(changes).toBe(1)
})

it('waits until a network that comes up has its addresses', () => {
  interfaces = { lo: interfaces['lo'] }
  vi.advanceTimersByTime(3_000)
  interfaces = { ...interfaces, eth0: [card('10.0.0.9')] }
  vi.advanceTimersByTime(3_000)
  expect(changes).toBe(0)
  interfaces = { ...interfaces, eth0: [card('10.0.0.9'), card('2001:db8::9')] }
  vi.advanceTimersByTime(6_000)
  expect(changes).toBe(1)
})

it('does not mistake the network card of a VM that starts here for another network', () => {
  interfaces = { ...interfaces, vnet0: [card('fe80::fc54:ff:fe12:3456'), card('169.254.3.4')] }
  vi.advanceTimersByTime(60_000)
  expect(changes).toBe(0)
})

it('tells at once when the computer was asleep, though its addresses are the same', () => {
  vi.advanceTimersByTime(3_000)
  vi.setSystemTime(Date.now() + 3_600_000)
  vi.advanceTimersByTime(3_000)
  expect(changes).toBe(1)
  vi.advanceTimersByTime(60_000)
  expect(changes).toBe(1)
})

it('reads the real cards of this computer', () => {
  const real = new NetworkWatch({ onChange: () => (changes += 1) })
  real.start()
  vi.advanceTimersByTime(9_000)
  real.stop()
  expect(changes).toBe(0)
})
