import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors'
import { parseKnownHostsLine, type KnownHostsLine } from './known-hosts-line'

/**
 * OpenSSH's lists of host keys (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). The user's own lists are read, and the first of
 * them is added to; the system's are only read.
 */
export interface KnownHostsFiles {
  /** None: new keys are not remembered (UserKnownHostsFile none). */
  readonly user: string | readonly string[]
  readonly system: readonly string[]
  /** Names are written hashed even where the list does not do so yet (HashKnownHosts of ssh_config(5)). */
  readonly isHashed?: boolean
}

interface Place {
  readonly file: string
  readonly line: number
}

export type HostKeyVerdict =
  | { readonly kind: 'known' }
  /** `authority`: only authorities vouch for this host, by certificates, which our ssh client cannot check. */
  | { readonly kind: 'unknown'; readonly authority?: Place }
  /** Other keys are on record for this host; the first of them is named. */
  | ({ readonly kind: 'changed'; readonly knownType: string; readonly knownKey: Buffer } & Place)
  | ({ readonly kind: 'revoked' } & Place)

type Entry = KnownHostsLine & Place

export class KnownHosts {
  readonly #files: KnownHostsFiles
  readonly #entries: readonly Entry[]

  private constructor(files: KnownHostsFiles, entries: readonly Entry[]) {
    this.#files = files
    this.#entries = entries
  }

  static async load(files: KnownHostsFiles): Promise<KnownHosts> {
    const lists = await Promise.all([...usersLists(files), ...files.system].map(readEntries))
    return new KnownHosts(files, lists.flat())
  }

  /** `alias` stands in the lists instead of name and port (HostKeyAlias). */
  verdict(host: string, port: number, key: Buffer, alias?: string): HostKeyVerdict {
    const name = alias?.toLowerCase() ?? knownHostsName(host, port)
    const matching = this.#entries.filter((entry) => entry.matches(name))
    // a revoked key is refused even where another line trusts it
    const revoked = matching.find((entry) => entry.marker === 'revoked' && sameKey(entry.key, key))
    if (revoked) return { kind: 'revoked', file: revoked.file, line: revoked.line }
    const trusted = matching.filter((entry) => entry.marker === undefined)
    if (trusted.some((entry) => sameKey(entry.key, key))) return { kind: 'known' }
    const other = trusted.find((entry) => isComparable(entry.type))
    if (other) {
      return {
        kind: 'changed',
        knownType: other.type,
        knownKey: other.key,
        file: other.file,
        line: other.line,
      }
    }
    // like ssh: a key known for the host on the usual port is good for its other ports
    const plain = alias?.toLowerCase() ?? host.toLowerCase()
    const onUsualPort = this.#entries.filter((entry) => entry.matches(plain) && sameKey(entry.key, key))
    const revokedPlain = onUsualPort.find((entry) => entry.marker === 'revoked')
    if (revokedPlain) return { kind: 'revoked', file: revokedPlain.file, line: revokedPlain.line }
    if (onUsualPort.some((entry) => entry.marker === undefined)) return { kind: 'known' }
    const authority = matching.find((entry) => entry.marker === 'cert-authority')
    if (!authority) return { kind: 'unknown' }
    return { kind: 'unknown', authority: { file: authority.file, line: authority.line } }
  }

  /** Types of the keys on record for a host, to ask the server for one of those rather than for another. */
  typesFor(host: string, port: number, alias?: string): string[] {
    const name = alias?.toLowerCase() ?? knownHostsName(host, port)
    const types = this.#entries
      .filter((entry) => entry.marker === undefined && entry.matches(name) && isComparable(entry.type))
      .map((entry) => entry.type)
    return [...new Set(types)]
  }

  /**
   * Adds a key the user accepted. One short write in append mode, as ssh itself does it: it cannot lose what
   * another program adds meanwhile, and follows a link where a rename would replace it.
   */
  async add(host: string, port: number, key: Buffer, alias?: string): Promise<void> {
    const [path] = usersLists(this.#files)
    if (path === undefined) return
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const text = await readText(path)
      const name = alias?.toLowerCase() ?? knownHostsName(host, port)
      // keep to what the user's list does: where names are hashed, ours is too; and what would be read as a
      // pattern, a list or a further field must not stand there as it is
      const isHashed = this.#files.isHashed || /^\|1\|/m.test(text) || !/^[\w.:%[\]-]+$/.test(name)
      const shownName = isHashed ? hashedName(name) : name
      const separator = text === '' || text.endsWith('\n') ? '' : '\n'
      const line = `${shownName} ${keyTypeOf(key)} ${key.toString('base64')}\n`
      await appendFile(path, `${separator}${line}`, { mode: 0o600 })
    } catch (error) {
      throw new AppError('denied', 'The host key could not be remembered', {
        cure: `Make ${path} writable for you`,
        detail: error instanceof Error ? error.message : String(error),
        cause: error,
      })
    }
  }
}

function usersLists({ user }: KnownHostsFiles): readonly string[] {
  return typeof user === 'string' ? [user] : user
}

/** As ssh writes it: the bare name for port 22, "[name]:port" otherwise. */
export function knownHostsName(host: string, port: number): string {
  const name = host.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

/** As `ssh-keygen -l` prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** The name a public key blob begins with (RFC 4253 section 6.6). */
export function keyTypeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0
  if (length === 0 || length > 64 || key.length < 4 + length) {
    throw new AppError('unreachable', 'The host sent a key that cannot be read')
  }
  return key.toString('latin1', 4, 4 + length)
}

/** Key types our ssh client can ask a server for; a host known only by others (sk-…, ssh-dss) is a new host to us. */
function isComparable(type: string): boolean {
  return /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521))$/.test(type)
}

function hashedName(name: string): string {
  const salt = randomBytes(20)
  const hash = createHmac('sha1', salt).update(name).digest('base64')
  return `|1|${salt.toString('base64')}|${hash}`
}

function sameKey(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

async function readEntries(file: string): Promise<Entry[]> {
  const lines = (await readText(file)).split('\n')
  return lines.flatMap((text, index) => {
    const parsed = parseKnownHostsLine(text)
    return parsed ? [{ ...parsed, file, line: index + 1 }] : []
  })
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw new AppError('denied', 'The list of known host keys cannot be read', {
      cure: `Make ${file} readable for you`,
      detail: error instanceof Error ? error.message : String(error),
      cause: error,
    })
  }
}
