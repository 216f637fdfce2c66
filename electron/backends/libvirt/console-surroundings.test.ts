import { expect, test } from 'vitest'
import { settingsFrom } from './console-settings'
import { pendingOf, pendingSettings, withSurroundings, type Surroundings } from './console-surroundings'
import { parseXml } from '../../domain-xml/document'
import { readDefinedDisplays, readGuestHardening, type DefinedDisplay } from '../../domain-xml/graphics'

const domain = (devices: string, more = '') =>
  parseXml(`<domain><name>a</name><os><type>hvm</type></os>${more}<devices>${devices}</devices></domain>`)
    .root
const display = (graphics: string): DefinedDisplay => {
  const [found] = readDefinedDisplays(domain(graphics))
  if (!found) throw new Error('No display')
  return found
}
const plain: Surroundings = {
  defaults: settingsFrom('').defaults,
  driver: 'QEMU',
  isRunning: false,
  hasSecrets: true,
  started: undefined,
}
const hidden = { kind: 'unreadable', why: 'Root only.' } as const

test('a definition tells where a display listens, its ports and that it has a password', () => {
  const xml = `<graphics type='vnc' port='5901' websocket='5701' passwd='canary42x' passwdValidTo='2026-04-09T15:51:00'>
    <listen type='address' address='0.0.0.0'/></graphics>`
  const judged = withSurroundings(display(xml), plain)
  expect(judged).toMatchObject({
    listen: { kind: 'address', address: '0.0.0.0', scope: 'all' },
    port: 5901,
    websocketPort: 5701,
    password: 'yes',
    isPasswordTooLong: true,
    passwordValidUntilMs: Date.UTC(2026, 3, 9, 15, 51),
  })
  expect(JSON.stringify(judged)).not.toContain('canary')
})

test('a display that says nothing takes the address and password of the host', () => {
  const silent = display("<graphics type='vnc' port='-1' autoport='yes'/>")
  const { defaults } = settingsFrom('vnc_listen = "0.0.0.0"\nvnc_password = "')
  expect(withSurroundings(silent, { ...plain, defaults })).toMatchObject({
    listen: { address: '0.0.0.0', scope: 'all' },
    password: 'yes',
  })
  expect(withSurroundings(silent, { ...plain, defaults: hidden })).toMatchObject({
    listen: { kind: 'address', scope: 'unknown' },
    password: 'unknown',
    encrypted: 'unknown',
    whyUnknown: 'Root only.',
  })
})

test('a connection that is shown no passwords does not take their absence for none', () => {
  const silent = display("<graphics type='vnc'><listen type='address' address='0.0.0.0'/></graphics>")
  expect(withSurroundings(silent, { ...plain, hasSecrets: false }).password).toBe('unknown')
})

test('a running VM is judged by how it was started, not by settings that changed since', () => {
  const vnc = display(
    "<graphics type='vnc' port='5900'><listen type='address' address='0.0.0.0'/></graphics>",
  )
  const { defaults } = settingsFrom('vnc_tls = 1')
  const started = { hasTls: false, verifiesClients: false, hasSasl: false, hasPassword: false }
  expect(withSurroundings(vnc, { ...plain, defaults, isRunning: true, started }).encrypted).toBe('no')
  expect(withSurroundings(vnc, { ...plain, defaults, isRunning: true }).encrypted).toBe('unknown')
  expect(withSurroundings(vnc, { ...plain, defaults }).encrypted).toBe('yes')
  expect(pendingSettings([vnc], defaults, started)).toEqual(['VNC with TLS on (vnc_tls)'])
  expect(pendingSettings([vnc], hidden, started)).toEqual([])
})

test('SPICE counts as encrypted only when it has no plain port beside the TLS one', () => {
  const listen = "<listen type='address' address='::'/>"
  const of = (attributes: string) =>
    withSurroundings(display(`<graphics type='spice' ${attributes}>${listen}</graphics>`), plain).encrypted
  expect(of("tlsPort='5901' autoport='no'")).toBe('yes')
  expect(of("port='5900' tlsPort='5901' defaultMode='secure'")).toBe('yes')
  expect(of("port='5900' tlsPort='5901'")).toBe('no')
  expect(of("port='5900'")).toBe('no')
})

test('Xen has a password and nothing else', () => {
  const vnc = display("<graphics type='vnc' passwd='x'><listen type='address' address='0.0.0.0'/></graphics>")
  expect(withSurroundings(vnc, { ...plain, driver: 'Xen', defaults: hidden })).toMatchObject({
    password: 'yes',
    encrypted: 'no',
    sasl: 'no',
    verifiesClients: 'no',
  })
})

test('what the next start changes is pending: address, password, kind of display', () => {
  const of = (attributes: string, address = '127.0.0.1') =>
    readDefinedDisplays(
      domain(`<graphics type='vnc' ${attributes}><listen type='address' address='${address}'/></graphics>`),
    )
  expect(pendingOf(of("port='5900'"), of("port='-1'"))).toEqual([])
  expect(pendingOf(of(''), of('', '0.0.0.0'))).toEqual(['where VNC listens'])
  expect(pendingOf(of("passwd='a'"), of("passwd='b'"))).toEqual(['the password of VNC'])
  expect(pendingOf(of(''), [])).toEqual(['the displays (now vnc, then none)'])
})

test('emulated disks and cards, pinning and missing confinement are seen', () => {
  const devices = `<disk device='disk'><target dev='hda' bus='ide'/></disk>
    <disk device='cdrom'><target dev='sda' bus='sata'/></disk>
    <interface type='network'><model type='rtl8139'/></interface>
    <interface type='network'><model type='virtio-net-pci'/></interface>`
  const more = "<cputune><vcpupin vcpu='0' cpuset='1'/></cputune><seclabel type='none'/>"
  expect(readGuestHardening(domain(devices, more))).toEqual({
    emulated: ['disk hda (ide)', 'network card rtl8139'],
    isPinned: true,
    isUnconfined: true,
  })
})
