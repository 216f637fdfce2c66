import ssh2, {
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2'

/**
 * One key in the shape of an ssh agent. ssh2 then first asks the server whether it wants the key and only then has it
 * sign, so that nobody types a passphrase for a key that would be refused. One at a time, because ssh2 tells neither
 * which key of an agent was taken nor that a further proof is wanted, and would go on offering keys.
 */
export class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  /** The server knows the key. */
  isWanted = false
  /** It did sign for the server. */
  hasSigned = false
  readonly #publicKey: ParsedKey
  readonly #sign: (data: Buffer, hash: string | undefined) => Promise<Buffer>

  constructor(publicKey: ParsedKey, sign: (data: Buffer, hash: string | undefined) => Promise<Buffer>) {
    super()
    this.#publicKey = publicKey
    this.#sign = sign
  }

  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    done(undefined, [this.#publicKey])
  }

  override sign(
    _publicKey: ParsedKey,
    data: Buffer,
    optionsOrDone: SigningRequestOptions | SignCallback,
    maybeDone?: SignCallback,
  ): void {
    const done = typeof optionsOrDone === 'function' ? optionsOrDone : maybeDone
    const hash = typeof optionsOrDone === 'function' ? undefined : optionsOrDone.hash
    this.isWanted = true
    this.#sign(data, hash).then(
      (signature) => {
        this.hasSigned = true
        done?.(undefined, signature)
      },
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error))),
    )
  }
}
