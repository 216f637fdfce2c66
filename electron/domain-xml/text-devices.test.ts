import { expect, it } from 'vitest'
import { parseXml } from './document'
import { readTextDevices } from './text-devices'

const devicesIn = (xml: string) =>
  readTextDevices(parseXml(`<domain><devices>${xml}</devices></domain>`).root)

it('tells the first serial line once, though libvirt writes it as the console too', () => {
  const devices = devicesIn(`
    <serial type='pty'><source path='/dev/pts/3'/><target type='isa-serial' port='0'/><alias name='serial0'/></serial>
    <console type='pty' tty='/dev/pts/3'><target type='serial' port='0'/><alias name='serial0'/></console>`)
  expect(devices).toEqual([{ id: 'serial0', kind: 'serial', label: 'Serial 1', guestName: 'ttyS0' }])
})

it('tells a virtio console beside the serial line by the name it has in the guest', () => {
  const devices = devicesIn(`
    <serial type='pty'><target type='isa-serial' port='0'/></serial>
    <serial type='pty'><target type='isa-serial' port='1'/></serial>
    <console type='pty'><target type='serial' port='0'/></console>
    <console type='pty'><target type='virtio' port='1'/></console>`)
  expect(devices.map(({ id, label, guestName }) => [id, label, guestName])).toEqual([
    ['serial0', 'Serial 1', 'ttyS0'],
    ['serial1', 'Serial 2', 'ttyS1'],
    ['console1', 'Console 1', 'hvc1'],
  ])
})

it.each([
  ['xen', 'hvc0'],
  ['lxc', 'console'],
])('opens the only console of a %s guest', (type, guestName) => {
  expect(devicesIn(`<console type='pty'><target type='${type}' port='0'/></console>`)).toEqual([
    { id: 'console0', kind: 'console', label: 'Console 1', guestName },
  ])
})

it.each([
  [`<serial type='file'><source path='/var/log/x'/></serial>`, /writes to the file \/var\/log\/x/],
  [`<serial type='tcp'><source mode='bind' host='::1' service='4555'/></serial>`, /by TCP at ::1:4555/],
  [`<serial type='null'/>`, /leads nowhere/],
  [`<parallel type='dev'><source path='/dev/parport0'/></parallel>`, /connected to \/dev\/parport0/],
  [
    `<channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>`,
    /graphical display/,
  ],
  [`<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>`, /guest agent/],
])('says why %s cannot be opened', (xml, reason) => {
  expect(devicesIn(xml)[0]?.obstacle).toMatchObject({
    kind: 'unsupported',
    message: expect.stringMatching(reason),
    cure: expect.stringMatching(/\.$/),
  })
})

it('opens a channel of a name of its own', () => {
  expect(
    devicesIn(
      `<channel type='unix'><target type='virtio' name='org.example.log'/><alias name='channel1'/></channel>`,
    ),
  ).toEqual([{ id: 'channel1', kind: 'channel', label: 'Channel 1', guestName: 'org.example.log' }])
})
