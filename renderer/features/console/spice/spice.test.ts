import { expect, test } from 'vitest'
import type { Values } from '../../../../shared/model/hardware/field'
import type { HardwareView } from '../../../../shared/model/hardware/view'
import { changeToVnc } from './to-vnc'
import { displayUrl, reachableDisplays, viewerFile, virtViewerCommand } from './viewer-file'

const view = (...items: readonly (readonly [string, Values])[]): HardwareView => ({
  base: '',
  name: 'web',
  guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
  isRunning: true,
  isPersistent: true,
  items: items.map(([kind, values], at) => ({
    ref: { kind, key: String(at) },
    values,
    live: values,
    hasMore: false,
  })),
  pending: [],
})

test('SPICE becomes VNC, and what only SPICE carries goes and is named', () => {
  const change = changeToVnc(
    view(
      ['channel', { type: 'spicevmc' }],
      ['channel', { type: 'unix' }],
      ['redirdev', { type: 'spicevmc' }],
      ['redirdev', { type: 'spicevmc' }],
      ['graphics', { type: 'spice' }],
    ),
  )
  expect(change?.changes).toEqual([
    { kind: 'remove', item: { kind: 'channel', key: '0' } },
    { kind: 'remove', item: { kind: 'redirdev', key: '2' } },
    { kind: 'remove', item: { kind: 'redirdev', key: '3' } },
    { kind: 'set', item: { kind: 'graphics', key: '4' }, values: { type: 'vnc' } },
  ])
  expect(change?.lost).toHaveLength(3)
})

test('a VM without SPICE has nothing to change, one with both loses SPICE', () => {
  expect(changeToVnc(view(['graphics', { type: 'vnc' }]))).toBeUndefined()
  expect(changeToVnc(view(['graphics', { type: 'vnc' }], ['graphics', { type: 'spice' }]))?.changes).toEqual([
    { kind: 'remove', item: { kind: 'graphics', key: '1' } },
  ])
})

test('a display on all addresses is reached by the name of the host, one on the loopback address only from the host', () => {
  expect(
    reachableDisplays(
      view(
        ['graphics', { type: 'spice', listenAddress: '0.0.0.0', port: 5900, tlsPort: 5901 }],
        ['graphics', { type: 'vnc', listenAddress: '127.0.0.1', port: 5902 }],
        ['graphics', { type: 'vnc', listenAddress: '2001:db8::7', port: 5903 }],
        ['graphics', { type: 'sdl' }],
      ),
      'rack-7',
    ),
  ).toEqual([
    { kind: 'address', address: { type: 'spice', host: 'rack-7', port: 5900, tlsPort: 5901 } },
    { kind: 'on-host', type: 'vnc' },
    { kind: 'address', address: { type: 'vnc', host: '2001:db8::7', port: 5903 } },
  ])
})

test('the file names the display, and a name of a VM adds no entry to it', () => {
  expect(viewerFile({ type: 'spice', host: 'rack-7', port: 5900, tlsPort: 5901 }, 'web\npassword=x')).toBe(
    '[virt-viewer]\ntype=spice\nhost=rack-7\nport=5900\ntls-port=5901\ntitle=web password=x\ndelete-this-file=0\n',
  )
})

test('addresses and commands are as viewers take them', () => {
  expect(displayUrl({ type: 'vnc', host: '2001:db8::7', port: 5903 })).toBe('vnc://[2001:db8::7]:5903')
  expect(displayUrl({ type: 'spice', host: 'rack-7', tlsPort: 5901 })).toBe('spice://rack-7?tls-port=5901')
  expect(virtViewerCommand("qemu+ssh://root@rack/system?keyfile=/it's", 'id')).toBe(
    String.raw`virt-viewer --connect 'qemu+ssh://root@rack/system?keyfile=/it'\''s' --wait id`,
  )
})

test('virt-viewer is told to leave USB devices of this computer alone', () => {
  expect(virtViewerCommand('qemu:///system', 'id', false)).toBe(
    "virt-viewer --connect 'qemu:///system' --wait --spice-disable-auto-usbredir id",
  )
})
