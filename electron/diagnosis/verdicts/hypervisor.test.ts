import { describe, expect, it } from 'vitest'
import { parseHostFacts, type HostFacts } from '../probes/host-facts'
import { judgeAuth, judgeKvm, judgeOpen, judgeXen, type OfferedAuth } from './hypervisor'

const bare = parseHostFacts('user=me\nuid=1000\nkernel=Linux\n')
const facts = (more: Partial<HostFacts>): HostFacts => ({ ...bare, ...more })

describe('what the daemon asks for', () => {
  const sasl = (...saslMechanisms: string[]): OfferedAuth => ({ methods: ['sasl'], saslMechanisms })
  const cases: [string, OfferedAuth, boolean, string, string][] = [
    ['nothing', { methods: ['none'] }, true, 'ok', 'no further proof'],
    ['nothing by an empty list', { methods: [] }, true, 'ok', 'no further proof'],
    ['polkit', { methods: ['polkit'] }, true, 'ok', 'polkit'],
    ['SCRAM', sasl('SCRAM-SHA-256', 'GSSAPI'), true, 'ok', 'SCRAM-SHA-256'],
    ['PLAIN under TLS', sasl('PLAIN'), true, 'ok', 'PLAIN'],
    ['PLAIN in the open', sasl('PLAIN'), false, 'failed', 'in the open only'],
    ['DIGEST-MD5', sasl('DIGEST-MD5'), true, 'failed', 'no mechanism Innkeeper speaks'],
    ['Kerberos', sasl('GSSAPI'), true, 'failed', 'no mechanism Innkeeper speaks'],
    ['no mechanism', sasl(), false, 'failed', 'offers no way'],
    ['something new', { methods: ['unknown'] }, true, 'failed', 'nobody knows'],
  ]
  it.each(cases)('%s', (_, offered, isEncrypted, state, words) => {
    const verdict = judgeAuth(offered, isEncrypted)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
  })

  it('names Kerberos or the broken mechanism as the reason', () => {
    expect(judgeAuth(sasl('GSSAPI'), true).cause).toContain('Kerberos')
    expect(judgeAuth(sasl('DIGEST-MD5'), true).cause).toContain('RFC 6331')
  })
})

describe('opening to look and to manage', () => {
  const denied = { kind: 'denied', message: 'wants a confirmation', detail: 'polkit' } as const
  const manager = { isReadOnlyHost: false, user: 'me' }
  const looker = { isReadOnlyHost: true, user: 'me' }

  it('are two rights: only the one that is wanted fails the host', () => {
    expect(judgeOpen('read-only', { error: denied }, manager).state).toBe('warning')
    expect(judgeOpen('read-write', { error: denied }, manager).state).toBe('failed')
    expect(judgeOpen('read-only', { error: denied }, looker).state).toBe('failed')
    expect(judgeOpen('read-write', { error: denied }, looker).state).toBe('warning')
  })

  it('name the polkit action that is missing', () => {
    expect(judgeOpen('read-write', { error: denied }, manager)).toMatchObject({
      recipe: 'polkit-rule',
      detail: 'polkit',
    })
    expect(judgeOpen('read-write', { error: denied }, manager).cause).toContain('org.libvirt.unix.manage')
    expect(judgeOpen('read-only', { error: denied }, looker).cause).toContain('org.libvirt.unix.monitor')
  })

  it('lead to the fitting recipe', () => {
    const recipe = (kind: 'auth-failed' | 'unreachable' | 'unsupported'): string | undefined =>
      judgeOpen('read-write', { error: { kind, message: 'm' } }, manager).recipe
    expect(recipe('auth-failed')).toBe('sasl-users')
    expect(recipe('unreachable')).toBe('start-daemon')
    expect(recipe('unsupported')).toBe(undefined)
  })
})

describe('hardware virtualization', () => {
  const cases: [string, Partial<HostFacts>, string, string][] = [
    ['usable', { kvm: { state: 'usable', listing: '' } }, 'ok', 'may be used'],
    ['not for this account', { kvm: { state: 'denied', listing: '' } }, 'warning', 'me may not use it'],
    ['missing with the extension', { cpuFlag: 'vmx' }, 'warning', 'emulated and slow'],
    ['missing without', {}, 'warning', 'emulated and slow'],
    ['another system', { kernel: 'FreeBSD' }, 'skipped', 'FreeBSD'],
  ]
  it.each(cases)('%s', (_, more, state, words) => {
    const verdict = judgeKvm(facts(more), 'qemu', true)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
  })

  it('tells the module, the firmware and the host below apart', () => {
    expect(judgeKvm(facts({ cpuFlag: 'svm' }), 'qemu', true).commands?.[0]?.text).toBe(
      'sudo modprobe kvm_amd',
    )
    expect(judgeKvm(bare, 'qemu', true).cause).toContain('firmware')
    expect(judgeKvm(facts({ isGuest: true }), 'qemu', true).cause).toContain('Nested')
  })

  it('is not asked of other hypervisors', () => expect(judgeKvm(bare, 'lxc', true).state).toBe('skipped'))
})

describe('Xen', () => {
  const running = ['oxenstored', 'xenconsoled']
  const cases: [string, Partial<HostFacts>, string, string][] = [
    ['no Xen', {}, 'failed', 'is not running Xen'],
    ['a guest', { xen: '' }, 'failed', 'is a guest of Xen'],
    ['no services', { xen: 'control_d' }, 'failed', 'xenstored and xenconsoled are not running'],
    ['one service', { xen: 'control_d', processes: ['xenstored'] }, 'failed', 'xenconsoled is not running'],
    ['all well', { xen: 'control_d', processes: running, uid: 0 }, 'ok', 'running with its services'],
    ['as another user', { xen: 'control_d', processes: running }, 'ok', 'libvirt manages it'],
  ]
  it.each(cases)('%s', (_, more, state, words) => {
    const verdict = judgeXen(facts(more), false)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
    if (state === 'failed') expect([verdict.cause, verdict.cure]).not.toContain(undefined)
  })

  it('offers to start xencommons', () => {
    const verdict = judgeXen(facts({ xen: 'control_d' }), false)
    expect(verdict.commands?.[0]).toEqual({ where: 'host', text: 'sudo systemctl enable --now xencommons' })
  })
})
