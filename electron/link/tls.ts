/** An encrypted stream to a server that has proved its name by a certificate, as libvirt's own clients make it. */
import { isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import { AppError } from '../../shared/errors'
import { abortError } from './abort'
import { PairStream } from './pair-stream'
import { certificateRefused, handshakeError, untrusted, wrongName, type TlsServer } from './tls-errors'
import type { TlsFiles } from './tls-files'

export interface TlsOptions {
  /** The name the certificate has to have. */
  readonly host: string
  readonly port: number
  readonly files: TlsFiles
  /** libvirt's `no_verify`: whoever answers is taken for the host. */
  readonly isVerified: boolean
  readonly signal?: AbortSignal | undefined
}

/** A server that takes the connection and then says nothing: its kernel lives, its daemon does not. */
const handshakeLimitMs = 10_000

/**
 * What is written at once travels in TLS records of its own, instead of several writes being gathered into one. libvirt's
 * daemon needs that: of several messages in one record it serves the first, and learns of the others, which then wait in
 * GnuTLS and no longer in the socket, only when more arrives (virNetSocketHasCachedData does not ask GnuTLS).
 */
export function oneRecordPerWrite(stream: TLSSocket): Duplex {
  return new PairStream({ source: stream, sink: stream, release: () => stream.destroy() })
}

/** Takes the socket over: it is closed when this fails. */
export async function openTls(socket: Socket, options: TlsOptions): Promise<TLSSocket> {
  const { host, files } = options
  const server = serverOf(options)
  let stream: TLSSocket
  try {
    stream = connect({
      socket,
      host,
      // a name, never an address, may be told to the server (RFC 6066, section 3)
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ca: files.ca,
      ...(files.crl ? { crl: files.crl } : {}),
      ...(files.own ? { cert: files.own.certificate, key: files.own.key } : {}),
      minVersion: 'TLSv1.2',
      // judged below, before a byte is written or read, so that dates and names can be told
      rejectUnauthorized: false,
    })
  } catch (error) {
    socket.destroy()
    throw new AppError('invalid', 'The certificates of this computer cannot be used for TLS', {
      cure: `Look at ${files.paths.ca} and ${files.paths.certificate}: some kinds of keys and signatures are too weak.`,
      detail: (error as Error).message,
      cause: error,
    })
  }
  try {
    await handshake(stream, server, options.signal)
    if (options.isVerified) judge(stream, server)
    return stream
  } catch (error) {
    stream.destroy()
    throw error
  }
}

/**
 * libvirt's servers judge the client's certificate after the handshake, and say that they let it in by one byte 1
 * (virNetServerClient, "client_verified"); otherwise they hang up.
 */
export async function awaitAcceptance(stream: TLSSocket, options: TlsOptions): Promise<void> {
  const server = serverOf(options)
  const first = await new Promise<number>((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer)
      stream.off('readable', look)
      stream.off('end', refused)
      stream.off('close', refused)
      stream.off('error', broke)
      options.signal?.removeEventListener('abort', stop)
    }
    const fail = (error: Error): void => {
      settle()
      stream.destroy()
      reject(error)
    }
    const look = (): void => {
      const byte = stream.read(1) as Buffer | null
      if (byte === null) return
      settle()
      resolve(byte[0] ?? 0)
    }
    const refused = (): void => fail(certificateRefused(server))
    // TLS 1.3 tells a refusal only after the handshake; a cut connection here means the same
    const broke = (error: Error): void => fail(certificateRefused(server, error.message))
    const stop = (): void => options.signal && fail(abortError(options.signal))
    const timer = setTimeout(() => fail(silent(server)), handshakeLimitMs)
    stream.on('readable', look)
    stream.on('end', refused)
    stream.on('close', refused)
    stream.on('error', broke)
    options.signal?.addEventListener('abort', stop, { once: true })
    if (options.signal?.aborted) stop()
    else look()
  })
  if (first === 1) return
  stream.destroy()
  throw new AppError('unreachable', `What answers at ${server.address} is not libvirt`, {
    cure: 'Check the port: libvirt’s TLS port is 16514 unless the host’s libvirtd.conf has another tls_port.',
    detail: `It began with byte ${first}`,
  })
}

function handshake(stream: TLSSocket, server: TlsServer, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer)
      stream.off('secureConnect', done)
      stream.off('error', fail)
      stream.off('close', hungUp)
      signal?.removeEventListener('abort', stop)
    }
    const done = (): void => {
      settle()
      resolve()
    }
    const fail = (error: Error): void => {
      settle()
      reject(error instanceof AppError ? error : handshakeError(error, server))
    }
    const hungUp = (): void => fail(new Error('The connection was closed'))
    const stop = (): void => signal && fail(abortError(signal))
    const timer = setTimeout(() => fail(silent(server)), handshakeLimitMs)
    stream.once('secureConnect', done)
    stream.once('error', fail)
    stream.once('close', hungUp)
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
  })
}

function judge(stream: TLSSocket, server: TlsServer): void {
  const certificate = stream.getPeerCertificate()
  // the declared type is Error, what comes is OpenSSL's word
  const problem = stream.authorizationError as unknown as string | Error | null | undefined
  if (!stream.authorized) {
    const code = typeof problem === 'string' ? problem : (problem?.message ?? 'UNSPECIFIED')
    // with a host given Node may have judged the name already, in its own words
    if (code !== 'ERR_TLS_CERT_ALTNAME_INVALID') throw untrusted(code, server, certificate)
  }
  if (checkServerIdentity(server.host, certificate)) throw wrongName(server, certificate)
}

function silent({ address }: TlsServer): AppError {
  return new AppError('timed-out', `${address} takes connections but does not answer`, {
    cure: 'Its libvirt daemon may be stuck. Restart it if it stays so.',
  })
}

function serverOf({ host, port, files }: TlsOptions): TlsServer {
  const place = host.includes(':') ? `[${host}]` : host
  return { host, address: `${place}:${port}`, files, nowMs: Date.now() }
}
