/**
 * Certificates of screens that the user has looked at and trusted, one for each host: QEMU gives all of a host's screens
 * the same (qemu.conf, vnc_tls_x509_cert_dir). Another one later is told with both fingerprints.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { certificateFingerprint } from '../../shared/model/console-sign-in'
import { hostId, type HostId } from '../../shared/model/ids'
import { readTextFile, writeFileAtomically } from './json-file'

const limit = 10_000
const entry = z.object({ host: hostId, fingerprint: certificateFingerprint, sinceMs: z.number() })
type Entry = z.infer<typeof entry>

export class KnownCertificates {
  readonly #path: string
  readonly #now: () => number
  #all: readonly Entry[]
  #last: Promise<void> = Promise.resolve()

  private constructor(path: string, all: readonly Entry[], now: () => number) {
    this.#path = path
    this.#all = all
    this.#now = now
  }

  static async open(directory: string, now: () => number = Date.now): Promise<KnownCertificates> {
    const path = join(directory, 'known-certificates.json')
    return new KnownCertificates(path, await read(path), now)
  }

  get(host: HostId): Omit<Entry, 'host'> | undefined {
    const found = this.#all.find((one) => one.host === host)
    return found && { fingerprint: found.fingerprint, sinceMs: found.sinceMs }
  }

  /** In place of the one before. What cannot be written is asked again the next time. */
  trust(host: HostId, fingerprint: string): Promise<void> {
    const others = this.#all.filter((one) => one.host !== host)
    return this.#set([...others, { host, fingerprint, sinceMs: this.#now() }].slice(-limit))
  }

  async forgetHost(host: HostId): Promise<void> {
    const others = this.#all.filter((one) => one.host !== host)
    if (others.length < this.#all.length) await this.#set(others)
  }

  #set(all: readonly Entry[]): Promise<void> {
    this.#all = all
    const write = (): Promise<void> => writeFileAtomically(this.#path, JSON.stringify(this.#all, null, 2))
    this.#last = this.#last.then(write, write).catch(() => undefined)
    return this.#last
  }
}

async function read(path: string): Promise<readonly Entry[]> {
  try {
    const found: unknown = JSON.parse((await readTextFile(path)) ?? '[]')
    if (!Array.isArray(found)) return []
    return found.flatMap((one) => {
      const known = entry.safeParse(one)
      return known.success ? [known.data] : []
    })
  } catch {
    return []
  }
}
