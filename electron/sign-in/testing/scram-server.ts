/** The server's side of SCRAM (RFC 5802), with knobs for servers that are not what they should be. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { scramHashes, type ScramMechanism } from '../scram'

export interface ScramServerOptions {
  readonly password?: string
  readonly iterations?: number
  /** Replaces the client's nonce in the answer. */
  readonly nonce?: string
  readonly falseSignature?: boolean
}

export class ScramServer {
  user = ''
  #clientFirst = ''
  #serverFirst = ''

  constructor(
    readonly mechanism: ScramMechanism,
    readonly options: ScramServerOptions = {},
  ) {}

  first(message: string): string {
    this.#clientFirst = message.replace(/^n,,/, '')
    const [, user = '', nonce = ''] = /^n=(.*),r=(.*)$/.exec(this.#clientFirst) ?? []
    this.user = user.replaceAll('=2C', ',').replaceAll('=3D', '=')
    const salt = Buffer.from('grains of salt').toString('base64')
    this.#serverFirst = `r=${this.options.nonce ?? `${nonce}server`},s=${salt},i=${this.options.iterations ?? 4096}`
    return this.#serverFirst
  }

  /** Undefined: the proof is wrong. */
  final(message: string): string | undefined {
    const [, withoutProof = '', proof = ''] = /^(.*),p=(.*)$/.exec(message) ?? []
    const { name, length } = scramHashes[this.mechanism]
    const hmac = (key: Buffer, text: string) => createHmac(name, key).update(text).digest()
    const salt = Buffer.from('grains of salt')
    const password = this.options.password ?? 'opensesame'
    const salted = pbkdf2Sync(password, salt, this.options.iterations ?? 4096, length, name)
    const signed = `${this.#clientFirst},${this.#serverFirst},${withoutProof}`
    const stored = createHash(name).update(hmac(salted, 'Client Key')).digest()
    const signature = hmac(stored, signed)
    const key = Buffer.from(proof, 'base64').map((byte, index) => byte ^ (signature[index] ?? 0))
    if (!createHash(name).update(key).digest().equals(stored)) return undefined
    const answer = hmac(hmac(salted, 'Server Key'), signed)
    if (this.options.falseSignature) answer[0] = (answer[0] ?? 0) ^ 1
    return `v=${answer.toString('base64')}`
  }
}
