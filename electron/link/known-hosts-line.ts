import { createHmac, timingSafeEqual } from 'node:crypto'

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
    matches: names.startsWith('|') ? hashedMatcher(names) : patternMatcher(names),
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

/** Comma-separated patterns with * and ?; one that matches with "!" before it rules the line out. */
function patternMatcher(text: string): (name: string) => boolean {
  const patterns = text.split(',').map((pattern) => {
    const isNegated = pattern.startsWith('!')
    return { isNegated, expression: globExpression((isNegated ? pattern.slice(1) : pattern).toLowerCase()) }
  })
  return (name) => {
    const hits = patterns.filter(({ expression }) => expression.test(name))
    return hits.length > 0 && !hits.some(({ isNegated }) => isNegated)
  }
}

function globExpression(glob: string): RegExp {
  // runs of * mean the same as one, and would make matching slow
  const source = glob
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`)
}
