import { expect, test } from 'vitest'
import type { HardwareView } from '../../../shared/model/hardware/view'
import { hasWantedSize, whyNotResized } from './guest-size'

const view = (model: string): HardwareView => ({
  base: '',
  name: 'web',
  guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
  isRunning: true,
  isPersistent: true,
  items: [{ ref: { kind: 'video', key: '0' }, values: { model: 'virtio' }, live: { model }, hasMore: false }],
  pending: [],
})

test('a size that a driver has rounded is the one that was wanted', () => {
  expect(hasWantedSize({ width: 1016, height: 768 }, { width: 1023, height: 770 })).toBe(true)
  expect(hasWantedSize({ width: 800, height: 600 }, { width: 1023, height: 770 })).toBe(false)
})

test('a guest that keeps its size is told of by its video card as it runs now', () => {
  expect(whyNotResized(view('vga'))).toContain('choose VirtIO or QXL')
  expect(whyNotResized(view('virtio'))).toContain('spice-vdagent')
})
