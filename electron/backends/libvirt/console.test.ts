import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { chooseDisplay } from '../choose-display'
import { parseXml, type XmlElement } from '../../domain-xml/document'

const fixture = (name: string): XmlElement =>
  parseXml(readFileSync(new URL(`./xml/fixtures/${name}.xml`, import.meta.url), 'utf8')).root
const withDevices = (devices: string): XmlElement =>
  parseXml(`<domain><devices>${devices}</devices></domain>`).root
const running = { name: 'web-01', state: 'running' } as const

it('takes a VNC display by TCP', () => {
  expect(chooseDisplay(fixture('running-qemu'), running)).toMatchObject({
    endpoint: { kind: 'tcp', address: '127.0.0.1', port: 5900 },
  })
})

it('takes the VNC display when there is SPICE too', () => {
  expect(chooseDisplay(fixture('running-socket-and-spice'), running)).toMatchObject({
    endpoint: { kind: 'socket', path: '/var/lib/libvirt/qemu/sock01.sock' },
  })
})

it.each([
  ['<graphics type="vnc" port="5901" listen="127.0.0.1"/>', '127.0.0.1:5901'],
  ['<graphics type="vnc" port="5901" listen="::1"/>', '[::1]:5901'],
  ['<graphics type="vnc" socket="/run/vnc.sock"/>', '/run/vnc.sock'],
])(
  'says how a display that listens inside the host only could be seen through TLS: %s',
  (devices, detail) => {
    const found = chooseDisplay(withDevices(devices), running, { isInside: false })
    expect(found).toMatchObject({
      why: 'not-reachable',
      error: {
        kind: 'denied',
        message: 'The screen of web-01 can be reached only from inside its host',
        cure: expect.stringMatching(/by ssh.*listen on an address/),
        detail,
      },
    })
  },
)

it('takes the display that the network leads to through TLS', () => {
  const domain = withDevices(
    `<graphics type="vnc" port="5900" listen="127.0.0.1"/><graphics type="vnc" port="5901" listen="0.0.0.0"/>`,
  )
  expect(chooseDisplay(domain, running, { isInside: false })).toMatchObject({ endpoint: { port: 5901 } })
})

it('prefers a VNC display that can be reached', () => {
  const domain = withDevices(
    `<graphics type="vnc"><listen type="none"/></graphics><graphics type="vnc" port="5901"/>`,
  )
  expect(chooseDisplay(domain, running)).toMatchObject({ endpoint: { port: 5901 } })
})

it.each([
  ['<graphics type="vnc" port="-1"/>', 'shut-off', 'shut-off', 'invalid'],
  ['<graphics type="vnc"><listen type="none"/></graphics>', 'running', 'not-reachable', 'unsupported'],
  ['<graphics type="vnc" port="-1"/>', 'running', 'not-reachable', 'busy'],
  ['<graphics type="spice" port="5900"/>', 'running', 'spice-only', 'unsupported'],
  ['<graphics type="spice" port="5900"/>', 'shut-off', 'spice-only', 'unsupported'],
  ['<graphics type="sdl"/>', 'running', 'no-display', 'unsupported'],
  ['<graphics type="egl-headless"/>', 'running', 'no-display', 'unsupported'],
  ['<serial type="pty"/>', 'running', 'serial-only', 'unsupported'],
  ['<console type="pty"/>', 'shut-off', 'serial-only', 'unsupported'],
  ['', 'running', 'no-display', 'unsupported'],
] as const)('says why %s of a VM that is %s cannot be shown', (devices, state, why, kind) => {
  const found = chooseDisplay(withDevices(devices), { name: 'web-01', state })
  expect(found).toMatchObject({ why, error: { kind, cure: expect.stringMatching(/\.$/) } })
})
