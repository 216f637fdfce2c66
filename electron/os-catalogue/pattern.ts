/**
 * The catalogue's patterns are those of GLib's g_regex_match_simple: found anywhere in the text, with regard to case. One
 * that cannot be compiled here fits nothing. Texts are those of a disc's header, 128 characters at most, and none of the
 * patterns repeats what repeats; a test tries all of them on what would hurt.
 */
const compiled = new Map<string, RegExp | undefined>()
const mostBytes = 256

/** An absent pattern fits everything. */
export function fits(pattern: string | undefined, text: string | undefined): boolean {
  if (pattern === undefined) return true
  if (text === undefined) return false
  return patternOf(pattern)?.test(text.slice(0, mostBytes)) === true
}

/** With its groups; null where it does not fit. */
export function matchOf(pattern: string, text: string): RegExpExecArray | null {
  return patternOf(pattern)?.exec(text.slice(0, mostBytes)) ?? null
}

function patternOf(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern))
  return compiled.get(pattern)
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern)
  } catch {
    return undefined
  }
}
