import { Duplex } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OpenConsoleInput } from '../../shared/model/console-sign-in'
import { hostId, vmId } from '../../shared/model/ids'
import { vncResponse } from '../sign-in/vnc-challenge'
import { CredentialMemory } from './credential-memory'
import { signInToDisplay, type SignedIn } from './display-sign-in'

const ref = {
  host: hostId.parse('a'),
  vm: vmId.parse('11111111-2222-3333-4444-555555555555'),
}
const challenge = Buffer.alloc(16, 3)

/** A VNC server of version 3.3 that wants this password. */
function serverWith(password: string): Duplex {
  let heard = Buffer.alloc(0)
  const server = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      heard = Buffer.concat([heard, chunk])
      if (heard.length === 12 + 16) {
        const isRight = heard.subarray(12).equals(vncResponse(challenge, password))
        server.push(Buffer.from([0, 0, 0, isRight ? 0 : 1]))
      }
      done()
    },
  })
  server.push(Buffer.concat([Buffer.from('RFB 003.003\n'), Buffer.from([0, 0, 0, 2]), challenge]))
  return server
}

let memory: CredentialMemory
beforeEach(() => {
  memory = new CredentialMemory()
})

function signIn(
  right: string,
  own: string | undefined,
  input: Partial<OpenConsoleInput> = {},
  stream = serverWith(right),
): Promise<SignedIn> {
  return signInToDisplay(
    stream,
    { ...ref, ...input },
    {
      session: {
        consolePassword: async () => own,
        displayTrust: async () => ({ reach: 'network', names: ['a'], places: [] }),
      },
      memory,
      pins: { get: () => undefined, trust: async () => {} },
      signal: new AbortController().signal,
    },
  )
}

describe('signing in to a display', () => {
  it('uses the password of the definition, and says that a network may listen', async () => {
    expect(await signIn('sesame', 'sesame')).toMatchObject({ kind: 'open', protection: { by: 'none' } })
  })

  it('asks when the definition has none, remembers what let us in, and forgets it once refused', async () => {
    const needed = { kind: 'credentials', question: { method: 'vnc', why: 'needed' } }
    expect(await signIn('sesame', undefined)).toEqual(needed)
    expect(await signIn('sesame', '')).toEqual(needed)
    const typed = { credentials: { password: 'sesame' } }
    expect(await signIn('sesame', undefined, typed)).toMatchObject({ kind: 'open' })
    expect(await signIn('sesame', undefined)).toMatchObject({ kind: 'open' })
    expect(await signIn('changed', undefined)).toMatchObject({ question: { why: 'wrong' } })
    expect(await signIn('sesame', undefined)).toEqual(needed)
  })

  it('remembers nothing that was refused', async () => {
    const typed = { credentials: { password: 'wrong' } }
    expect(await signIn('sesame', undefined, typed)).toMatchObject({ question: { why: 'wrong' } })
    expect(memory.get(ref, 'vnc')).toBeUndefined()
  })

  it('says when it is the password of the definition that was refused', async () => {
    expect(await signIn('sesame', 'old')).toMatchObject({ question: { why: 'own-password-refused' } })
  })

  it('leaves no stream behind with a question', async () => {
    const stream = serverWith('sesame')
    await signIn('sesame', undefined, {}, stream)
    expect(stream.destroyed).toBe(true)
  })
})
