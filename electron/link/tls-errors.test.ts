import type { PeerCertificate } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { certificateRefused, handshakeError, untrusted, wrongName, type TlsServer } from './tls-errors'

const paths = {
  ca: '/p/cacert.pem',
  certificate: '/p/clientcert.pem',
  key: '/p/clientkey.pem',
  crl: '/p/cacrl.pem',
}
const own = { certificate: Buffer.alloc(0), key: Buffer.alloc(0), subject: 'CN=desk' }
const server: TlsServer = {
  host: 'web',
  address: 'web:16514',
  files: { paths, ca: Buffer.alloc(0), own, warnings: [] },
  nowMs: Date.parse('2026-11-24'),
}
const certificate = {
  subject: { O: 'Shop', CN: 'db.example.com' },
  issuer: { CN: 'Shop authority' },
  valid_from: 'Jan  1 00:00:00 2020 GMT',
  valid_to: 'Feb  1 00:00:00 2020 GMT',
  subjectaltname: 'DNS:db.example.com, IP Address:192.0.2.7, URI:https://db/',
} as unknown as PeerCertificate

describe('a certificate that is not accepted', () => {
  it.each([
    ['CERT_HAS_EXPIRED', /expired on 2020-02-01$/, /clock of this computer wrong\? It says 2026-11-24/],
    ['CERT_REVOKED', /has been revoked$/, /cacrl\.pem lists it/],
    ['CRL_HAS_EXPIRED', /cacrl\.pem is out of date/, /current one/],
    ['UNABLE_TO_GET_CRL', /cacrl\.pem is out of date or of another authority/, /current one/],
    ['INVALID_PURPOSE', /not one for servers$/, /tls_www_server/],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      /authority this computer does not trust$/,
      /cacert\.pem.*CN=Shop authority/,
    ],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /authority this computer does not trust$/, /right host first/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /authority this computer does not trust$/, /cacert\.pem/],
    ['CERT_SIGNATURE_FAILURE', /authority this computer does not trust$/, /cacert\.pem/],
  ])('for %s is explained', (code, message, cure) => {
    expect(untrusted(code, server, certificate)).toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(message),
      cure: expect.stringMatching(cure),
      detail: expect.stringContaining(`${code}: O=Shop, CN=db.example.com`),
    })
  })

  it('is not blamed for the dates of its authority', () => {
    const inForce = { ...certificate, valid_to: 'Feb  1 00:00:00 2040 GMT' }
    expect(untrusted('CERT_HAS_EXPIRED', server, inForce).message).toMatch(/its authority is not in force$/)
  })

  it('for its names lists those it has', () => {
    expect(wrongName(server, certificate)).toMatchObject({
      kind: 'denied',
      message: 'The certificate of web:16514 is not for web',
      cure: expect.stringMatching(/^It is for db\.example\.com, 192\.0\.2\.7\. Use one of these names/),
    })
    const { subjectaltname: _, ...commonNameOnly } = certificate
    expect(wrongName(server, commonNameOnly as PeerCertificate).cure).toMatch(/^It is for db\.example\.com\./)
    const nameless = { ...commonNameOnly, subject: {} } as PeerCertificate
    expect(wrongName(server, nameless).cure).toMatch(/names no host at all/)
  })
})

/** As OpenSSL (Node) and BoringSSL (Electron) write them. */
describe('a handshake that fails', () => {
  it.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'auth-failed', /refused the client certificate/],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'auth-failed', /refused the client certificate/],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'auth-failed', /refused the client certificate/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'unreachable', /does not speak TLS$/],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'unreachable', /does not speak TLS$/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'unsupported', /no common encryption$/],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'unsupported', /no common encryption$/],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'unsupported', /no common encryption$/],
    ['ECONNRESET', 'unreachable', /hung up while encryption/],
  ])('with %s is explained', (code, kind, message) => {
    const error = Object.assign(new Error('words of the library'), { code })
    expect(handshakeError(error, server)).toMatchObject({
      kind,
      message: expect.stringMatching(message),
      cure: expect.stringMatching(/\.$/),
      detail: expect.stringContaining('words of the library'),
    })
  })

  it('for want of a certificate says where to put one', () => {
    const { own: _, ...files } = server.files
    expect(certificateRefused({ ...server, files })).toMatchObject({
      kind: 'auth-failed',
      message: 'web:16514 wants a client certificate, and this computer has none',
      cure: expect.stringMatching(/\/p\/clientcert\.pem.*\/p\/clientkey\.pem/),
    })
  })
})
