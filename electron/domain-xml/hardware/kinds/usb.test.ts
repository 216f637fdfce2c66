import { expect, it } from 'vitest'
import type { Values } from '../../../../shared/model/hardware/field'
import { kindOf } from '../../../../shared/model/hardware/kinds'
import { domainWith } from '../testing/every-field'
import { add, contextOf } from '../testing/round-trip'

it.each<[string, Values, string]>([
  [
    'disk',
    { device: 'disk', sourceType: 'file', file: '/a.img', bus: 'usb', target: 'sda', format: 'raw' },
    "<target bus='usb' dev='sda'/>",
  ],
  ['input', { type: 'mouse', bus: 'usb' }, "<input type='mouse' bus='usb'/>"],
  ['input', { type: 'tablet', bus: 'usb' }, "<input type='tablet' bus='usb'/>"],
  ['input', { type: 'keyboard', bus: 'usb' }, "<input type='keyboard' bus='usb'/>"],
  ['serial', { type: 'pty', targetType: 'usb-serial' }, "<target type='usb-serial'/>"],
  [
    'nic',
    { type: 'network', network: 'default', model: 'usb-net', mac: '52:54:00:aa:00:01' },
    "<model type='usb-net'/>",
  ],
])('on USB, the emulator has %s %j, also while the guest runs', (device, values, line) => {
  const xml = domainWith("<controller type='usb' index='0' model='qemu-xhci'/>")
  expect(add(xml, device, values).added).toContain(line)
  expect(kindOf(device)?.hotplug?.(values, { ...contextOf(xml), isRunning: true })).toBe(true)
})
