/** Patterns of ssh_config(5) and known_hosts: * and ? stand for any text and any one character. */
export function globExpression(glob: string): RegExp {
  // runs of * mean the same as one, and would make matching slow
  const source = glob
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`)
}

/** Whether one pattern matches and none that begins with "!" does (ssh_config(5), PATTERNS). */
export function patternMatcher(patterns: readonly string[]): (name: string) => boolean {
  const parts = patterns.map((pattern) => {
    const isNegated = pattern.startsWith('!')
    return { isNegated, expression: globExpression(isNegated ? pattern.slice(1) : pattern) }
  })
  return (name) => {
    const hits = parts.filter(({ expression }) => expression.test(name))
    return hits.length > 0 && !hits.some(({ isNegated }) => isNegated)
  }
}
