import { join } from 'node:path'
import { z } from 'zod'
import type { HostId } from '../../shared/model/ids'
import { readTextFile, writeFileAtomically } from './json-file'

/**
 * What makes secrets unreadable for anybody but this user: the system's keychain holds the key (Electron's
 * safeStorage: Keychain, DPAPI, libsecret or KWallet). Handed in, so that this runs in plain Node.
 */
export interface SecretCipher {
  /** False where the system has no keychain that is safe; nothing is kept then. */
  readonly isAvailable: boolean
  encrypt(text: string): Uint8Array
  /** Throws when the keychain's key is another one by now. */
  decrypt(bytes: Uint8Array): string
}

const fileName = 'secrets.json'
const maxEntries = 10_000

const secretsData = z.object({
  version: z.literal(1),
  /** By host, by question; the values are encrypted. */
  hosts: z.record(z.string().max(64), z.record(z.string().max(8192), z.string().max(65_536))),
})
type SecretsData = z.infer<typeof secretsData>

/**
 * Secrets that outlive the app, each encrypted by itself. Without a safe keychain nothing is read or written. A file
 * that cannot be read counts as empty: its secrets are asked for again.
 */
export class SecretStore {
  readonly #path: string
  readonly #cipher: SecretCipher
  readonly #onError: (error: unknown) => void
  #hosts: SecretsData['hosts']
  #lastWrite: Promise<void> = Promise.resolve()

  private constructor(
    path: string,
    cipher: SecretCipher,
    hosts: SecretsData['hosts'],
    onError: (error: unknown) => void,
  ) {
    this.#path = path
    this.#cipher = cipher
    this.#hosts = hosts
    this.#onError = onError
  }

  static async open(
    directory: string,
    cipher: SecretCipher,
    onError: (error: unknown) => void = () => undefined,
  ): Promise<SecretStore> {
    const path = join(directory, fileName)
    const text = cipher.isAvailable ? await readTextFile(path).catch(() => undefined) : undefined
    return new SecretStore(path, cipher, readSecrets(text), onError)
  }

  get isAvailable(): boolean {
    return this.#cipher.isAvailable
  }

  has(host: HostId): boolean {
    return Object.keys(this.#hosts[host] ?? {}).length > 0
  }

  /** The kept texts of a question; undefined when there are none that can be read. */
  get(host: HostId, question: string): readonly string[] | undefined {
    const kept = this.#hosts[host]?.[question]
    if (kept === undefined) return undefined
    try {
      const values: unknown = JSON.parse(this.#cipher.decrypt(Buffer.from(kept, 'base64')))
      return z.array(z.string()).parse(values)
    } catch {
      // the keychain was reset, or somebody wrote into the file: worthless either way
      this.delete(host, question)
      return undefined
    }
  }

  set(host: HostId, question: string, values: readonly string[]): void {
    if (!this.#cipher.isAvailable) return
    const bytes = this.#cipher.encrypt(JSON.stringify(values))
    this.#hosts = {
      ...this.#hosts,
      [host]: { ...this.#hosts[host], [question]: Buffer.from(bytes).toString('base64') },
    }
    this.#write()
  }

  delete(host: HostId, question: string): void {
    if (this.#hosts[host]?.[question] === undefined) return
    const { [question]: _, ...rest } = this.#hosts[host]
    this.#hosts = { ...this.#hosts, [host]: rest }
    this.#write()
  }

  forget(host: HostId): void {
    if (this.#hosts[host] === undefined) return
    const { [host]: _, ...rest } = this.#hosts
    this.#hosts = rest
    this.#write()
  }

  /** Ends when everything is on disk. */
  flush(): Promise<void> {
    return this.#lastWrite
  }

  #write(): void {
    const text = `${JSON.stringify({ version: 1, hosts: this.#hosts } satisfies SecretsData)}\n`
    this.#lastWrite = this.#lastWrite.then(() => writeFileAtomically(this.#path, text)).catch(this.#onError)
  }
}

function readSecrets(text: string | undefined): SecretsData['hosts'] {
  if (text === undefined) return {}
  try {
    const { hosts } = secretsData.parse(JSON.parse(text))
    return Object.keys(hosts).length > maxEntries ? {} : hosts
  } catch {
    return {}
  }
}
