/** TLS on a connection that has begun without it, to a server that shows a certificate (VeNCrypt's X509 types). */
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { AppError, errorData } from '../../../shared/errors'
import type { OfferedCertificate } from '../../../shared/model/console-sign-in'
import { untrusted, wrongName, type TlsServer } from '../../link/tls-errors'
import type { TlsFiles } from '../../link/tls-files'
import { printable } from './wire'

export interface CertificateTrust {
  /** How the host may be called; the first is what the user calls it. */
  readonly names: readonly string[]
  /** Authorities and our own certificate; without any, those that everybody trusts. */
  readonly files?: TlsFiles | undefined
  /** What the user has trusted for this host. */
  readonly known?: { readonly fingerprint: string; readonly sinceMs: number } | undefined
  /** What the user trusts from now on. */
  readonly accepted?: string | undefined
  remember(fingerprint: string): void
}

export interface EncryptedStream {
  readonly stream: TLSSocket
  /** Version, cipher and why the certificate is trusted, for whoever looks closely. */
  readonly detail: string
}

/** The user has to look at the certificate. */
export class CertificateQuestion extends Error {
  override readonly name = 'CertificateQuestion'
  constructor(readonly certificate: OfferedCertificate) {
    super('The certificate of the screen is not trusted')
  }
}

/** The caller owns the stream below, whose end is also this one's. */
export async function encrypt(
  stream: Duplex,
  trust: CertificateTrust,
  signal: AbortSignal,
): Promise<EncryptedStream> {
  const server = serverOf(trust)
  const { files } = trust
  const tls = connect({
    socket: stream,
    ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
    ...(files ? { ca: files.ca } : {}),
    ...(files?.crl ? { crl: files.crl } : {}),
    ...(files?.own ? { cert: files.own.certificate, key: files.own.key } : {}),
    minVersion: 'TLSv1.2',
    // judged below, before a byte is written or read
    rejectUnauthorized: false,
  })
  try {
    await handshake(tls, signal)
    const why = judge(tls, trust, server)
    const cipher = tls.getCipher().standardName
    return { stream: tls, detail: `${tls.getProtocol()?.replace('v', ' ') ?? 'TLS'}, ${cipher}; ${why}` }
  } catch (error) {
    tls.on('error', () => {}).destroy()
    throw error
  }
}

/** A server that hangs up on us as soon as it has seen what we show, or that we show nothing. */
export function certificateRefused(files: TlsFiles | undefined, detail: string): AppError {
  if (!files?.own) {
    return new AppError(
      'auth-failed',
      'The VNC server wants a client certificate, and this computer has none',
      {
        cure:
          'Put one signed by the authority of the host’s screens at ~/.pki/libvirt-vnc/clientcert.pem, and its key at ' +
          '~/.pki/libvirt-vnc/private/clientkey.pem (recipe "Client certificates for consoles").',
        detail,
      },
    )
  }
  return new AppError(
    'auth-failed',
    `The VNC server refused the client certificate ${files.paths.certificate}`,
    {
      cure: 'It has to be signed by the authority in ca-cert.pem of the host’s screens, and to be in force.',
      detail: `Our name: ${files.own.subject}\n${detail}`,
    },
  )
}

function handshake(tls: TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      tls.off('secureConnect', done)
      tls.off('error', fail)
      tls.off('close', hungUp)
      signal.removeEventListener('abort', stop)
    }
    const done = (): void => {
      settle()
      resolve()
    }
    const fail = (error: Error): void => {
      settle()
      reject(handshakeFailed(error))
    }
    const hungUp = (): void => fail(new Error('The connection was closed'))
    const stop = (): void => {
      settle()
      reject(signal.reason as Error)
    }
    tls.once('secureConnect', done)
    tls.once('error', fail)
    tls.once('close', hungUp)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
  })
}

function handshakeFailed(error: Error): AppError {
  const words = `${(error as { code?: string }).code ?? ''} ${error.message}`
  const isTooOld =
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_SHARED_CIPHER|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY/i.test(
      words,
    )
  return new AppError(
    isTooOld ? 'unsupported' : 'unreachable',
    isTooOld
      ? 'The VNC server and Innkeeper have no common encryption'
      : 'The VNC server hung up while encryption was being set up',
    {
      cure: isTooOld
        ? 'TLS 1.2 at least is needed. Update QEMU and GnuTLS on the host.'
        : 'The certificates that QEMU reads for its screens may be broken; the log of the VM on the host may say why.',
      detail: printable(words),
      cause: error,
    },
  )
}

/** Gives back why it is trusted. */
function judge(tls: TLSSocket, trust: CertificateTrust, server: TlsServer): string {
  const certificate = tls.getPeerCertificate()
  const problem = problemOf(tls, certificate, trust, server)
  if (problem === undefined) return 'its certificate is signed by an authority this computer trusts'
  // an authority that takes a certificate back knows more than a user who trusted it once
  if (problem.isFinal) throw problem.error
  const fingerprint = certificate.fingerprint256
  if (fingerprint === trust.accepted) trust.remember(fingerprint)
  else if (fingerprint !== trust.known?.fingerprint)
    throw new CertificateQuestion(offered(certificate, problem.error, trust))
  return 'its certificate is one you have trusted'
}

function problemOf(
  tls: TLSSocket,
  certificate: PeerCertificate,
  trust: CertificateTrust,
  server: TlsServer,
): { error: AppError; isFinal: boolean } | undefined {
  if (!tls.authorized) {
    // the declared type is Error, what comes is OpenSSL's word
    const word = tls.authorizationError as unknown as string | Error | null | undefined
    const code = typeof word === 'string' ? word : (word?.message ?? 'UNSPECIFIED')
    if (code === 'CERT_REVOKED') return { error: untrusted(code, server, certificate), isFinal: true }
    if (code !== 'ERR_TLS_CERT_ALTNAME_INVALID')
      return {
        error: trust.files ? untrusted(code, server, certificate) : noAuthority(code),
        isFinal: false,
      }
  }
  if (trust.names.every((name) => checkServerIdentity(name, certificate) !== undefined))
    return { error: wrongName(server, certificate), isFinal: false }
  return undefined
}

function noAuthority(code: string): AppError {
  return new AppError(
    'denied',
    'This computer has no certificate authority to check the screen’s certificate with',
    {
      cure: 'Put the cacert.pem of the host’s authority at ~/.pki/CA/cacert.pem, or look at the certificate and trust it.',
      detail: code,
    },
  )
}

function offered(
  certificate: PeerCertificate,
  problem: AppError,
  { known }: CertificateTrust,
): OfferedCertificate {
  const { fingerprint256: fingerprint, subject, issuer, subjectaltname = '' } = certificate
  return {
    fingerprint,
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    names: printable(subjectaltname)
      .split(', ')
      .flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? []),
    validFrom: certificate.valid_from,
    validUntil: certificate.valid_to,
    problem: errorData(problem),
    ...(known ? { known } : {}),
  }
}

function oneLine(name: object | undefined): string {
  const parts = Object.entries(name ?? {}).map(([part, value]) => `${part}=${String(value)}`)
  return printable(parts.join(', '))
}

function serverOf({ names, files }: CertificateTrust): TlsServer {
  const host = names[0] ?? 'localhost'
  const paths = files?.paths ?? { ca: '~/.pki/CA/cacert.pem', certificate: '', key: '', crl: '' }
  return {
    host,
    address: `the screen on ${host}`,
    files: files ?? { paths, ca: Buffer.alloc(0), warnings: [] },
    nowMs: Date.now(),
  }
}
