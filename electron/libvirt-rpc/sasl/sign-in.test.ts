import { describe, expect, it } from 'vitest'
import { RpcConnection } from '../connection'
import { RpcAuthError } from '../errors'
import { duplexPair } from '../testing/duplex-pair'
import { FakeDaemon, FakeError } from '../testing/fake-daemon'
import { ScramServer, type ScramServerOptions } from '../../sign-in/testing/scram-server'
import { chooseMechanism } from '../../sign-in/mechanism'
import type { ScramMechanism } from '../../sign-in/scram'
import { saslSignIn, type SaslOptions } from './sign-in'

const refused = (): never => {
  throw new FakeError(45, 20, 'authentication failed: authentication failed')
}
const data = (value: unknown): string => Buffer.from(value as Uint8Array).toString('utf8')
const reply = (complete: number, text?: string) => ({
  complete,
  nil: text === undefined ? 1 : 0,
  data: Buffer.from(text ?? ''),
})

interface Host extends ScramServerOptions {
  readonly offers: string
  /** The proof of the host comes in a message of its own, and the end after one more. */
  readonly isSlow?: boolean
  readonly forgetsProof?: boolean
}

/** A daemon that wants SASL, and what the client does with it. */
async function signIn(host: Host, options: Partial<SaslOptions> = {}): Promise<FakeDaemon> {
  const [ours, theirs] = duplexPair()
  const daemon = new FakeDaemon(theirs)
  let server: ScramServer | undefined
  daemon
    .on('AUTH_SASL_INIT', () => (host.offers === '' ? refused() : { mechlist: host.offers }))
    .on('AUTH_SASL_START', (args) => {
      if (args['mech'] === 'PLAIN') {
        return data(args['data']) === '\0alice\0opensesame' ? reply(1) : refused()
      }
      server = new ScramServer(args['mech'] as ScramMechanism, host)
      return reply(0, server.first(data(args['data'])))
    })
    .on('AUTH_SASL_STEP', (args) => {
      if (args['nil'] === 1) return reply(1)
      const proof = server?.final(data(args['data'])) ?? refused()
      if (host.forgetsProof) return reply(1)
      return reply(host.isSlow ? 0 : 1, proof)
    })
  const connection = new RpcConnection(ours)
  try {
    const exchange = saslSignIn({
      isPrivate: true,
      prepare: (text) => text.normalize('NFKC'),
      credentials: async () => ({ user: 'alice', password: 'opensesame' }),
      ...options,
    })
    await exchange(connection, 5000)
    return daemon
  } finally {
    connection.close('test over')
  }
}

const mechanismUsed = (daemon: FakeDaemon) =>
  daemon.calls.find(({ name }) => name === 'AUTH_SASL_START')?.args['mech']

describe('signing in by SASL', () => {
  it.each([
    ['DIGEST-MD5,SCRAM-SHA-256,PLAIN', 'SCRAM-SHA-256'],
    ['PLAIN,SCRAM-SHA-1', 'SCRAM-SHA-1'],
    ['scram-sha-512,SCRAM-SHA-256', 'SCRAM-SHA-512'],
    ['PLAIN', 'PLAIN'],
  ])('of %s takes %s', async (offers, mechanism) => {
    expect(mechanismUsed(await signIn({ offers }))).toBe(mechanism)
  })

  it('takes the one it is told', async () => {
    const daemon = await signIn({ offers: 'SCRAM-SHA-256,PLAIN' }, { mechanism: 'plain' })
    expect(mechanismUsed(daemon)).toBe('PLAIN')
  })

  it('sends no byte behind the message', async () => {
    const daemon = await signIn({ offers: 'PLAIN' })
    const start = daemon.calls.find(({ name }) => name === 'AUTH_SASL_START')
    expect(data(start?.args['data'])).toBe('\0alice\0opensesame')
  })

  it('ends properly with a host that takes one message more', async () => {
    const daemon = await signIn({ offers: 'SCRAM-SHA-256', isSlow: true })
    expect(daemon.calls.map(({ name }) => name)).toEqual([
      'AUTH_SASL_INIT',
      'AUTH_SASL_START',
      'AUTH_SASL_STEP',
      'AUTH_SASL_STEP',
    ])
  })

  it('prepares name and password, so that both sides write them alike', async () => {
    const credentials = async () => ({ user: 'alice', password: 'open\ufb01' })
    await signIn({ offers: 'SCRAM-SHA-256', password: 'openfi' }, { credentials })
  })

  it.each([
    ['SCRAM-SHA-256', 'wrong'],
    ['PLAIN', 'wrong'],
  ])('says that %s was refused', async (offers, password) => {
    const credentials = async () => ({ user: 'alice', password })
    await expect(signIn({ offers }, { credentials })).rejects.toMatchObject({
      name: 'RpcAuthError',
      kind: 'refused',
      message: expect.stringContaining('authentication failed'),
    })
  })

  it.each([
    ['hands no password to a line that others can read', 'PLAIN', { isPrivate: false }, ['PLAIN']],
    [
      'does not speak mechanisms with a layer of their own',
      'DIGEST-MD5,GSSAPI',
      {},
      ['DIGEST-MD5', 'GSSAPI'],
    ],
    ['takes no other than it is told', 'PLAIN', { mechanism: 'SCRAM-SHA-256' }, ['PLAIN']],
    ['says when the host offers nothing at all', '', { isPrivate: false }, []],
  ])('%s', async (_, offers, options, offered) => {
    let asked = false
    const credentials = async () => {
      asked = true
      return { user: 'alice', password: 'x' }
    }
    await expect(signIn({ offers }, { ...options, credentials })).rejects.toMatchObject({
      kind: 'no-mechanism',
      offered,
    })
    expect(asked).toBe(false)
  })

  it('does not believe a host that leaves out its own proof', async () => {
    await expect(signIn({ offers: 'SCRAM-SHA-256', forgetsProof: true })).rejects.toMatchObject({
      kind: 'untrusted-host',
    })
  })

  it.each(['SCRAM-SHA-256', 'PLAIN'])('refuses a password that cannot be sent by %s', async (offers) => {
    const failure = signIn(
      { offers },
      {
        prepare: () => {
          throw new Error('prohibited character')
        },
        credentials: async () => ({ user: 'alice', password: 'a\0b' }),
      },
    )
    await expect(failure).rejects.toMatchObject({ kind: 'unusable-credentials' })
    await expect(failure).rejects.toBeInstanceOf(RpcAuthError)
  })

  it('never chooses what the host does not offer', () => {
    expect(chooseMechanism(['PLAIN'], { isPrivate: true, only: 'GSSAPI' })).toBeUndefined()
    expect(chooseMechanism([], { isPrivate: true })).toBeUndefined()
  })
})
