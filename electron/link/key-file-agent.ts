import ssh2, {
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2'
import { AppError } from '../../shared/errors'
import type { KeyFile } from './key-files'

/** Asks for the passphrase of a key; undefined = the user cancelled. */
export type AskPassphrase = (keyFile: string, isRetry: boolean) => Promise<string | undefined>

const maxTries = 3

/**
 * Key files in the shape of an ssh agent. ssh2 then first asks the server whether it wants a key and only then has
 * it sign, so that nobody types a passphrase for a key that would be refused.
 */
export class KeyFileAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #files: readonly KeyFile[]
  readonly #askPassphrase: AskPassphrase
  readonly #onCancelled: (error: AppError) => void

  constructor(
    files: readonly KeyFile[],
    parts: { askPassphrase: AskPassphrase; onCancelled(error: AppError): void },
  ) {
    super()
    this.#files = files
    this.#askPassphrase = parts.askPassphrase
    this.#onCancelled = parts.onCancelled
  }

  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    done(
      undefined,
      this.#files.map((file) => file.publicKey),
    )
  }

  override sign(
    publicKey: ParsedKey,
    data: Buffer,
    optionsOrDone: SigningRequestOptions | SignCallback,
    maybeDone?: SignCallback,
  ): void {
    const done = typeof optionsOrDone === 'function' ? optionsOrDone : maybeDone
    const hash = typeof optionsOrDone === 'function' ? undefined : optionsOrDone.hash
    this.#sign(publicKey, data, hash).then(
      (signature) => done?.(undefined, signature),
      (error: unknown) => {
        if (error instanceof AppError) this.#onCancelled(error)
        done?.(error instanceof Error ? error : new Error(String(error)))
      },
    )
  }

  async #sign(publicKey: ParsedKey, data: Buffer, hash: string | undefined): Promise<Buffer> {
    const file = this.#files.find((one) => one.publicKey.getPublicSSH().equals(publicKey.getPublicSSH()))
    if (!file) throw new Error('No such key')
    const key = file.privateKey ?? (await this.#decrypt(file))
    // ssh2 answers with an Error instead of throwing
    const signature: Buffer | Error = key.sign(data, hash)
    if (signature instanceof Error) throw signature
    return signature
  }

  async #decrypt(file: KeyFile): Promise<ParsedKey> {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const passphrase = await this.#askPassphrase(file.path, tries > 0)
      if (passphrase === undefined) throw new AppError('cancelled', 'Signing in was cancelled')
      const key = file.decrypt(passphrase)
      if (key) return key
    }
    throw new Error(`Wrong passphrase for ${file.path}`)
  }
}
