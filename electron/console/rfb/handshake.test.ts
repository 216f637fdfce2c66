import { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { ConsoleCredentials, SignInMethod } from '../../../shared/model/console-sign-in'
import { ScramServer } from '../../sign-in/testing/scram-server'
import { vncResponse } from '../../sign-in/vnc-challenge'
import { shakeHands, type Handshake, type HandshakeOptions } from './handshake'
import { Refused } from './refused'

type Part = string | number | Uint8Array

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const text = (words: string): Buffer => Buffer.concat([u32(words.length), Buffer.from(words)])
const bytes = (...values: number[]): Buffer => Buffer.from(values)

/** A server that says what the test tells it to, and reads what it is told. */
class Server extends Duplex {
  #heard = Buffer.alloc(0)
  #wake = (): void => {}

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.#heard = Buffer.concat([this.#heard, chunk])
    this.#wake()
    done()
  }

  say(...parts: Part[]): void {
    this.push(Buffer.concat(parts.map((part) => (typeof part === 'number' ? u32(part) : Buffer.from(part)))))
  }

  hangUp(): void {
    this.push(null)
  }

  async hear(count: number): Promise<Buffer> {
    while (this.#heard.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const taken = this.#heard.subarray(0, count)
    this.#heard = this.#heard.subarray(count)
    return taken
  }

  get unread(): number {
    return this.#heard.length
  }
}

const never = (): never => {
  throw new Error('not expected here')
}

function options(more: Partial<HandshakeOptions> = {}): HandshakeOptions {
  return {
    signal: new AbortController().signal,
    isPrivate: true,
    credentials: never,
    encrypt: never,
    certificateRefused: never,
    ...more,
  }
}

const knows =
  (credentials: ConsoleCredentials, asked: SignInMethod[] = []) =>
  async (method: SignInMethod): Promise<ConsoleCredentials> => {
    asked.push(method)
    return credentials
  }

/** A greeting of 3.8 with these types, up to the client's choice. */
async function greet(server: Server, ...types: number[]): Promise<number> {
  server.say('RFB 003.008\n')
  expect((await server.hear(12)).toString()).toBe('RFB 003.008\n')
  server.say(bytes(types.length, ...types))
  return (await server.hear(1))[0] ?? 0
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.then(never, (error: unknown) => error)

/** What comes behind the handshake is left in the stream for whoever draws. */
async function whatFollows({ stream }: Handshake): Promise<string> {
  for await (const chunk of stream) return String(chunk)
  return ''
}

describe('the handshake of a display', () => {
  it('gets past a server without security and leaves what follows unread', async () => {
    const server = new Server()
    const shaken = shakeHands(server, options())
    expect(await greet(server, 1)).toBe(1)
    server.say(0, 'pictures')
    const done = await shaken
    expect(done).toMatchObject({ stream: server, isEncrypted: false })
    expect(await whatFollows(done)).toBe('pictures')
    expect(server.unread).toBe(0)
  })

  it.each([
    ['RFB 003.003\n', 'RFB 003.003\n'],
    ['RFB 003.005\n', 'RFB 003.003\n'],
  ])('lets an old server (%j) decide, which then says no result', async (greeting, answer) => {
    const server = new Server()
    const shaken = shakeHands(server, options())
    server.say(greeting)
    expect((await server.hear(12)).toString()).toBe(answer)
    server.say(1, 'pictures')
    expect(await whatFollows(await shaken)).toBe('pictures')
  })

  it.each(['RFB 003.889\n', 'RFB 004.001\n', 'RFB 005.000\n'])('speaks 3.8 with %j', async (greeting) => {
    const server = new Server()
    const shaken = shakeHands(server, options())
    server.say(greeting)
    expect((await server.hear(12)).toString()).toBe('RFB 003.008\n')
    server.say(bytes(1, 1))
    await server.hear(1)
    server.say(0)
    await shaken
  })

  it('answers the challenge of VNC with the password', async () => {
    const server = new Server()
    const asked: SignInMethod[] = []
    const shaken = shakeHands(server, options({ credentials: knows({ password: 'sesame' }, asked) }))
    expect(await greet(server, 1, 2)).toBe(2)
    const challenge = Buffer.from('0123456789abcdef')
    server.say(challenge)
    expect(await server.hear(16)).toEqual(vncResponse(challenge, 'sesame'))
    server.say(0)
    await shaken
    expect(asked).toEqual(['vnc'])
  })

  it.each<[string, (server: Server) => void, string]>([
    ['says so', (server) => server.say(1, text('Authentication failed')), 'Authentication failed'],
    ['hangs up', (server) => server.hangUp(), ''],
  ])('tells a wrong password when the server %s', async (_, refuse, reason) => {
    const server = new Server()
    const shaken = failure(shakeHands(server, options({ credentials: knows({ password: 'x' }) })))
    await greet(server, 2)
    server.say(Buffer.alloc(16))
    await server.hear(16)
    refuse(server)
    const error = await shaken
    expect(error).toBeInstanceOf(Refused)
    expect(error).toMatchObject({ reason })
  })

  it('proves a name and password by SASL, and hears that the server knows the password too', async () => {
    const server = new Server()
    const scram = new ScramServer('SCRAM-SHA-256')
    const credentials = knows({ username: 'ann', password: 'opensesame' })
    const shaken = shakeHands(server, options({ credentials }))
    expect(await greet(server, 20)).toBe(20)
    server.say(text('PLAIN SCRAM-SHA-1,SCRAM-SHA-256'))
    expect((await server.hear(17)).toString()).toBe('\0\0\0\rSCRAM-SHA-256')
    const answer = async (): Promise<string> => {
      const length = (await server.hear(4)).readUInt32BE(0)
      const data = await server.hear(length)
      expect(data.at(-1)).toBe(0)
      return data.subarray(0, -1).toString()
    }
    const framed = (words: string): Buffer => text(`${words}\0`)
    server.say(framed(scram.first(await answer())), bytes(0))
    server.say(framed(scram.final(await answer()) ?? never()), bytes(1), 0)
    await shaken
    expect(scram.user).toBe('ann')
  })

  it('takes a server that hangs up on the proof for one that refuses it, as QEMU does', async () => {
    const server = new Server()
    const credentials = knows({ username: 'ann', password: 'wrong' })
    const shaken = failure(shakeHands(server, options({ credentials })))
    await greet(server, 20)
    server.say(text('SCRAM-SHA-256'))
    await server.hear(17)
    const scram = new ScramServer('SCRAM-SHA-256')
    const length = (await server.hear(4)).readUInt32BE(0)
    const first = (await server.hear(length)).subarray(0, -1).toString()
    server.say(text(`${scram.first(first)}\0`), bytes(0))
    await server.hear(5)
    server.hangUp()
    expect(await shaken).toBeInstanceOf(Refused)
  })

  it('gives a password as it is only where nobody can listen', async () => {
    const server = new Server()
    const shaken = failure(shakeHands(server, options({ isPrivate: false })))
    await greet(server, 20)
    server.say(text('PLAIN'))
    expect(await shaken).toMatchObject({ kind: 'unsupported', cure: expect.stringContaining('vnc_tls') })
  })

  /** Up to the choice of a sub-type. */
  async function veNCrypt(server: Server, ...subtypes: number[]): Promise<void> {
    expect(await greet(server, 19)).toBe(19)
    server.say(bytes(0, 2))
    expect(await server.hear(2)).toEqual(bytes(0, 2))
    server.say(bytes(0, subtypes.length), ...subtypes)
  }

  it('encrypts before it says the password, and goes on inside', async () => {
    const server = new Server()
    const inside = new Server()
    const asked: SignInMethod[] = []
    const credentials = knows({ password: 'sesame' }, asked)
    const encrypt = async (): Promise<Duplex> => {
      expect(asked).toEqual([])
      return inside
    }
    const shaken = shakeHands(server, options({ credentials, encrypt }))
    await veNCrypt(server, 260, 261)
    expect((await server.hear(4)).readUInt32BE(0)).toBe(261)
    server.say(bytes(1))
    inside.say(Buffer.alloc(16, 7))
    expect(await inside.hear(16)).toEqual(vncResponse(Buffer.alloc(16, 7), 'sesame'))
    inside.say(0)
    expect(await shaken).toMatchObject({ stream: inside, isEncrypted: true })
  })

  it('sends name and password of VeNCrypt’s own kind inside of TLS', async () => {
    const server = new Server()
    const inside = new Server()
    const credentials = knows({ username: 'ann', password: 'sesame' })
    const shaken = shakeHands(server, options({ credentials, encrypt: async () => inside }))
    await veNCrypt(server, 262)
    await server.hear(4)
    server.say(bytes(1))
    expect((await inside.hear(17)).toString('latin1')).toBe('\0\0\0\x03\0\0\0\x06annsesame')
    inside.say(0)
    await shaken
  })

  it('says that the client certificate was refused when the server hangs up right after the encryption', async () => {
    const server = new Server()
    const inside = new Server()
    const certificateRefused = (): Error => new Error('our certificate')
    const shaken = failure(shakeHands(server, options({ encrypt: async () => inside, certificateRefused })))
    await veNCrypt(server, 260)
    await server.hear(4)
    server.say(bytes(1))
    inside.hangUp()
    expect(await shaken).toMatchObject({ message: 'our certificate' })
  })

  it.each([
    [[257], /without showing a certificate/],
    [[264], /without showing a certificate/],
    [[999], /does not know/],
  ])('refuses the sub-types %j and names them', async (subtypes, message) => {
    const server = new Server()
    const shaken = failure(shakeHands(server, options()))
    await veNCrypt(server, ...subtypes)
    expect(await shaken).toMatchObject({ kind: 'unsupported', message: expect.stringMatching(message) })
  })

  it('does not send name and password over a network unencrypted', async () => {
    const server = new Server()
    const shaken = failure(shakeHands(server, options({ isPrivate: false })))
    await veNCrypt(server, 256)
    expect(await shaken).toMatchObject({ kind: 'denied' })
  })

  it.each([
    [30, /Apple Remote Desktop/],
    [16, /TightVNC/],
    [18, /TLS without certificates/],
    [77, /number 77/],
  ])('names the way of signing in it does not speak: %i', async (type, name) => {
    const server = new Server()
    const shaken = failure(shakeHands(server, options()))
    server.say('RFB 003.008\n', bytes(1, type))
    expect(await shaken).toMatchObject({ kind: 'unsupported', detail: expect.stringMatching(name) })
  })

  it('repeats why the server wants no viewer, without control characters', async () => {
    const server = new Server()
    const shaken = failure(shakeHands(server, options()))
    server.say('RFB 003.008\n', bytes(0), text('Too many\u0007 viewers'))
    expect(await shaken).toMatchObject({ kind: 'busy', detail: 'Too many viewers' })
  })

  it('does not take another protocol for VNC', async () => {
    const server = new Server()
    server.say('SSH-2.0-OpenSSH_9.2\r\n')
    expect(await failure(shakeHands(server, options()))).toMatchObject({
      kind: 'unsupported',
      detail: expect.stringContaining('SSH-2.0'),
    })
  })

  it('holds no more of a text than any honest one has', async () => {
    const server = new Server()
    const shaken = failure(shakeHands(server, options()))
    server.say('RFB 003.008\n', bytes(0), 0xffff_ffff)
    expect(await shaken).toMatchObject({ kind: 'unreachable', detail: expect.stringContaining('4294967295') })
  })

  it('ends when it is given up, with the reason it is given', async () => {
    const abort = new AbortController()
    const shaken = failure(shakeHands(new Server(), options({ signal: abort.signal })))
    abort.abort(new Error('no longer'))
    expect(await shaken).toMatchObject({ message: 'no longer' })
  })

  it('comes to an end with three thousand servers that say anything at all', async () => {
    const random = generator(20261129)
    let count = 0
    for (let round = 0; round < 3000; round += 1) {
      const server = new Server()
      server.on('error', () => {})
      const shaken = shakeHands(
        server,
        options({
          credentials: knows({ username: 'a', password: 'b' }),
          encrypt: async (stream) => stream,
          certificateRefused: (words) => new Error(words),
        }),
      ).catch(() => undefined)
      // begins as a server does, the further the rarer, so that every branch is reached
      const start = [
        'RFB 003.008\n',
        bytes(1, [1, 2, 19, 20][random(4)] ?? 1),
        bytes(0, 2, 0, 1),
        u32(256 + random(10)),
        bytes(1),
      ].slice(0, random(6))
      server.say(...start)
      for (let piece = random(6); piece > 0; piece -= 1) {
        server.say(
          Buffer.from(Array.from({ length: 1 + random(60) }, () => (random(3) ? random(4) : random(256)))),
        )
      }
      server.hangUp()
      await shaken
      count += 1
    }
    expect(count).toBe(3000)
  })
})

/** The same numbers at each run (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
