/**
 * The certificates this computer shows and trusts, read and looked over before anything is dialled: a server that does
 * not like a certificate only hangs up, so whatever can be wrong with the files is found out and named here.
 */
import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../../shared/errors'

export interface TlsPaths {
  /** Signs servers' certificates. */
  readonly ca: string
  readonly certificate: string
  readonly key: string
  /** Certificates that no longer count; may be missing. */
  readonly crl: string
}

export interface TlsFiles {
  readonly paths: TlsPaths
  readonly ca: Buffer
  readonly crl?: Buffer
  /** Absent when this computer has no certificate of its own to show. */
  readonly own?: { readonly certificate: Buffer; readonly key: Buffer; readonly subject: string }
  /** For the host's log. */
  readonly warnings: readonly string[]
}

export interface TlsFileChecks {
  /** Look at dates and purposes too; libvirt's `no_sanity` turns this off. */
  readonly isSane: boolean
  readonly nowMs: number
}

export async function readTlsFiles(paths: TlsPaths, checks: TlsFileChecks): Promise<TlsFiles> {
  const [ca, crl, certificate, key] = await Promise.all([
    read(paths.ca, 'certificate of the authority'),
    read(paths.crl, 'list of revoked certificates'),
    read(paths.certificate, 'client certificate'),
    read(paths.key, 'private key'),
  ])
  if (!ca) {
    throw new AppError('invalid', `There is no certificate authority at ${paths.ca}`, {
      cure: 'Copy the cacert.pem that signed the host’s certificate there, or name its folder with pkipath= in the URI.',
    })
  }
  checkAuthority(parse(ca, paths.ca, 'certificate of the authority'), paths.ca, checks)
  const base = { paths, ca, ...(crl ? { crl } : {}) }
  if (!certificate && !key) {
    return { ...base, warnings: [`There is no client certificate at ${paths.certificate}`] }
  }
  if (!certificate || !key) {
    const [missing, present] = certificate ? [paths.key, paths.certificate] : [paths.certificate, paths.key]
    throw new AppError('invalid', `There is no file ${missing}, though ${present} exists`, {
      cure: 'Put the client certificate and its private key there, both.',
    })
  }
  const own = parse(certificate, paths.certificate, 'client certificate')
  checkKey(own, readKey(key, paths.key), paths)
  if (checks.isSane) checkOwn(own, new X509Certificate(ca), paths, checks.nowMs)
  return {
    ...base,
    own: { certificate, key, subject: own.subject.replaceAll('\n', ', ') },
    warnings: await exposure(paths.key),
  }
}

async function read(path: string, what: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // a component of the path that is no folder: not there either
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    const isRefused = code === 'EACCES' || code === 'EPERM'
    throw new AppError(isRefused ? 'denied' : 'invalid', `The ${what} ${path} cannot be read`, {
      cure: isRefused
        ? 'Give your account the right to read it: for the system’s files, membership in the group that owns them ' +
          '(files 640, folder 750); your own copies belong into ~/.pki/libvirt.'
        : 'It has to be a file in PEM format.',
      detail: message,
      cause: error,
    })
  }
}

function parse(data: Buffer, path: string, what: string): X509Certificate {
  try {
    return new X509Certificate(data)
  } catch (error) {
    throw new AppError('invalid', `${path} is not a certificate`, {
      cure: `Put the ${what} there in PEM format, which begins with "-----BEGIN CERTIFICATE-----".`,
      detail: (error as Error).message,
      cause: error,
    })
  }
}

function readKey(data: Buffer, path: string): KeyObject {
  try {
    return createPrivateKey(data)
  } catch (error) {
    const isEncrypted = data.includes('ENCRYPTED')
    throw new AppError(
      'invalid',
      isEncrypted ? `The private key ${path} has a passphrase` : `${path} is not a private key`,
      {
        cure: isEncrypted
          ? 'libvirt’s keys have none: take it away with openssl rsa, and let only your account read the file.'
          : 'Put the private key of the client certificate there, in PEM format.',
        detail: (error as Error).message,
        cause: error,
      },
    )
  }
}

function checkAuthority(ca: X509Certificate, path: string, { isSane, nowMs }: TlsFileChecks): void {
  if (!isSane) return
  if (!ca.ca) {
    throw new AppError('invalid', `${path} is not the certificate of an authority`, {
      cure: 'Copy the cacert.pem of the authority there; this is a server’s or client’s certificate.',
      detail: ca.subject,
    })
  }
  checkDates(ca, `The certificate authority ${path}`, 'Get a new one from whoever runs the authority.', nowMs)
}

function checkKey(certificate: X509Certificate, key: KeyObject, paths: TlsPaths): void {
  if (certificate.checkPrivateKey(key)) return
  throw new AppError('invalid', `The private key ${paths.key} does not belong to ${paths.certificate}`, {
    cure: 'Copy certificate and key again, both from the same request.',
    detail: certificate.subject,
  })
}

/** What a server would refuse without a word (virNetTLSContextSanityCheckCredentials does the same). */
function checkOwn(own: X509Certificate, ca: X509Certificate, paths: TlsPaths, nowMs: number): void {
  checkDates(
    own,
    `The client certificate ${paths.certificate}`,
    'Have a new one signed by the authority.',
    nowMs,
  )
  // extended key usage, id-kp-clientAuth (RFC 5280, 4.2.1.12); without the extension it is good for everything
  const purposes = own.keyUsage as readonly string[] | undefined
  if (purposes?.length && !purposes.includes('1.3.6.1.5.5.7.3.2')) {
    throw new AppError('invalid', `${paths.certificate} is not a certificate for clients`, {
      cure: 'Have one made for clients: tls_www_client with certtool, extendedKeyUsage=clientAuth with openssl.',
      detail: own.subject,
    })
  }
  // an authority in between is the server's business
  if (own.issuer === ca.subject && !own.verify(ca.publicKey)) {
    throw new AppError('invalid', `${paths.certificate} was not signed by the authority in ${paths.ca}`, {
      cure: 'Both have to come from the same authority. Copy them again.',
      detail: own.issuer,
    })
  }
}

function checkDates(certificate: X509Certificate, what: string, cure: string, nowMs: number): void {
  const dates = validity(certificate.validFrom, certificate.validTo, nowMs)
  if (dates === undefined) return
  throw new AppError('invalid', `${what} ${dates}`, { cure, detail: certificate.subject })
}

/** Undefined while a certificate is valid, otherwise what is wrong, with the dates. */
export function validity(from: string, until: string, nowMs: number): string | undefined {
  if (nowMs > Date.parse(until)) return `expired on ${day(until)}`
  if (nowMs < Date.parse(from)) return `is valid only from ${day(from)} on`
  return undefined
}

export function day(date: string | number): string {
  return new Date(date).toISOString().slice(0, 10)
}

/** A key that others can read serves them as well as us. */
async function exposure(path: string): Promise<string[]> {
  if (process.platform === 'win32') return []
  const { mode } = await stat(path)
  return (mode & 0o007) === 0
    ? []
    : [`Every user of this computer can read the private key ${path}: make it private with chmod 600`]
}
