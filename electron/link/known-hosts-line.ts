import { createHmac, timingSafeEqual } from 'node:crypto'
import { patternMatcher } from './ssh-config/pattern'

export interface KnownHostsLine {
  readonly marker?: 'revoked' | 'cert-authority'
  readonly type: string
  readonly key: Buffer
  /** `name` as knownHostsName makes it. */
  matches(name: string): boolean
}

/** One line of a known_hosts file; undefined for comments, the obsolete first version and what cannot be read. */
export function parseKnownHostsLine(text: string): KnownHostsLine | undefined {
  const fields = text.trim().split(/[ \t]+/)
  const first = fields[0] ?? ''
  if (first === '' || first.startsWith('#')) return undefined
  const marker = first === '@revoked' ? 'revoked' : first === '@cert-authority' ? 'cert-authority' : undefined
  // an unknown marker may mean anything: such a line must not make a host trusted
  if (first.startsWith('@') && marker === undefined) return undefined
  const [names = '', type = '', base64 = ''] = marker === undefined ? fields : fields.slice(1)
  if (!/^[a-z][a-z0-9@.-]*$/.test(type) || !/^[A-Za-z0-9+/]+=*$/.test(base64)) return undefined
  return {
    ...(marker === undefined ? {} : { marker }),
    type,
    key: Buffer.from(base64, 'base64'),
    matches: names.startsWith('|') ? hashedMatcher(names) : patternMatcher(names.toLowerCase().split(',')),
  }
}

/** "|1|salt|hash": HMAC-SHA1 of the name, so that a stolen list does not tell where its owner goes. */
function hashedMatcher(text: string): (name: string) => boolean {
  const [, version, salt = '', hash = ''] = text.split('|')
  const expected = Buffer.from(hash, 'base64')
  if (version !== '1' || expected.length !== 20) return () => false
  const key = Buffer.from(salt, 'base64')
  return (name) => timingSafeEqual(createHmac('sha1', key).update(name).digest(), expected)
}
