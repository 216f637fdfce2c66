import { isIP } from 'node:net'
import { checkServerIdentity, connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls'
import type { TlsFiles } from '../../link/tls-files'
import { openPort, textOf } from './network'

/** One certificate of a chain, as plain facts. */
export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  readonly fromMs: number
  readonly untilMs: number
  /** What it speaks for: its alternative names, without those its common name. */
  readonly names: readonly string[]
}

export interface ShownTls {
  readonly protocol: string
  /** The server's own first, then those that signed it, as far as it sent them. */
  readonly chain: readonly CertificateFacts[]
  /** OpenSSL's word for what is wrong with the chain (X509_V_ERR_…), absent when it leads to our authority. */
  readonly chainProblem?: string
  readonly isForHost: boolean
  /**
   * libvirt says "accepted" by one byte 1 after the handshake and hangs up otherwise (virNetServerClient); any other
   * byte is not libvirt.
   */
  readonly answer: 'accepted' | 'refused' | 'silent' | 'other'
  readonly answerDetail?: string
}

export type TlsGreeting =
  | { readonly kind: 'shown'; readonly server: ShownTls }
  | { readonly kind: 'failed'; readonly detail: string; readonly words: string }

interface Wanted {
  readonly address: string
  readonly port: number
  /** The name its certificate has to have. */
  readonly host: string
  readonly files: TlsFiles
  readonly limitMs: number
}

/** Nothing but our certificate is shown to the server, which TLS proves and does not give away; then it is closed. */
export async function greetTlsServer(wanted: Wanted, signal: AbortSignal): Promise<TlsGreeting> {
  const { address, port, host, files, limitMs } = wanted
  const socket = await openPort(address, port, signal, limitMs)
  let stream: TLSSocket
  try {
    stream = connect({
      socket,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ca: files.ca,
      ...(files.crl ? { crl: files.crl } : {}),
      ...(files.own ? { cert: files.own.certificate, key: files.own.key } : {}),
      minVersion: 'TLSv1.2',
      // every flaw is to be told by its own step; nothing is sent to a server that is not trusted
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    })
  } catch (error) {
    socket.destroy()
    return { kind: 'failed', detail: textOf(error), words: textOf(error) }
  }
  const stop = (): void => void stream.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    const failure = await handshake(stream, limitMs)
    if (failure) return failure
    const certificate = stream.getPeerCertificate(true)
    const problem = stream.authorizationError as unknown as string | Error | null | undefined
    const chainProblem = stream.authorized
      ? undefined
      : ((typeof problem === 'string' ? problem : problem?.message) ?? 'UNSPECIFIED')
    const isForHost = checkServerIdentity(host, certificate) === undefined
    const protocol = stream.getProtocol() ?? ''
    const { answer, detail } = await firstByte(stream, limitMs)
    return {
      kind: 'shown',
      server: {
        protocol,
        chain: chainOf(certificate),
        ...(chainProblem === undefined ? {} : { chainProblem }),
        isForHost,
        answer,
        ...(detail === undefined ? {} : { answerDetail: detail }),
      },
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stream.on('error', () => undefined)
    stream.destroy()
  }
}

function handshake(
  stream: TLSSocket,
  limitMs: number,
): Promise<Extract<TlsGreeting, { kind: 'failed' }> | undefined> {
  return new Promise((resolve) => {
    const settle = (detail?: string, words = detail ?? ''): void => {
      clearTimeout(timer)
      resolve(detail === undefined ? undefined : { kind: 'failed', detail, words })
    }
    const timer = setTimeout(
      () => settle(`No answer within ${Math.round(limitMs / 1000)} s`, 'silent'),
      limitMs,
    )
    stream.once('secureConnect', () => settle())
    stream.on('error', (error: Error & { code?: string; reason?: string }) =>
      settle(error.message, `${error.code ?? ''} ${error.reason ?? ''} ${error.message}`),
    )
    stream.once('close', () => settle('The host closed the connection', 'closed'))
  })
}

function firstByte(
  stream: TLSSocket,
  limitMs: number,
): Promise<{ answer: ShownTls['answer']; detail?: string }> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ answer: 'silent' }), limitMs)
    const end = (answer: ShownTls['answer'], detail?: string): void => {
      clearTimeout(timer)
      resolve({ answer, ...(detail === undefined ? {} : { detail }) })
    }
    stream.once('data', (chunk: Buffer) => {
      if (chunk[0] === 1) end('accepted')
      else end('other', `It began with byte ${chunk[0] ?? 0}`)
    })
    stream.once('end', () => end('refused'))
    stream.once('close', () => end('refused'))
    // TLS 1.3 tells a refused certificate only after the handshake (RFC 8446, section 4.4.2.4)
    stream.on('error', (error: Error) => end('refused', error.message))
  })
}

const maxChain = 10

function chainOf(certificate: DetailedPeerCertificate): CertificateFacts[] {
  const chain: CertificateFacts[] = []
  const seen = new Set<string>()
  let current: DetailedPeerCertificate | undefined = certificate
  while (current?.fingerprint256 && !seen.has(current.fingerprint256) && chain.length < maxChain) {
    seen.add(current.fingerprint256)
    chain.push({
      subject: oneLine(current.subject),
      issuer: oneLine(current.issuer),
      fromMs: Date.parse(current.valid_from),
      untilMs: Date.parse(current.valid_to),
      names: namesOf(current),
    })
    current = current.issuerCertificate
  }
  return chain
}

function namesOf(certificate: DetailedPeerCertificate): string[] {
  const alternatives = (certificate.subjectaltname ?? '')
    .split(', ')
    .flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? [])
  if (alternatives.length > 0) return alternatives
  const common: unknown = certificate.subject?.CN
  return typeof common === 'string' ? [common] : []
}

function oneLine(name: object | undefined): string {
  return Object.entries(name ?? {})
    .map(([part, value]) => `${part}=${String(value)}`)
    .join(', ')
}
