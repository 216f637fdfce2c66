/**
 * SCRAM (RFC 5802, RFC 7677): both sides prove that they know the password without sending it. Without channel binding,
 * which libvirt's daemon does not offer.
 */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { SignInError } from './errors'
import type { SaslClient, SaslCredentials } from './mechanism'

const derive = promisify(pbkdf2)

export const scramHashes = {
  'SCRAM-SHA-1': { name: 'sha1', length: 20 },
  'SCRAM-SHA-256': { name: 'sha256', length: 32 },
  'SCRAM-SHA-512': { name: 'sha512', length: 64 },
} as const
export type ScramMechanism = keyof typeof scramHashes

/** RFC 7677 section 4 asks for 4096 at least: with fewer, a false server could guess the password from our answer. */
const leastIterations = 4096
/** A second or two of one thread. More is a server that wants to keep us busy. */
const mostIterations = 2_000_000

/** "n": no channel binding, no other identity to act for. */
const header = 'n,,'
const headerBase64 = Buffer.from(header).toString('base64')

export class ScramClient implements SaslClient {
  isDone = false
  readonly #hash: (typeof scramHashes)[ScramMechanism]
  readonly #credentials: SaslCredentials
  readonly #nonce: string
  #expected: Buffer | undefined

  /** Name and password as SASLprep leaves them; the nonce is given by tests only. */
  constructor(mechanism: ScramMechanism, credentials: SaslCredentials, nonce?: string) {
    this.#hash = scramHashes[mechanism]
    this.#credentials = credentials
    this.#nonce = nonce ?? randomBytes(24).toString('base64')
  }

  first(): Uint8Array {
    return Buffer.from(header + this.#firstBare(), 'utf8')
  }

  async respond(challenge: Uint8Array): Promise<Uint8Array | null> {
    const message = Buffer.from(challenge).toString('utf8')
    if (this.#expected) {
      this.#verify(message, this.#expected)
      this.isDone = true
      return null
    }
    return this.#prove(message)
  }

  #firstBare(): string {
    const name = this.#credentials.user.replaceAll('=', '=3D').replaceAll(',', '=2C')
    return `n=${name},r=${this.#nonce}`
  }

  async #prove(serverFirst: string): Promise<Uint8Array> {
    const { nonce, salt, iterations } = readServerFirst(serverFirst)
    if (!nonce.startsWith(this.#nonce) || nonce.length === this.#nonce.length) {
      throw untrusted('its answer belongs to another conversation')
    }
    const { name, length } = this.#hash
    const salted = await derive(
      Buffer.from(this.#credentials.password, 'utf8'),
      salt,
      iterations,
      length,
      name,
    )
    const clientKey = this.#hmac(salted, 'Client Key')
    const storedKey = createHash(name).update(clientKey).digest()
    const withoutProof = `c=${headerBase64},r=${nonce}`
    const signed = `${this.#firstBare()},${serverFirst},${withoutProof}`
    const signature = this.#hmac(storedKey, signed)
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))
    this.#expected = this.#hmac(this.#hmac(salted, 'Server Key'), signed)
    return Buffer.from(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`, 'utf8')
  }

  #verify(serverFinal: string, expected: Buffer): void {
    const [first = ''] = serverFinal.split(',')
    if (first.startsWith('e=')) throw new SignInError('refused', `the host refused: ${first.slice(2)}`)
    const signature = Buffer.from(first.startsWith('v=') ? first.slice(2) : '', 'base64')
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw untrusted('it does not know the password')
    }
  }

  #hmac(key: Buffer, text: string): Buffer {
    return createHmac(this.#hash.name, key).update(text, 'utf8').digest()
  }
}

function readServerFirst(message: string): { nonce: string; salt: Buffer; iterations: number } {
  // attributes come in this order (RFC 5802 section 7); "m=" before them is an extension that must be understood
  const [, nonce, saltText, count] =
    /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9]\d{0,9})(?:,.*)?$/s.exec(message) ?? []
  if (nonce === undefined || saltText === undefined) {
    throw untrusted(message.startsWith('m=') ? 'it wants an extension of SCRAM' : 'its answer is not SCRAM')
  }
  const iterations = Number(count)
  if (iterations < leastIterations) throw untrusted(`its password protection is weak: ${iterations} rounds`)
  if (iterations > mostIterations) throw untrusted(`it asks for ${iterations} rounds`)
  return { nonce, salt: Buffer.from(saltText, 'base64'), iterations }
}

function untrusted(why: string): SignInError {
  return new SignInError('untrusted-host', `the host cannot be trusted with a password: ${why}`)
}
