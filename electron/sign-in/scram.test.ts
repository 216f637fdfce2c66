import { describe, expect, it } from 'vitest'
import { SignInError } from './errors'
import { ScramServer, type ScramServerOptions } from './testing/scram-server'
import { ScramClient, type ScramMechanism } from './scram'

const text = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('utf8')
const bytes = (message: string): Uint8Array => Buffer.from(message, 'utf8')

describe('SCRAM', () => {
  it.each([
    {
      source: 'RFC 5802 section 5',
      mechanism: 'SCRAM-SHA-1' as const,
      nonce: 'fyko+d2lbbFgONRv9qkxdawL',
      serverFirst: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
      clientFinal: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
      serverFinal: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    },
    {
      source: 'RFC 7677 section 3',
      mechanism: 'SCRAM-SHA-256' as const,
      nonce: 'rOprNGfwEbeRWgbNEkqO',
      serverFirst: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      clientFinal:
        'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
      serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    },
  ])('says what $source says', async ({ mechanism, nonce, serverFirst, clientFinal, serverFinal }) => {
    const client = new ScramClient(mechanism, { user: 'user', password: 'pencil' }, nonce)
    expect(text(client.first())).toBe(`n,,n=user,r=${nonce}`)
    expect(text(await client.respond(bytes(serverFirst)))).toBe(clientFinal)
    expect(client.isDone).toBe(false)
    expect(await client.respond(bytes(serverFinal))).toBeNull()
    expect(client.isDone).toBe(true)
  })

  const converse = async (
    mechanism: ScramMechanism,
    options: ScramServerOptions = {},
    user = 'alice',
  ): Promise<{ server: ScramServer; client: ScramClient }> => {
    const server = new ScramServer(mechanism, options)
    const client = new ScramClient(mechanism, { user, password: 'opensesame' })
    const proof = await client.respond(bytes(server.first(text(client.first()))))
    const final = server.final(text(proof))
    if (final === undefined) throw new Error('the server refused the proof')
    await client.respond(bytes(final))
    return { server, client }
  }

  it.each(['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
    'convinces both sides by %s, and never says the same twice',
    async (mechanism) => {
      const { client } = await converse(mechanism)
      expect(client.isDone).toBe(true)
      const [one, other] = [1, 2].map(() => new ScramClient(mechanism, { user: 'a', password: 'b' }).first())
      expect(text(one ?? null)).not.toBe(text(other ?? null))
    },
  )

  it('carries names with the signs of the protocol itself', async () => {
    const { server } = await converse('SCRAM-SHA-256', {}, 'a=b,c')
    expect(server.user).toBe('a=b,c')
  })

  it.each([
    ['answers with somebody else’s nonce', { nonce: 'stranger' }, /another conversation/],
    ['asks for too little work', { iterations: 4095 }, /weak: 4095 rounds/],
    ['asks for endless work', { iterations: 2_000_001 }, /2000001 rounds/],
    ['does not know the password', { falseSignature: true }, /does not know the password/],
  ])('does not trust a server that %s', async (_, options, words) => {
    const failure = await converse('SCRAM-SHA-256', options).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SignInError)
    expect(failure).toMatchObject({ kind: 'untrusted-host', message: expect.stringMatching(words) })
  })

  it('does not take its own nonce for the server’s', async () => {
    const client = new ScramClient('SCRAM-SHA-1', { user: 'a', password: 'b' }, 'mine')
    await expect(client.respond(bytes('r=mine,s=QSXCR+Q6sek8bf92,i=4096'))).rejects.toMatchObject({
      kind: 'untrusted-host',
    })
  })

  it.each([
    '',
    'm=new,r=mine2,s=QQ==,i=4096',
    'r=mine2,i=4096',
    'r=mine2,s=QQ==,i=many',
    'r=mine2,s=*,i=4096',
  ])('refuses what is not an answer: %j', async (answer) => {
    const client = new ScramClient('SCRAM-SHA-1', { user: 'a', password: 'b' }, 'mine')
    await expect(client.respond(bytes(answer))).rejects.toMatchObject({ kind: 'untrusted-host' })
  })

  it('reads a refusal in the last message', async () => {
    const client = new ScramClient('SCRAM-SHA-1', { user: 'a', password: 'b' }, 'mine')
    await client.respond(bytes('r=mine2,s=QSXCR+Q6sek8bf92,i=4096'))
    await expect(client.respond(bytes('e=unknown-user'))).rejects.toMatchObject({ kind: 'refused' })
  })
})
