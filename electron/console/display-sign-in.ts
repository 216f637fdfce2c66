/** From a stream on which the display's server is about to greet to one on which the window may ask for pictures. */
import type { Duplex } from 'node:stream'
import type {
  ConsoleCredentials,
  ConsoleProtection,
  CredentialsQuestion,
  OfferedCertificate,
  OpenConsoleInput,
  SignInMethod,
} from '../../shared/model/console-sign-in'
import type { HostId, VmId } from '../../shared/model/ids'
import type { DisplayTrust } from '../backends/display-trust'
import type { TlsFiles } from '../link/tls-files'
import type { CredentialMemory } from './credential-memory'
import type { Preface } from './pump'
import { readDisplayCertificates } from './rfb/display-certificates'
import { certificateRefused, CertificateQuestion, encrypt } from './rfb/encrypt'
import { shakeHands } from './rfb/handshake'
import { silent } from './rfb/handshake-errors'
import { Refused } from './rfb/refused'

/** The part of a HypervisorSession that signing in needs. */
export interface DisplaySession {
  consolePassword(vm: VmId): Promise<string | undefined>
  displayTrust(): Promise<DisplayTrust>
}

/** Certificates the user has trusted; one for each host. */
export interface CertificatePins {
  get(host: HostId): { readonly fingerprint: string; readonly sinceMs: number } | undefined
  trust(host: HostId, fingerprint: string): Promise<void>
}

export type SignedIn =
  | { readonly kind: 'open'; readonly stream: Duplex; readonly protection: ConsoleProtection }
  | { readonly kind: 'credentials'; readonly question: CredentialsQuestion }
  | { readonly kind: 'certificate'; readonly certificate: OfferedCertificate }

/**
 * What the window hears in place of the dialogue that was held here: version 3.8, one way in, which is None, and that it is
 * let in; its answers are its version and its choice (RFC 6143, 7.1).
 */
export const signedInPreface: Preface = {
  // in two pieces: noVNC looks at what follows the version only when more arrives
  toWindow: [Buffer.from('RFB 003.008\n'), Buffer.from([1, 1, 0, 0, 0, 0])],
  answerBytes: 13,
}

/** Ours is the shorter of the handshake's limits: a server that says nothing is told from a host that does not answer. */
const handshakeLimitMs = 15_000

interface Parts {
  readonly session: DisplaySession
  readonly memory: CredentialMemory
  readonly pins: CertificatePins
  readonly signal: AbortSignal
}

interface Used {
  readonly from: 'user' | 'memory' | 'definition'
  readonly method: SignInMethod
  readonly credentials: ConsoleCredentials
}

class CredentialsNeeded extends Error {
  constructor(readonly method: SignInMethod) {
    super('Somebody has to sign in')
  }
}

/** Takes the stream over: it is destroyed unless the answer has it. */
export async function signInToDisplay(
  stream: Duplex,
  input: OpenConsoleInput,
  { session, memory, pins, signal }: Parts,
): Promise<SignedIn> {
  // what still happens to it after a failure is of no interest, and must not end the process
  stream.on('error', () => {})
  const limit = new AbortController()
  const follow = (): void => limit.abort(signal.reason)
  signal.addEventListener('abort', follow, { once: true })
  if (signal.aborted) follow()
  const timer = setTimeout(() => limit.abort(silent()), handshakeLimitMs)
  let used: Used | undefined
  let files: TlsFiles | undefined
  let detail = ''
  try {
    const trust = await session.displayTrust()
    const done = await shakeHands(stream, {
      signal: limit.signal,
      isPrivate: trust.reach !== 'network',
      credentials: async (method) => {
        used = await chooseCredentials(input, method, { session, memory })
        return used.credentials
      },
      encrypt: async (below) => {
        files = await readDisplayCertificates(trust.places)
        const secured = await encrypt(
          below,
          {
            names: trust.names,
            files,
            known: pins.get(input.host),
            accepted: input.trust,
            remember: (fingerprint) => void pins.trust(input.host, fingerprint),
          },
          limit.signal,
        )
        detail = secured.detail
        return secured.stream
      },
      certificateRefused: (words) => certificateRefused(files, words),
    })
    if (used?.from === 'user') memory.keep(input, used.method, used.credentials)
    return { kind: 'open', stream: done.stream, protection: protectionOf(done.isEncrypted, trust, detail) }
  } catch (error) {
    stream.destroy()
    if (error instanceof CertificateQuestion) return { kind: 'certificate', certificate: error.certificate }
    if (error instanceof CredentialsNeeded) return question({ method: error.method, why: 'needed' })
    if (!(error instanceof Refused) || !used) throw error
    if (used.from === 'memory') memory.drop(input, used.method)
    const why = used.from === 'definition' ? 'own-password-refused' : 'wrong'
    return question({ method: used.method, why, ...(error.reason === '' ? {} : { detail: error.reason }) })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', follow)
  }
}

function question(asked: CredentialsQuestion): SignedIn {
  return { kind: 'credentials', question: asked }
}

async function chooseCredentials(
  input: OpenConsoleInput,
  method: SignInMethod,
  { session, memory }: Pick<Parts, 'session' | 'memory'>,
): Promise<Used> {
  const typed = input.credentials
  if (typed && (method === 'vnc' || typed.username !== undefined)) {
    return { from: 'user', method, credentials: typed }
  }
  const kept = memory.get(input, method)
  if (kept) return { from: 'memory', method, credentials: kept }
  // a connection that may not read secrets answers "denied"; then the user is asked
  const own = method === 'vnc' ? await session.consolePassword(input.vm).catch(() => undefined) : undefined
  if (own !== undefined && own !== '') return { from: 'definition', method, credentials: { password: own } }
  throw new CredentialsNeeded(method)
}

function protectionOf(isEncrypted: boolean, { reach }: DisplayTrust, detail: string): ConsoleProtection {
  if (isEncrypted) return { by: 'tls', detail }
  return { by: reach === 'network' ? 'none' : reach }
}
