import { describe, expect, it } from 'vitest'
import { parseHostUri } from '../../../shared/model/host-uri'
import type { Prompt, PromptAnswer } from '../../../shared/model/prompt'
import { RpcAuthError, type RpcAuthErrorKind } from '../../libvirt-rpc/index'
import { RpcConnection } from '../../libvirt-rpc/connection'
import { duplexPair } from '../../libvirt-rpc/testing/duplex-pair'
import { FakeDaemon, FakeError } from '../../libvirt-rpc/testing/fake-daemon'
import { authOf, SaslLogin } from './dial-sasl'

const text = (user: string, password: string): PromptAnswer => ({ kind: 'text', values: [user, password] })

interface Parts {
  readonly uri?: string
  readonly answers?: readonly PromptAnswer[]
  readonly file?: { readonly user?: string; readonly password?: string }
}

function login({ uri = 'qemu+tls://web/system', answers = [], file }: Parts = {}) {
  const waiting = [...answers]
  const prompts: Prompt[] = []
  const log: string[] = []
  const one = new SaslLogin(parseHostUri(uri), {
    ask: async (prompt) => {
      prompts.push(prompt)
      return waiting.shift() ?? null
    },
    log: (line) => void log.push(line),
    fromFile: async () => file,
  })
  return { login: one, prompts, log }
}

/** One connection to a daemon that knows alice's password; what it sent is returned, or thrown. */
async function attempt(one: SaslLogin): Promise<string> {
  const [ours, theirs] = duplexPair()
  let sent = ''
  new FakeDaemon(theirs)
    .on('AUTH_SASL_INIT', () => ({ mechlist: 'PLAIN' }))
    .on('AUTH_SASL_START', ({ data }) => {
      sent = Buffer.from(data as Uint8Array).toString()
      if (sent !== '\0alice\0right') throw new FakeError(45, 20, 'authentication failed')
      return { complete: 1, nil: 1, data: Buffer.alloc(0) }
    })
  const connection = new RpcConnection(ours)
  try {
    await one.auth.sasl?.(connection, 5000)
    return sent
  } finally {
    connection.close('test over')
  }
}

async function untilIn(one: SaslLogin): Promise<string> {
  for (;;) {
    try {
      return await attempt(one)
    } catch (error) {
      if (!one.mayRetry(error)) throw error
    }
  }
}

describe('signing in to the daemon', () => {
  it('uses what worked for further connections without asking', async () => {
    const { login: one, prompts, log } = login({ answers: [text('alice', 'right')] })
    await untilIn(one)
    await untilIn(one)
    expect(prompts).toHaveLength(1)
    expect(log).toEqual(['Signed in as alice (SASL)'])
  })

  it('takes the auth file first, then the user, who begins with its name', async () => {
    const file = { user: 'alice', password: 'out of date' }
    const { login: one, prompts, log } = login({ file, answers: [text('alice', 'right')] })
    await untilIn(one)
    expect(prompts).toEqual([
      { kind: 'credentials', service: 'libvirt on web', address: 'web', user: 'alice', isRetry: false },
    ])
    expect(log).toContain("The host refuses the auth file's password of alice")
    expect(JSON.stringify(log)).not.toMatch(/out of date|right/)
  })

  it('asks only for the password where the file has the name only', async () => {
    const { login: one, prompts } = login({ file: { user: 'bob' }, answers: [text('alice', 'right')] })
    await untilIn(one)
    expect(prompts).toMatchObject([{ user: 'bob' }])
  })

  it('begins with the user of the URI, who is not more than a suggestion', async () => {
    const { login: one, prompts } = login({
      uri: 'qemu+tls://bob@web/system',
      answers: [text('alice', 'right')],
    })
    expect(await untilIn(one)).toBe('\0alice\0right')
    expect(prompts).toMatchObject([{ user: 'bob' }])
  })

  it('asks three times, then names the user and where the password is set', async () => {
    const wrong = [1, 2, 3, 4].map((count) => text('mallory', `guess-${count}`))
    const { login: one, prompts, log } = login({ answers: wrong })
    const failure = untilIn(one)
    await expect(failure).rejects.toMatchObject({
      kind: 'auth-failed',
      message: 'libvirt on web refuses the name "mallory" or its password',
      cure: expect.stringContaining('saslpasswd2 -a libvirt mallory'),
    })
    expect(prompts.map((prompt) => 'isRetry' in prompt && prompt.isRetry)).toEqual([false, true, true])
    expect(JSON.stringify([log, await failure.catch(String)])).not.toContain('guess')
  })

  it('does not ask again when a password that worked is refused later', async () => {
    const { login: one, prompts } = login({ answers: [text('alice', 'right')] })
    await untilIn(one)
    expect(() => one.mayRetry(new RpcAuthError('refused', 'authentication failed'))).toThrow(
      expect.objectContaining({ kind: 'auth-failed' }),
    )
    expect(prompts).toHaveLength(1)
  })

  it('hands no password to a host that need not prove its name', async () => {
    const { login: one, prompts } = login({
      uri: 'qemu+tls://web/system?no_verify=1',
      answers: [text('alice', 'right')],
    })
    await expect(untilIn(one)).rejects.toMatchObject({
      kind: 'denied',
      message: 'The password is not given to web, which has not proved its name',
      cure: expect.stringMatching(/Leave out no_verify.*scram-sha-256/),
    })
    expect(prompts).toEqual([])
  })

  it.each<[RpcAuthErrorKind, string, string, RegExp, RegExp]>([
    ['untrusted-host', 'qemu+tls://web/system', 'denied', /did not prove/, /another machine/],
    ['method-refused', 'qemu+tls://web/system?auth=polkit', 'unsupported', /by polkit$/, /Leave out auth=/],
    [
      'no-mechanism',
      'qemu+tls://web/system',
      'unsupported',
      /offers only GSSAPI, DIGEST-MD5/,
      /mech_list: scram-sha-256/,
    ],
    [
      'no-mechanism',
      'qemu+tcp://web/system',
      'unsupported',
      /safely over plain TCP/,
      /qemu\+tls:\/\/ or qemu\+ssh:\/\//,
    ],
    [
      'no-mechanism',
      'qemu+tls://web/system?auth=sasl.GSSAPI',
      'unsupported',
      /by GSSAPI$/,
      /It offers GSSAPI, DIGEST-MD5/,
    ],
    ['unknown-method', 'qemu+tls://web/system', 'unsupported', /does not offer/, /ssh/],
  ])('explains %s of %s', (kind, uri, errorKind, message, cure) => {
    const error = new RpcAuthError(kind, 'words of the client', ['GSSAPI', 'DIGEST-MD5'])
    expect(() => login({ uri }).login.mayRetry(error)).toThrow(
      expect.objectContaining({
        kind: errorKind,
        message: expect.stringMatching(message),
        cure: expect.stringMatching(cure),
      }),
    )
  })

  it('leaves other failures to others', () => {
    expect(login().login.mayRetry(new Error('cut off'))).toBe(false)
  })
})

it.each([
  ['', {}],
  ['?auth=sasl', { method: 'sasl' }],
  ['?auth=SASL.scram-sha-256', { method: 'sasl', mechanism: 'SCRAM-SHA-256' }],
  ['?auth=polkit', { method: 'polkit' }],
])('reads the way of signing in from %j', (query, expected) => {
  expect(authOf(parseHostUri(`qemu+tls://h/system${query}`))).toEqual(expected)
})

it.each(['magic', 'sasl.', 'sasl.a b', ''])('refuses auth=%s', (value) => {
  expect(() => authOf(parseHostUri(`qemu+tls://h/system?auth=${encodeURIComponent(value)}`))).toThrow(
    expect.objectContaining({ kind: 'invalid', field: 'uri' }),
  )
})
