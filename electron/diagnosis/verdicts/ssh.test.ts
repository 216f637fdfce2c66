import { describe, expect, it } from 'vitest'
import { fingerprint, type HostKeyVerdict } from '../../link/known-hosts'
import type { KeyState } from '../probes/key-state'
import { parseSshSettings } from '../probes/ssh-way'
import { clockText, judgeHostKey, judgeKeys, judgeMethods, judgeSignIn, judgeSshConfig } from './ssh'

const key = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.alloc(36)])

describe('the host key', () => {
  const place = { file: '/home/me/.ssh/known_hosts', line: 7 }
  const cases: [HostKeyVerdict, string, string][] = [
    [{ kind: 'known' }, 'ok', 'is the one on record'],
    [{ kind: 'unknown' }, 'warning', 'not on record yet'],
    [
      { kind: 'changed', knownType: 'ssh-rsa', knownKey: Buffer.from('old'), ...place },
      'failed',
      'not the one on record',
    ],
    [{ kind: 'revoked', ...place }, 'failed', 'revoked'],
  ]
  it.each(cases)('%j', (verdict, state, words) => {
    const judged = judgeHostKey('h1', 22, key, verdict)
    expect(judged.state).toBe(state)
    expect(judged.found).toContain(words)
    expect(judged.facts?.join()).toContain('SHA256:')
  })

  it('that changed is shown with both fingerprints, and how to remove the old one', () => {
    const judged = judgeHostKey('h1', 2222, key, {
      kind: 'changed',
      knownType: 'ssh-rsa',
      knownKey: Buffer.from('old'),
      ...place,
    })
    expect(judged.facts?.[1]).toBe(
      `On record: ssh-rsa ${fingerprint(Buffer.from('old'))} (/home/me/.ssh/known_hosts line 7)`,
    )
    expect(judged.commands?.[0]?.text).toBe("ssh-keygen -f /home/me/.ssh/known_hosts -R '[h1]:2222'")
  })
})

describe('keys of this computer', () => {
  const none: KeyState = { usual: [], agent: { kind: 'none' } }
  const file = { path: '/k', type: 'ssh-ed25519', isEncrypted: false, mode: 0o600 }
  const cases: [string, KeyState, string, string][] = [
    ['none at all', none, 'warning', 'no ssh key'],
    ['a silent agent', { usual: [], agent: { kind: 'silent', detail: 'gone' } }, 'warning', 'no ssh key'],
    ['one file', { ...none, usual: [file] }, 'ok', 'One key'],
    [
      'a file others can read',
      { ...none, usual: [{ ...file, mode: 0o644 }] },
      'warning',
      'readable by others',
    ],
    ['an agent with keys', { usual: [], agent: { kind: 'keys', count: 2 } }, 'ok', 'agent has keys'],
    ['an agent with too many', { usual: [], agent: { kind: 'keys', count: 9 } }, 'warning', 'holds 9 keys'],
    [
      'the chosen one is broken',
      {
        ...none,
        chosen: {
          path: '/k',
          error: { kind: 'invalid', message: 'The key file /k does not exist', cure: 'Choose another' },
        },
      },
      'failed',
      'does not exist',
    ],
  ]
  it.each(cases)('%s', (_, state, expected, words) => {
    const verdict = judgeKeys(state)
    expect(verdict.state).toBe(expected)
    expect(verdict.found).toContain(words)
  })
})

describe('ways to sign in', () => {
  const cases: [string[], string, string][] = [
    [['publickey', 'password'], 'ok', 'keys, passwords'],
    [['keyboard-interactive'], 'ok', 'answers to its questions'],
    [['none'], 'warning', 'without any proof'],
    [['gssapi-with-mic'], 'failed', 'none of the ways'],
    [[], 'warning', 'does not say'],
  ]
  it.each(cases)('%j', (methods, state, words) => {
    const verdict = judgeMethods('me', methods)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
  })

  it('names Kerberos as what the host wants', () => {
    expect(judgeMethods('me', ['gssapi-with-mic']).cause).toContain('Kerberos')
  })
})

describe('a refused sign-in', () => {
  const refused = { kind: 'auth-failed', message: 'h1 refused the key of me' } as const

  it('is a missing line in authorized_keys where only keys are taken', () => {
    const verdict = judgeSignIn(refused, { user: 'me', host: 'h1', methods: ['publickey'] })
    expect(verdict).toMatchObject({ state: 'failed', recipe: 'sshd' })
    expect(verdict.cause).toContain('authorized_keys of me')
  })

  it('is a wrong name or password elsewhere', () => {
    const verdict = judgeSignIn(refused, { user: 'me', host: 'h 1', methods: ['publickey', 'password'] })
    expect(verdict.cause).toContain('user name or the password is wrong')
    expect(verdict.commands?.[0]?.text).toBe("ssh-copy-id 'me@h 1'")
  })

  it('that the user gave up is no failure, and ends what depends on it', () => {
    const cancelled = { kind: 'cancelled', message: 'Signing in was cancelled' } as const
    expect(judgeSignIn(cancelled, { user: 'me', host: 'h1', methods: [] })).toMatchObject({
      state: 'skipped',
      blocks: true,
    })
  })
})

describe('the ssh configuration', () => {
  const text =
    'user keeper\nhostname db1.example.org\nport 2200\nproxyjump gate\nuserknownhostsfile /a /b\n' +
    'identityfile ~/.ssh/one\nidentityfile /two\nhostkeyalias db\nproxycommand none\n'
  const read = (settings: string) => parseSshSettings(settings, 'db1', '/home/me')

  it('is read from what ssh -G prints', () => {
    expect(read(text)).toEqual({
      host: 'db1.example.org',
      port: 2200,
      user: 'keeper',
      by: 'jump host gate',
      knownHostsFiles: ['/a', '/b'],
      hostKeyAlias: 'db',
      identityFiles: ['/home/me/.ssh/one', '/two'],
    })
    expect(read('hostname db1\nproxycommand nc %h %p\n').by).toBe('a ProxyCommand')
  })

  it('is told where it makes a difference', () => {
    expect(judgeSshConfig('db1', read(text)).facts).toContain('db1 stands for db1.example.org')
    expect(judgeSshConfig('db1', undefined).state).toBe('skipped')
    expect(judgeSshConfig('db1', read('hostname db1\nport 22\n')).found).toContain('nothing special')
  })
})

describe('two clocks', () => {
  const minute = 60_000
  it.each([
    [0, undefined],
    [59_000, undefined],
    [5 * minute, 'Its clock is 5 minutes ahead of this computer’s'],
    [-3 * 60 * minute, 'Its clock is 3 hours behind this computer’s'],
    [5 * 24 * 60 * minute, 'Its clock is 5 days ahead of this computer’s'],
  ])('%d ms apart', (apart, text) => {
    expect(clockText(1e12 + apart, 1e12)).toBe(text)
  })
})
