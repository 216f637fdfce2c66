import { createPrivateKey, sign } from 'node:crypto'
import type { ParsedKey } from 'ssh2'
import { AppError } from '../../shared/errors'
import type { KeyFile, KeySigner } from './key-files'
import { unlockKey } from './key-unlock'

export interface KeyRingParts {
  /** Asks for the passphrase of a key; undefined = the user cancelled. Absent: nothing may be asked. */
  readonly askPassphrase?: ((keyFile: string, isRetry: boolean) => Promise<string | undefined>) | undefined
  /** Told just before and after the work that takes a moment. */
  log(text: string): void
  readonly unlockLimitMs?: number | undefined
}

const maxTries = 3

/** The keys unlocked for one link: each passphrase is asked for once, however many hosts on the way want the key. */
export class KeyRing {
  readonly #parts: KeyRingParts
  readonly #signers = new Map<string, Promise<KeySigner>>()

  constructor(parts: KeyRingParts) {
    this.#parts = parts
  }

  async sign(file: KeyFile, data: Buffer, hash: string | undefined): Promise<Buffer> {
    const signer = file.privateKey ?? (await this.#unlocked(file))
    const signature = signer.sign(data, hash)
    if (signature instanceof Error) throw signature
    return signature
  }

  /** Unlocked keys are not kept beyond their use: ssh2 holds on to what signs for as long as the connection lives. */
  forget(): void {
    this.#signers.clear()
  }

  #unlocked(file: KeyFile): Promise<KeySigner> {
    const known = this.#signers.get(file.path)
    if (known) return known
    const unlocking = this.#unlock(file)
    this.#signers.set(file.path, unlocking)
    return unlocking
  }

  async #unlock(file: KeyFile): Promise<KeySigner> {
    const { askPassphrase, log, unlockLimitMs } = this.#parts
    const { path, lockedText } = file
    if (lockedText === undefined) throw new Error(`${path} holds no private key`)
    if (!askPassphrase) {
      log(`The key ${path} needs a passphrase, and nothing may be asked`)
      throw new Error(`No passphrase for ${path}`)
    }
    for (let tries = 0; tries < maxTries; tries += 1) {
      const passphrase = await askPassphrase(path, tries > 0)
      if (passphrase === undefined) {
        throw new AppError('cancelled', 'Signing in was cancelled', {
          cure: 'Connect again to be asked anew',
        })
      }
      log(`Unlocking the key ${path}`)
      const privatePem = await unlockKey({ keyText: lockedText, passphrase }, path, unlockLimitMs)
      if (privatePem !== undefined) return pemSigner(file.publicKey, privatePem)
      log(`The passphrase does not fit ${path}`)
    }
    throw new Error(`Wrong passphrase for ${path}`)
  }
}

/** The hash each kind of key signs with where the protocol leaves no choice (RFC 5656 section 6.2.1, RFC 8332). */
const hashes: Readonly<Record<string, string>> = {
  'ssh-rsa': 'sha1',
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
}

function pemSigner({ type }: ParsedKey, privatePem: string): KeySigner {
  const key = createPrivateKey(privatePem)
  return { sign: (data, hash) => sign(hash ?? hashes[type], data, key) }
}
