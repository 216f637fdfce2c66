/** What can be wrong with a server's certificate, or with a TLS handshake, as AppErrors. */
import type { PeerCertificate } from 'node:tls'
import { AppError } from '../../shared/errors'
import { textOf } from './socket-errors'
import { day, validity, type TlsFiles } from './tls-files'

export interface TlsServer {
  /** As the user wrote it. */
  readonly host: string
  /** host:port. */
  readonly address: string
  readonly files: TlsFiles
  readonly nowMs: number
}

/** The certificate is genuine and in force, but speaks for others. */
export function wrongName(server: TlsServer, certificate: PeerCertificate): AppError {
  const names = namesOf(certificate)
  return new AppError('denied', `The certificate of ${server.address} is not for ${server.host}`, {
    cure:
      names.length === 0
        ? 'It names no host at all. Have a new one made with the host’s name in it (SAN).'
        : `It is for ${names.join(', ')}. Use one of these names in the URI, or have a new one made with ` +
          `${server.host} in it (SAN).`,
    detail: describe(certificate),
  })
}

/** `code` is OpenSSL's name for what is wrong with the chain of certificates (X509_V_ERR_…). */
export function untrusted(code: string, server: TlsServer, certificate: PeerCertificate): AppError {
  const { address, files, nowMs } = server
  const detail = `${code}: ${describe(certificate)}`
  const refuse = (message: string, cure: string): AppError =>
    new AppError('denied', message, { cure, detail })
  switch (code) {
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return refuse(
        `The certificate of ${address} ${datesOf(certificate, nowMs) ?? 'or of its authority is not in force'}`,
        (code === 'CERT_HAS_EXPIRED'
          ? 'Have a new one made for the host.'
          : 'Wait, or have a new one made.') +
          ` Or is the clock of this computer wrong? It says ${day(nowMs)}.`,
      )
    case 'CERT_REVOKED':
      return refuse(
        `The certificate of ${address} has been revoked`,
        `Do not connect. ${files.paths.crl} lists it; ask the administrator of the host.`,
      )
    case 'CRL_HAS_EXPIRED':
    case 'CRL_NOT_YET_VALID':
    case 'UNABLE_TO_GET_CRL':
      return refuse(
        `The list of revoked certificates ${files.paths.crl} is out of date or of another authority`,
        'Get the current one from whoever runs the authority.',
      )
    case 'INVALID_PURPOSE':
      return refuse(
        `The certificate of ${address} is not one for servers`,
        'Have one made for servers: tls_www_server with certtool, extendedKeyUsage=serverAuth with openssl.',
      )
    default:
      return refuse(
        `The certificate of ${address} was signed by an authority this computer does not trust`,
        `Put the cacert.pem of the host’s authority at ${files.paths.ca}. It was signed by ` +
          `"${oneLine(certificate.issuer) || 'itself'}". Make sure it is the right host first.`,
      )
  }
}

/** No handshake came about. Codes are those of OpenSSL and BoringSSL, which Electron has. */
export function handshakeError(error: unknown, server: TlsServer): AppError {
  const { code = '', reason = '' } = error as { code?: string; reason?: string }
  const words = `${code} ${reason} ${textOf(error)}`
  const extra = { detail: textOf(error), cause: error }
  if (
    /ALERT|alert/.test(words) &&
    /CERTIFICATE|UNKNOWN_CA|certificate|unknown ca|ACCESS_DENIED/.test(words)
  ) {
    return certificateRefused(server, extra.detail)
  }
  if (
    /WRONG_VERSION_NUMBER|HTTP_REQUEST|wrong version number|packet.length.too.long|UNKNOWN_PROTOCOL/i.test(
      words,
    )
  ) {
    return new AppError('unreachable', `What answers at ${server.address} does not speak TLS`, {
      ...extra,
      cure: 'Check the port: libvirt’s TLS port is 16514 unless the host’s libvirtd.conf has another tls_port.',
    })
  }
  if (
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_SHARED_CIPHER|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY/i.test(
      words,
    )
  ) {
    return new AppError('unsupported', `${server.address} and Innkeeper have no common encryption`, {
      ...extra,
      cure: 'TLS 1.2 at least is needed. Update libvirt and GnuTLS on the host, or look at its tls_priority.',
    })
  }
  return new AppError('unreachable', `${server.address} hung up while encryption was being set up`, {
    ...extra,
    cure: 'Check that this is libvirt’s TLS port (16514); the log of libvirtd on the host may say why.',
  })
}

/** The server wants another certificate than we have, or does not know ours; it hardly ever says which. */
export function certificateRefused({ address, files }: TlsServer, detail?: string): AppError {
  if (!files.own) {
    return new AppError('auth-failed', `${address} wants a client certificate, and this computer has none`, {
      cure: `Put one signed by the host’s authority at ${files.paths.certificate}, and its key at ${files.paths.key}.`,
      detail,
    })
  }
  return new AppError('auth-failed', `${address} refused the client certificate ${files.paths.certificate}`, {
    cure:
      'It has to be signed by the authority the host trusts, and to be in the host’s tls_allowed_dn_list if there ' +
      'is one: an empty list refuses everybody. The log of libvirtd on the host says which.',
    detail: [`Our name: ${files.own.subject}`, ...(detail === undefined ? [] : [detail])].join('\n'),
  })
}

/** "DNS:a, IP Address:10.0.0.1" and the common name, as names somebody can type. */
function namesOf(certificate: PeerCertificate): string[] {
  const alternatives = (certificate.subjectaltname ?? '')
    .split(', ')
    .flatMap((name) => /^(?:DNS|IP Address):(.+)$/.exec(name)?.[1] ?? [])
  if (alternatives.length > 0) return alternatives
  const common: unknown = certificate.subject?.CN
  return typeof common === 'string' ? [common] : []
}

/** Of the first certificate in the chain that is not in force. */
function datesOf(certificate: PeerCertificate, nowMs: number): string | undefined {
  return validity(certificate.valid_from, certificate.valid_to, nowMs)
}

function describe(certificate: PeerCertificate): string {
  const { valid_from: from, valid_to: until } = certificate
  return `${oneLine(certificate.subject)}; issued by ${oneLine(certificate.issuer)}; from ${from} until ${until}`
}

function oneLine(name: object | undefined): string {
  return Object.entries(name ?? {})
    .map(([part, value]) => `${part}=${String(value)}`)
    .join(', ')
}
