import { describe, expect, it } from 'vitest'
import { channel } from '../../../../shared/model/hardware/kinds/channel'
import { textConsole } from '../../../../shared/model/hardware/kinds/console'
import { parallel } from '../../../../shared/model/hardware/kinds/parallel'
import { redirdev } from '../../../../shared/model/hardware/kinds/redirdev'
import { serial } from '../../../../shared/model/hardware/kinds/serial'
import { smartcard } from '../../../../shared/model/hardware/kinds/smartcard'
import type { Kind } from '../../../../shared/model/hardware/kind'
import { EditDocument } from '../../edit/tree'
import { applyChanges } from '../change'
import { findItems } from '../items'
import { domainWith, tryCase, untried, type FieldCase } from '../testing/every-field'
import { add, change, contextOf, problemsIn, valuesIn } from '../testing/round-trip'

const port = (type: string, source = '', target = `<target type='isa-serial' port='0'/>`): string =>
  [`<serial type='${type}'>`, ...(source === '' ? [] : [`  ${source}`]), `  ${target}`, '</serial>'].join(
    '\n',
  )
const tcp = port('tcp', `<source mode='bind' host='127.0.0.1' service='4555'/>`)
const connecting = port('tcp', `<source mode='connect' host='127.0.0.1' service='4555'/>`)
const udp = port('udp', `<source mode='connect' host='127.0.0.1' service='4555'/>`)
const source = (old: string, now: string): string[] => [`<source ${now}/>`, `-<source ${old}/>`]
const here = `mode='bind' host='127.0.0.1' service='4555'`

const serialCases: readonly FieldCase[] = [
  [port('pty'), { type: 'null' }, [`<serial type='null'>`, `-<serial type='pty'>`]],
  [
    port('pty'),
    { type: 'file', path: '/var/log/s0' },
    [`<serial type='file'>`, `<source path='/var/log/s0'/>`, `-<serial type='pty'>`],
  ],
  [port('file', `<source path='/a'/>`), { append: true }, source(`path='/a'`, `path='/a' append='on'`)],
  [
    tcp,
    { mode: 'connect', host: '10.0.0.1', service: '4556' },
    source(here, `mode='connect' host='10.0.0.1' service='4556'`),
  ],
  [tcp, { protocol: 'telnet' }, [`<protocol type='telnet'/>`]],
  [tcp, { tls: true }, source(here, `${here} tls='yes'`)],
  [
    port('unix', `<source mode='connect' path='/a'>\n    <reconnect enabled='no'/>\n  </source>`),
    { reconnect: true, reconnectSeconds: 10 },
    [`<reconnect enabled='yes' timeout='10'/>`, `-<reconnect enabled='no'/>`],
  ],
  [
    udp,
    { toHost: '10.0.0.1', toService: '4556' },
    source(`mode='connect' host='127.0.0.1' service='4555'`, `mode='connect' host='10.0.0.1' service='4556'`),
  ],
  [
    udp,
    { fromHost: '10.0.0.2', fromService: '4557' },
    [`<source mode='bind' host='10.0.0.2' service='4557'/>`],
  ],
  [
    port('spiceport', `<source channel='one'/>`),
    { channel: 'two' },
    source(`channel='one'`, `channel='two'`),
  ],
  [
    port('nmdm', `<source master='/dev/a' slave='/dev/b'/>`),
    { master: '/dev/c', slave: '/dev/d' },
    source(`master='/dev/a' slave='/dev/b'`, `master='/dev/c' slave='/dev/d'`),
  ],
  [port('pty'), { logFile: '/var/log/s0', logAppend: true }, [`<log file='/var/log/s0' append='on'/>`]],
  [
    port('pty'),
    { port: 3 },
    [`<target type='isa-serial' port='3'/>`, `-<target type='isa-serial' port='0'/>`],
  ],
  [
    port('pty', '', `<target type='system-serial' port='0'>\n    <model name='pl011'/>\n  </target>`),
    { targetModel: '16550a' },
    [`<model name='16550a'/>`, `-<model name='pl011'/>`],
  ],
  [
    port('pty'),
    { targetType: 'usb-serial' },
    [`<target type='usb-serial' port='0'/>`, `-<target type='isa-serial' port='0'/>`],
  ],
]

const fwd = `<channel type='pipe'>\n  <source path='/a'/>\n  <target type='guestfwd' address='10.0.2.1' port='4600'/>\n</channel>`
const agent = `<channel type='unix'>\n  <target type='virtio' name='org.qemu.guest_agent.0'/>\n</channel>`
const others: readonly (readonly [Kind, ...FieldCase])[] = [
  [
    channel,
    fwd,
    { address: '10.0.2.2', port: 4601 },
    [
      `<target type='guestfwd' address='10.0.2.2' port='4601'/>`,
      `-<target type='guestfwd' address='10.0.2.1' port='4600'/>`,
    ],
  ],
  [
    channel,
    agent,
    { name: 'one' },
    [`<target type='virtio' name='one'/>`, `-<target type='virtio' name='org.qemu.guest_agent.0'/>`],
  ],
  [
    channel,
    agent,
    { targetType: 'xen' },
    [
      `<target type='xen' name='org.qemu.guest_agent.0'/>`,
      `-<target type='virtio' name='org.qemu.guest_agent.0'/>`,
    ],
  ],
  [
    channel,
    `<channel type='qemu-vdagent'>\n  <target type='virtio' name='com.redhat.spice.0'/>\n</channel>`,
    { clipboard: true, mouse: 'client' },
    ['<source>', `<clipboard copypaste='yes'/>`, `<mouse mode='client'/>`, '</source>'],
  ],
  [
    parallel,
    `<parallel type='null'>\n  <target port='0'/>\n</parallel>`,
    { port: 1 },
    [`<target port='1'/>`, `-<target port='0'/>`],
  ],
  [
    textConsole,
    `<console type='pty'>\n  <target type='virtio' port='0'/>\n</console>`,
    { targetType: 'sclp', port: 2 },
    [`<target type='sclp' port='2'/>`, `-<target type='virtio' port='0'/>`],
  ],
  [
    redirdev,
    `<redirdev bus='usb' type='spicevmc'/>`,
    { type: 'tcp', mode: 'connect', host: 'localhost', service: '4000' },
    [
      `<redirdev bus='usb' type='tcp'>`,
      `<source mode='connect' host='localhost' service='4000'/>`,
      '</redirdev>',
      `-<redirdev bus='usb' type='spicevmc'/>`,
    ],
  ],
  [
    smartcard,
    `<smartcard mode='host'/>`,
    {
      card: 'host-certificates',
      certificates: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
      database: '/etc/nss',
    },
    [
      `<smartcard mode='host-certificates'>`,
      '<certificate>a</certificate>',
      '<certificate>b</certificate>',
      '<certificate>c</certificate>',
      '<database>/etc/nss</database>',
      '</smartcard>',
      `-<smartcard mode='host'/>`,
    ],
  ],
  [
    smartcard,
    `<smartcard mode='host'/>`,
    { card: 'passthrough', type: 'spicevmc' },
    [`<smartcard mode='passthrough' type='spicevmc'/>`, `-<smartcard mode='host'/>`],
  ],
]

describe('character devices', () => {
  it.each(serialCases)('serial %# is changed in these lines only, and back again: %s %o', (...one) => {
    const { lines, restored, before } = tryCase(serial, one)
    expect(lines).toEqual(one[2])
    expect(restored).toBe(before)
  })

  it.each(others)('other %# is changed in these lines only, and back again', (kind, ...one) => {
    const { lines, restored, before } = tryCase(kind, one)
    expect(lines).toEqual(one[2])
    expect(restored).toBe(before)
  })

  it('have every setting tried', () => {
    const vdagent = ['clipboard', 'mouse']
    expect(untried(serial, serialCases).filter((id) => !vdagent.includes(id))).toEqual([])
  })

  it('keep nothing of one connection in another', () => {
    const item = { kind: 'serial', key: '0' }
    const { text } = change(
      domainWith(tcp.replace('/>', ` tls='yes'/>\n  <protocol type='telnet'/>`)),
      item,
      { type: 'pty' },
    )
    expect(text).toContain(port('pty').replaceAll('\n', '\n    '))
    const both = udp.replace('  <target', `  <source mode='bind' host='127.0.0.1' service='1'/>\n  <target`)
    expect(change(domainWith(both), item, { type: 'null' }).text).toContain(
      port('null').replaceAll('\n', '\n    '),
    )
    expect(valuesIn(domainWith(connecting), item)).toMatchObject({
      mode: 'connect',
      host: '127.0.0.1',
      service: '4555',
    })
  })

  it('are shown once where libvirt writes the first serial port again as a console', () => {
    const twice = `${port('pty')}\n<console type='pty'>\n  <target type='serial' port='0'/>\n</console>`
    const kinds = (xml: string) => findItems(EditDocument.parse(xml).root).map(({ ref }) => ref.kind)
    expect(kinds(domainWith(twice))).toContain('serial')
    expect(kinds(domainWith(twice))).not.toContain('console')
    // alone it is the only way in
    expect(kinds(domainWith(`<console type='pty'/>`))).toContain('console')
    const gone = applyChanges(EditDocument.parse(domainWith(twice)), [
      { kind: 'remove', item: { kind: 'serial', key: '0' } },
    ])
    expect(gone.document.toString()).not.toMatch(/serial|console/)
  })

  it('come new as what the guest lacks: the agent, then the clipboard of its viewer', () => {
    const vnc = domainWith(`<graphics type='vnc'/>`)
    expect(add(vnc, 'channel', channel.defaults?.(contextOf(vnc)) ?? {}).added).toEqual([
      `<channel type='unix'>`,
      `<target type='virtio' name='org.qemu.guest_agent.0'/>`,
      '</channel>',
    ])
    const spice = contextOf(domainWith(`${agent}\n<graphics type='spice'/>`))
    expect(channel.defaults?.(spice)).toMatchObject({ type: 'spicevmc', name: 'com.redhat.spice.0' })
    expect(channel.defaults?.(contextOf(domainWith(`${agent}\n<graphics type='vnc'/>`)))['type']).toBe(
      'qemu-vdagent',
    )
    expect(channel.defaults?.({ ...contextOf(vnc), virtType: 'xen' })).toMatchObject({
      targetType: 'xen',
      mode: 'bind',
      path: '/var/lib/libvirt/xen/org.qemu.guest_agent.0.sock',
    })
  })

  it('say how a Linux guest is made to use them', () => {
    expect(serial.fields.targetType.help).toMatch(/console=ttyS0.*serial-getty@ttyS0.*agetty/)
    expect(textConsole.fields.targetType.help).toContain('serial-getty@hvc0')
  })

  it('are no more than a PC has places for', () => {
    const ports = (count: number) =>
      domainWith(
        Array.from({ length: count }, (_, at) =>
          port('pty', '', `<target type='isa-serial' port='${at}'/>`),
        ).join('\n'),
      )
    const first = { kind: 'serial', key: '0' }
    expect(problemsIn(serial, ports(4), first)).toEqual([])
    expect(problemsIn(serial, ports(5), first)).toMatchObject([{ severity: 'error', field: 'targetType' }])
    const printers = (count: number) =>
      domainWith(
        Array.from(
          { length: count },
          (_, at) => `<parallel type='null'>\n  <target port='${at}'/>\n</parallel>`,
        ).join('\n'),
      )
    const context = (count: number) => contextOf(printers(count))
    expect(parallel.check?.({ type: 'null', port: 0 }, context(3))).toEqual([])
    expect(parallel.check?.({ type: 'null', port: 0 }, context(4))).toMatchObject([{ severity: 'error' }])
  })

  it('warn of SPICE without SPICE and of ports open to everybody', () => {
    const redirect = `<redirdev bus='usb' type='spicevmc'/>`
    const item = { kind: 'redirdev', key: '#0' }
    expect(problemsIn(redirdev, domainWith(redirect), item)).toMatchObject([
      { severity: 'warning', field: 'type' },
    ])
    expect(problemsIn(redirdev, domainWith(`${redirect}\n<graphics type='spice'/>`), item)).toEqual([])
    const open = domainWith(tcp.replace('127.0.0.1', '0.0.0.0'))
    expect(problemsIn(serial, open, { kind: 'serial', key: '0' })).toMatchObject([
      { severity: 'warning', field: 'host' },
    ])
  })
})
