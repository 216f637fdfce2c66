import { describe, expect, it } from 'vitest'
import { judgeBanner, judgeName, judgePort, type Service } from './network'
import type { NameLookup, PortTry } from '../probes/network'

const ssh: Service = {
  name: 'ssh',
  port: 22,
  command: 'ss -ltn',
  refusedCure: 'Start sshd',
  recipe: 'sshd',
}

describe('the name of a host', () => {
  const cases: [string, NameLookup, string, string][] = [
    ['is an address', { kind: 'address' }, 'ok', 'no name to look up'],
    ['is found', { kind: 'found', addresses: ['10.0.0.1'] }, 'ok', 'h1 is 10.0.0.1'],
    ['has two', { kind: 'found', addresses: ['10.0.0.1', '::1'] }, 'ok', 'h1 is 10.0.0.1 and 1 more'],
    ['has none', { kind: 'found', addresses: [] }, 'failed', 'h1 is not a known host name'],
    ['is unknown', { kind: 'failed', code: 'ENOTFOUND', detail: 'd' }, 'failed', 'not a known host name'],
    [
      'cannot be asked',
      { kind: 'failed', code: 'EAI_AGAIN', detail: 'd' },
      'failed',
      'could not be looked up',
    ],
  ]
  it.each(cases)('that %s', (_, lookup, state, words) => {
    const verdict = judgeName('h1', lookup)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
    if (state === 'failed') expect([verdict.cause, verdict.cure]).not.toContain(undefined)
  })

  it('is quoted in commands, whatever is in it', () => {
    const verdict = judgeName("a'; rm -rf ~", { kind: 'failed', code: 'ENOTFOUND', detail: '' })
    expect(verdict.commands?.[0]?.text).toBe(`getent hosts 'a'\\''; rm -rf ~'`)
  })
})

describe('the port of a host', () => {
  const cases: [string, PortTry[], string, string, string | undefined][] = [
    ['accepts', [{ address: '10.0.0.1' }], 'ok', 'accepts connections', undefined],
    [
      'accepts at one address only',
      [{ address: '10.0.0.1' }, { address: '::1', code: 'ETIMEDOUT' }],
      'warning',
      '10.0.0.1 only',
      undefined,
    ],
    ['refuses', [{ address: '10.0.0.1', code: 'ECONNREFUSED' }], 'failed', 'refuses connections', 'sshd'],
    ['is silent', [{ address: '10.0.0.1', code: 'ETIMEDOUT' }], 'failed', 'does not answer', 'firewall'],
    [
      'has no route',
      [{ address: '10.0.0.1', code: 'EHOSTUNREACH' }],
      'failed',
      'cannot be reached',
      undefined,
    ],
    [
      'has no network',
      [{ address: '10.0.0.1', code: 'ENETUNREACH' }],
      'failed',
      'cannot be reached',
      undefined,
    ],
    ['resets', [{ address: '10.0.0.1', code: 'ECONNRESET' }], 'failed', 'cannot be reached', 'firewall'],
  ]
  it.each(cases)('that %s', (_, tries, state, words, recipe) => {
    const verdict = judgePort(ssh, 'h1', tries)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
    expect(verdict.recipe).toBe(recipe)
    if (state === 'failed') expect([verdict.cause, verdict.cure]).not.toContain(undefined)
  })

  it('tells a firewall from a service that is down', () => {
    expect(judgePort(ssh, 'h1', [{ address: 'a', code: 'ETIMEDOUT' }]).cause).toContain('firewall')
    expect(judgePort(ssh, 'h1', [{ address: 'a', code: 'ECONNREFUSED' }]).cure).toBe('Start sshd')
  })
})

describe('what answers at the port', () => {
  const cases: [string, { text: string; ended: boolean }, string, string][] = [
    ['OpenSSH', { text: 'SSH-2.0-OpenSSH_9.2\r\n', ended: false }, 'ok', 'It is OpenSSH_9.2'],
    ['a banner first', { text: 'hello\r\nSSH-2.0-x\r\n', ended: false }, 'ok', 'It is x'],
    ['version 1', { text: 'SSH-1.5-old\n', ended: false }, 'failed', 'old protocol 1.5'],
    ['a web server', { text: 'HTTP/1.1 400 Bad\r\n', ended: true }, 'failed', 'is not an ssh server'],
    ['hanging up', { text: '', ended: true }, 'failed', 'hung up before it said anything'],
    ['silence', { text: '', ended: false }, 'failed', 'Nothing is said'],
  ]
  it.each(cases)('is %s', (_, said, state, words) => {
    const verdict = judgeBanner('h1', 22, said)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
  })

  it('is shown without control characters', () => {
    expect(judgeBanner('h1', 22, { text: '\u001b[31mred\u0007\n', ended: true }).detail).toBe('.[31mred.')
  })
})
