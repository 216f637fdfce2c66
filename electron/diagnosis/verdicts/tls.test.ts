import { describe, expect, it } from 'vitest'
import type { CertificateFacts, ShownTls } from '../probes/tls-server'
import { judgeAcceptance, judgeChain, judgeClientFiles, judgeDates, judgeHandshake, judgeNames } from './tls'

const day = 86_400_000
const now = Date.parse('2026-06-01T12:00:00Z')
const good: CertificateFacts = {
  subject: 'CN=h1',
  issuer: 'CN=lab',
  fromMs: now - 100 * day,
  untilMs: now + 400 * day,
  names: ['h1', '10.0.0.1'],
}
const shown: ShownTls = { protocol: 'TLSv1.3', chain: [good], isForHost: true, answer: 'accepted' }

describe('the dates of a certificate', () => {
  const cases: [string, CertificateFacts[], string, string][] = [
    ['in force', [good], 'ok', 'until 2027-07-06'],
    ['about to expire', [{ ...good, untilMs: now + 3 * day }], 'warning', 'expires in 3 days'],
    ['expired', [{ ...good, untilMs: now - day }], 'failed', 'expired on 2026-05-31'],
    [
      'of an authority that expired',
      [good, { ...good, subject: 'CN=lab', untilMs: now - day }],
      'failed',
      'authority CN=lab expired',
    ],
    ['not yet in force', [{ ...good, fromMs: now + 100 * day }], 'failed', 'only from 2026-09-09'],
    ['none', [], 'failed', 'showed no certificate'],
  ]
  it.each(cases)('%s', (_, chain, state, words) => {
    const verdict = judgeDates(chain, now)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
  })

  it('that begin within the next hours mean that a clock is wrong', () => {
    const verdict = judgeDates([{ ...good, fromMs: now + 3_600_000 }], now)
    expect(verdict.cause).toContain('clock of this computer is behind')
    expect(verdict.cure).toContain('clocks')
  })
})

describe('the authority of a certificate', () => {
  const cases: [string | undefined, string, string][] = [
    [undefined, 'ok', 'an authority this computer trusts'],
    ['CERT_HAS_EXPIRED', 'ok', 'an authority this computer trusts'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'failed', 'does not trust'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'failed', 'does not trust'],
    ['CERT_REVOKED', 'failed', 'revoked'],
    ['INVALID_PURPOSE', 'failed', 'not one for servers'],
    ['CRL_HAS_EXPIRED', 'failed', 'list of revoked certificates'],
  ]
  it.each(cases)('%s', (chainProblem, state, words) => {
    const verdict = judgeChain({ ...shown, ...(chainProblem ? { chainProblem } : {}) }, "/it's/cacert.pem")
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
    for (const { text } of verdict.commands ?? []) expect(text).not.toContain("/it's/")
  })
})

describe('the names of a certificate', () => {
  it('are told beside the one that was asked for', () => {
    const verdict = judgeNames({ ...shown, isForHost: false }, 'other')
    expect(verdict).toMatchObject({ state: 'failed', recipe: 'tls-server' })
    expect(verdict.facts).toEqual(['The certificate is for: h1, 10.0.0.1', 'The URI says: other'])
    expect(verdict.cure).toContain('Write h1 in the URI')
  })

  it('fit', () => expect(judgeNames(shown, 'h1').state).toBe('ok'))

  it('may be none at all', () => {
    const bare = { ...shown, isForHost: false, chain: [{ ...good, names: [] }] }
    expect(judgeNames(bare, 'h1').cure).toBe('Make a new certificate that names the host')
  })
})

describe('being let in', () => {
  const cases: [ShownTls['answer'], string | undefined, string, string, string | undefined][] = [
    ['accepted', 'CN=me', 'ok', 'accepts our certificate', undefined],
    ['accepted', undefined, 'ok', 'without a certificate', undefined],
    ['refused', 'CN=me', 'failed', 'refuses our certificate', 'tls-allowed-names'],
    ['refused', undefined, 'failed', 'wants a client certificate', 'tls-client'],
    ['silent', 'CN=me', 'failed', 'does not say whether', 'start-daemon'],
    ['other', 'CN=me', 'failed', 'is not libvirt', undefined],
  ]
  it.each(cases)('%s with %s', (answer, own, state, words, recipe) => {
    const verdict = judgeAcceptance({ answer }, own, 16_514)
    expect(verdict.state).toBe(state)
    expect(verdict.found).toContain(words)
    expect(verdict.recipe).toBe(recipe)
  })

  it('is refused to all by an empty list of names, which is said', () => {
    expect(judgeAcceptance({ answer: 'refused' }, 'CN=me', 16_514).cause).toContain(
      'an empty list refuses everybody',
    )
  })
})

describe('a handshake', () => {
  it.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER wrong version number', 'does not speak TLS'],
    ['tlsv13 alert certificate required', 'refuses our certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'refuses our certificate'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'no common encryption'],
    ['silent', 'does not answer'],
    ['closed', 'hung up while encryption'],
  ])('that ends with %s', (words, found) => {
    const verdict = judgeHandshake({ detail: 'd', words }, 16_514)
    expect(verdict.state).toBe('failed')
    expect(verdict.found).toContain(found)
    expect([verdict.cause, verdict.cure]).not.toContain(undefined)
  })

  it('that works', () => expect(judgeHandshake(shown, 16_514).found).toBe('The server speaks TLSv1.3'))
})

describe('certificates of this computer', () => {
  const files = { ca: '/ca', certificate: '/cert', subject: 'CN=me', warnings: [] }
  it.each([
    [files, 'ok', undefined],
    [{ ca: '/ca', certificate: '/cert', warnings: [] }, 'warning', 'tls-client'],
    [{ ...files, warnings: ['Every user can read the key'] }, 'warning', 'key-permissions'],
    [{ error: { kind: 'denied', message: 'cannot be read' } as const }, 'failed', 'key-permissions'],
    [{ error: { kind: 'invalid', message: 'not there' } as const }, 'failed', 'tls-client'],
  ])('%j', (found, state, recipe) => {
    const verdict = judgeClientFiles(found)
    expect(verdict.state).toBe(state)
    expect(verdict.recipe).toBe(recipe)
  })
})
