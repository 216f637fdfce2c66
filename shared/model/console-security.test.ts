import { expect, test } from 'vitest'
import {
  assessConsole,
  assessVm,
  listenScope,
  type AssessContext,
  type ConsoleDisplay,
  type ListenScope,
} from './console-security'

const bySsh: AssessContext = { reach: 'ssh', isXen: false, nowMs: Date.UTC(2026, 0, 1) }

function vnc(address: string | undefined, more: Partial<ConsoleDisplay> = {}): ConsoleDisplay {
  return {
    type: 'vnc',
    listen: { kind: 'address', ...(address === undefined ? {} : { address }), scope: listenScope(address) },
    password: 'no',
    isPasswordTooLong: false,
    encrypted: 'no',
    verifiesClients: 'no',
    sasl: 'no',
    ...more,
  }
}

const texts = (display: ConsoleDisplay, context = bySsh): string =>
  assessConsole(display, context)
    .findings.map(({ text, cure = '' }) => `${text} ${cure}`)
    .join('\n')

test('addresses are told apart by who can reach them, in every way of writing them', () => {
  const cases: Record<ListenScope, (string | undefined)[]> = {
    loopback: ['127.0.0.1', '127.1.2.3', '::1', '[::1]', 'localhost', 'LOCALHOST', '::ffff:127.0.0.1'],
    all: ['0.0.0.0', '::', '', '*', '[::]', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0'],
    given: ['192.0.2.1', 'fe80::1', '10.0.0.1', '128.0.0.1', 'rack-1.example', '127.0.0.1.example'],
    unknown: [undefined],
  }
  for (const [scope, addresses] of Object.entries(cases)) {
    for (const address of addresses) expect([address, listenScope(address)]).toEqual([address, scope])
  }
})

test('a display on the loopback address or a socket is safe behind ssh, and the tunnel is named', () => {
  expect(assessConsole(vnc('127.0.0.1'), bySsh).verdict).toBe('tunnelled')
  expect(texts(vnc('127.0.0.1'))).toContain('through the ssh connection')
  const socket = vnc(undefined, { listen: { kind: 'socket', path: '/run/x.sock' } })
  expect(assessConsole(socket, bySsh).verdict).toBe('tunnelled')
  expect(texts(vnc('127.0.0.1'), { ...bySsh, reach: 'network' })).toContain('qemu+ssh://')
})

test('a display on a network without a password is open, whether or not it is encrypted', () => {
  for (const encrypted of ['no', 'yes', 'unknown'] as const) {
    expect(assessConsole(vnc('0.0.0.0', { encrypted }), bySsh).verdict).toBe('open')
  }
  expect(texts(vnc('0.0.0.0'))).toContain('it asks for no password')
  expect(texts(vnc('0.0.0.0'))).toContain('in the clear')
})

test('a password alone on a network is warned about, and TLS with it counts as encrypted', () => {
  const { verdict, findings } = assessConsole(vnc('192.0.2.1', { password: 'yes' }), bySsh)
  expect(verdict).toBe('password')
  expect(findings.filter(({ tone }) => tone === 'warning').map(({ text }) => text)).toEqual([
    'It can be reached from the network of 192.0.2.1.',
    'What is shown and typed crosses the network in the clear.',
  ])
  expect(assessConsole(vnc('192.0.2.1', { password: 'yes', encrypted: 'yes' }), bySsh).verdict).toBe(
    'encrypted',
  )
  expect(assessConsole(vnc('::', { sasl: 'yes', encrypted: 'yes' }), bySsh).verdict).toBe('encrypted')
})

test('what cannot be learned is never guessed', () => {
  const hidden = vnc('0.0.0.0', { password: 'unknown', encrypted: 'unknown', whyUnknown: 'Root only.' })
  expect(assessConsole(hidden, bySsh).verdict).toBe('unknown')
  expect(texts(hidden)).toContain('cannot be told from here. Root only.')
  expect(assessConsole(vnc(undefined), bySsh).verdict).toBe('unknown')
})

test('a VNC password beyond eight characters and an expired one are warnings', () => {
  const long = vnc('127.0.0.1', { password: 'yes', isPasswordTooLong: true })
  expect(texts(long)).toContain('longer than eight characters')
  expect(texts({ ...long, type: 'spice' })).not.toContain('eight characters')
  const expired = vnc('127.0.0.1', { password: 'yes', passwordValidUntilMs: bySsh.nowMs - 1 })
  expect(texts(expired)).toContain('has expired')
  expect(texts({ ...expired, passwordValidUntilMs: bySsh.nowMs + 1 })).not.toContain('expired')
})

test('on Xen nothing stronger than a password is advised', () => {
  const xen = { ...bySsh, isXen: true }
  expect(texts(vnc('0.0.0.0', { password: 'yes' }), xen)).toContain('Xen offers nothing stronger')
  expect(texts(vnc('0.0.0.0'), xen)).not.toContain('turn on TLS')
})

test('a VM is as safe as its worst display, and findings name which', () => {
  const spice = vnc('127.0.0.1', { type: 'spice' })
  const { verdict, findings } = assessVm([spice, vnc('0.0.0.0')], bySsh)
  expect(verdict).toBe('open')
  expect(findings.some(({ tone, text }) => tone === 'danger' && text.startsWith('VNC: '))).toBe(true)
  expect(assessVm([], bySsh).verdict).toBe('none')
})
