import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { chooseDisplay } from './console'
import { parseXml, type XmlElement } from './xml/document'

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
