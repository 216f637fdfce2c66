import { describe, expect, it } from 'vitest'
import { graphics } from '../../../../shared/model/hardware/kinds/graphics'
import { EditDocument } from '../../edit/tree'
import { applyChanges } from '../change'
import { domainWith, tryCase, untried, type FieldCase } from '../testing/every-field'
import { add, change, contextOf, problemsIn, valuesIn } from '../testing/round-trip'

const here = `<listen type='address' address='127.0.0.1'/>`
const vnc = `<graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1'>\n  ${here}\n</graphics>`
const vncLine = `<graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1'>`
const spice = `<graphics type='spice' autoport='yes'>\n  ${here}\n</graphics>`
const withVnc = (attribute: string): string[] => [
  `<graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1' ${attribute}>`,
  `-${vncLine}`,
]
const withSpice = (attribute: string): string[] => [
  `<graphics type='spice' autoport='yes' ${attribute}>`,
  `-<graphics type='spice' autoport='yes'>`,
]
const key = { kind: 'graphics', key: 'vnc' }

const cases: readonly FieldCase[] = [
  [
    spice,
    { type: 'vnc' },
    [`<graphics type='vnc' autoport='yes'>`, `-<graphics type='spice' autoport='yes'>`],
  ],
  [
    spice,
    { listenType: 'network', listenNetwork: 'lab' },
    [`<listen type='network' network='lab'/>`, `-${here}`],
  ],
  [
    vnc,
    { listenAddress: '0.0.0.0' },
    [
      `<graphics type='vnc' port='-1' autoport='yes' listen='0.0.0.0'>`,
      `<listen type='address' address='0.0.0.0'/>`,
      `-${vncLine}`,
      `-${here}`,
    ],
  ],
  [
    `<graphics type='vnc'>\n  <listen type='socket'/>\n</graphics>`,
    { listenSocket: '/run/vnc.sock' },
    [`<listen type='socket' socket='/run/vnc.sock'/>`, `-<listen type='socket'/>`],
  ],
  [
    vnc,
    { autoport: false, port: 5955 },
    [`<graphics type='vnc' port='5955' autoport='no' listen='127.0.0.1'>`, `-${vncLine}`],
  ],
  [
    spice,
    { autoport: false, tlsPort: 5956 },
    [`<graphics type='spice' autoport='no' tlsPort='5956'>`, `-<graphics type='spice' autoport='yes'>`],
  ],
  [vnc, { websocket: true }, withVnc(`websocket='-1'`)],
  [vnc, { websocket: true, websocketPort: 5701 }, withVnc(`websocket='5701'`)],
  [vnc, { password: 'secret' }, withVnc(`passwd='secret'`)],
  [vnc, { passwordUntil: '2030-01-31T18:00:00' }, withVnc(`passwdValidTo='2030-01-31T18:00:00'`)],
  [vnc, { connected: 'keep' }, withVnc(`connected='keep'`)],
  [vnc, { sharePolicy: 'force-shared' }, withVnc(`sharePolicy='force-shared'`)],
  [vnc, { powerControl: true }, withVnc(`powerControl='yes'`)],
  [vnc, { keymap: 'de' }, withVnc(`keymap='de'`)],
  [vnc, { audioId: 1 }, [`<audio id='1'/>`]],
  [
    spice,
    { gl: true, renderNode: '/dev/dri/renderD128' },
    [`<gl enable='yes' rendernode='/dev/dri/renderD128'/>`],
  ],
  [
    `<graphics type='egl-headless'/>`,
    { renderNode: '/dev/dri/renderD129' },
    [
      `<graphics type='egl-headless'>`,
      `<gl rendernode='/dev/dri/renderD129'/>`,
      '</graphics>',
      `-<graphics type='egl-headless'/>`,
    ],
  ],
  [spice, { clipboard: false }, [`<clipboard copypaste='no'/>`]],
  [spice, { fileTransfer: false }, [`<filetransfer enable='no'/>`]],
  [spice, { mouseMode: 'client' }, [`<mouse mode='client'/>`]],
  [spice, { streaming: 'filter' }, [`<streaming mode='filter'/>`]],
  [spice, { playback: false }, [`<playback compression='off'/>`]],
  [spice, { imageCompression: 'auto_glz' }, [`<image compression='auto_glz'/>`]],
  [spice, { jpeg: 'never' }, [`<jpeg compression='never'/>`]],
  [spice, { zlib: 'always' }, [`<zlib compression='always'/>`]],
  [spice, { defaultMode: 'secure' }, withSpice(`defaultMode='secure'`)],
  [
    spice,
    {
      channels: [
        { name: 'main', mode: 'secure' },
        { name: 'record', mode: 'insecure' },
      ],
    },
    [`<channel name='main' mode='secure'/>`, `<channel name='record' mode='insecure'/>`],
  ],
  [
    `<graphics type='sdl'/>`,
    { display: ':1', xauth: '/root/.Xauthority', fullscreen: true },
    [
      `<graphics type='sdl' display=':1' xauth='/root/.Xauthority' fullscreen='yes'/>`,
      `-<graphics type='sdl'/>`,
    ],
  ],
  [
    `<graphics type='dbus'/>`,
    { dbusAddress: 'unix:path=/run/bus' },
    [`<graphics type='dbus' address='unix:path=/run/bus'/>`, `-<graphics type='dbus'/>`],
  ],
  [
    `<graphics type='dbus'/>`,
    { peerToPeer: true },
    [`<graphics type='dbus' p2p='yes'/>`, `-<graphics type='dbus'/>`],
  ],
  [
    `<graphics type='rdp'/>`,
    { multiUser: true, replaceUser: false },
    [`<graphics type='rdp' multiUser='yes' replaceUser='no'/>`, `-<graphics type='rdp'/>`],
  ],
]

describe('graphics', () => {
  it.each(cases)('%# are changed in these lines only, and back again: %s %o', (...one) => {
    const { lines, restored, before } = tryCase(graphics, one)
    expect(lines).toEqual(one[2])
    expect(restored).toBe(before)
  })

  it('have every setting tried', () => expect(untried(graphics, cases)).toEqual([]))

  it('that only have the old attribute keep to it', () => {
    const xml = domainWith(`<graphics type='vnc' port='5901' listen='10.0.0.1'/>`)
    expect(valuesIn(xml, key)).toMatchObject({ listenType: 'address', listenAddress: '10.0.0.1', port: 5901 })
    expect(change(xml, key, { listenAddress: '127.0.0.1' }).added).toEqual([
      `<graphics type='vnc' port='5901' listen='127.0.0.1'/>`,
    ])
  })

  it('do not keep an old address beside a network or a socket', () => {
    for (const listenType of ['network', 'socket', 'none']) {
      const { text } = change(domainWith(vnc), key, { listenType })
      expect(text).toContain(`<listen type='${listenType}'/>`)
      expect(text).not.toContain('127.0.0.1')
    }
  })

  it('read a port that is chosen at power-on as none, and one that was chosen as that', () => {
    expect(valuesIn(domainWith(vnc), key)).not.toHaveProperty('port')
    const running = vnc.replace(`'-1'`, `'5903'`).replace('listen=', `websocket='5703' listen=`)
    expect(valuesIn(domainWith(running), key)).toMatchObject({
      port: 5903,
      websocket: true,
      websocketPort: 5703,
    })
  })

  it('lose the fixed port when any may be taken, and everything of SPICE with SPICE', () => {
    const fixedPort = domainWith(`<graphics type='vnc' port='5901' autoport='no'/>`)
    expect(change(fixedPort, key, { autoport: true }).added).toEqual([
      `<graphics type='vnc' port='-1' autoport='yes'/>`,
    ])
    const rich = domainWith(
      `<graphics type='spice' autoport='yes' defaultMode='secure'>\n  ${here}\n  <channel name='main' mode='any'/>\n  <image compression='off'/>\n  <gl enable='no' rendernode='/dev/dri/renderD128'/>\n  <later/>\n</graphics>`,
    )
    const { text } = change(rich, { kind: 'graphics', key: 'spice' }, { type: 'vnc' }, [], key)
    expect(text).toContain(
      `    <graphics type='vnc' autoport='yes'>\n      ${here}\n      <later/>\n    </graphics>`,
    )
  })

  it('tell a password only as set', () => {
    expect(valuesIn(domainWith(`<graphics type='vnc' passwd='geheim'/>`), key)['password']).toBe(true)
  })

  it('come new as VNC that only the host itself reaches, then as another kind', () => {
    const empty = domainWith('<emulator>/usr/bin/qemu-system-x86_64</emulator>')
    const values = graphics.defaults?.(contextOf(empty)) ?? {}
    expect(add(empty, 'graphics', values).added).toEqual([
      `<graphics type='vnc' autoport='yes'>`,
      here,
      '</graphics>',
    ])
    expect(graphics.defaults?.(contextOf(domainWith(vnc)))['type']).toBe('spice')
  })
})

describe('problems of graphics', () => {
  const of = (device: string, type = 'vnc') =>
    problemsIn(graphics, domainWith(device), { kind: 'graphics', key: type })

  it('are an open address without a password, and one with a password but no encryption', () => {
    const open = `<graphics type='vnc' autoport='yes'><listen type='address' address='0.0.0.0'/></graphics>`
    expect(of(vnc)).toEqual([])
    expect(of(open)).toMatchObject([
      { severity: 'warning', fix: { changes: [{ values: { listenAddress: '127.0.0.1' } }] } },
      { severity: 'hint', field: 'autoport' },
    ])
    expect(of(open.replace('autoport', `passwd='x' autoport`))).toMatchObject([
      { severity: 'hint', field: 'listenAddress' },
      { severity: 'hint', field: 'autoport' },
    ])
  })

  it('are ports that a firewall must let through, where others shall come in', () => {
    const open = (more: string) =>
      `<graphics type='vnc' ${more}><listen type='address' address='0.0.0.0'/></graphics>`
    const about = (device: string) => of(device).find(({ message }) => message.includes('firewall'))?.message
    expect(about(open(`autoport='yes' port='-1'`))).toContain(
      'a TCP port from 5900 on, another at each start',
    )
    expect(about(open(`autoport='no' port='5955'`))).toContain('TCP port 5955')
    expect(about(vnc)).toBeUndefined()
  })

  it('are VNC passwords of more than eight bytes', () => {
    const check = (password: string, type = 'vnc') =>
      (graphics.check?.({ type, password }, contextOf(domainWith(vnc))) ?? []).filter(
        ({ field }) => field === 'password',
      )
    expect(check('12345678')).toEqual([])
    expect(check('123456789')).toHaveLength(1)
    expect(check('äöüäö')).toHaveLength(1)
    expect(check('123456789', 'spice')).toEqual([])
  })

  it('are a port without a number, one below 5900, and two servers of one kind', () => {
    expect(of(`<graphics type='vnc' autoport='no'/>`)).toMatchObject([{ severity: 'error', field: 'port' }])
    expect(of(`<graphics type='vnc' autoport='no' port='80'/>`)).toMatchObject([
      { severity: 'error', field: 'port' },
    ])
    expect(of(`${vnc}\n${vnc}`)).toMatchObject([{ severity: 'error', field: 'type' }])
  })

  it('are that closing the window of SDL ends the VM', () => {
    expect(of(`<graphics type='sdl'/>`, 'sdl')).toMatchObject([{ severity: 'warning', field: 'type' }])
  })

  it('are drawing without showing, with VNC as the cure', () => {
    expect(of(`<graphics type='egl-headless'/>`, 'egl-headless')).toMatchObject([
      {
        severity: 'warning',
        fix: { changes: [{ kind: 'add', device: 'graphics', values: { type: 'vnc' } }] },
      },
    ])
    expect(of(`<graphics type='egl-headless'/>\n${vnc}`, 'egl-headless')).toEqual([])
  })

  it('are OpenGL of SPICE over a network, with a cure that keeps nothing of the address', () => {
    const [problem] = of(spice.replace('</graphics>', `  <gl enable='yes'/>\n</graphics>`), 'spice')
    expect(problem).toMatchObject({ severity: 'error', field: 'gl' })
    const fix = problem?.fix?.changes[0]
    if (fix?.kind !== 'set') throw new Error('no fix')
    const { text } = change(domainWith(spice), fix.item, fix.values, fix.unset)
    expect(text).toContain(`<graphics type='spice'>\n      <listen type='none'/>`)
  })
})

describe('sound that goes to a SPICE display', () => {
  const audio = `<audio id='1' type='spice'/>`
  const item = { kind: 'graphics', key: 'spice' }

  it('goes nowhere when the display becomes another, as libvirt takes no such sound alone', () => {
    const { added, removed } = change(domainWith(`${spice}\n${audio}`), item, { type: 'vnc' }, [], {
      kind: 'graphics',
      key: 'vnc',
    })
    expect(added).toContain(`<audio id='1' type='none'/>`)
    expect(removed).toContain(audio)
  })

  it('goes nowhere when the display is removed', () => {
    const document = EditDocument.parse(domainWith(`${spice}\n${audio}`))
    const { document: after } = applyChanges(document, [{ kind: 'remove', item }])
    expect(after.toString()).toContain(`<audio id='1' type='none'/>`)
  })

  it('stays while another one is there', () => {
    const { text } = change(domainWith(`${spice}\n${vnc}\n${audio}`), key, { type: 'sdl' }, [], {
      kind: 'graphics',
      key: 'sdl',
    })
    expect(text).toContain(audio)
  })
})
