import { afterEach, expect, it, vi } from 'vitest'
import type { HardwareContext } from '../kind'
import { nic } from './nic'

afterEach(() => vi.restoreAllMocks())

it('a new card is proposed an address that neither this VM nor another one of the host has', () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const context: HardwareContext = {
    virtType: 'kvm',
    osType: 'hvm',
    architecture: 'x86_64',
    machine: 'q35',
    isRunning: true,
    items: [
      {
        ref: { kind: 'nic', key: 'one' },
        values: { mac: '52:54:00:00:00:00' },
        live: { mac: '52:54:00:00:00:01' },
        hasMore: false,
      },
    ],
    otherMacs: ['52:54:00:00:00:02', '52:54:00:00:00:03'],
  }
  expect(nic.defaults?.(context)['mac']).toBe('52:54:00:00:00:04')
})
