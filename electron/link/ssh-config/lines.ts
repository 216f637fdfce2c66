/**
 * The lines of an ssh_config(5) file. An own reader rather than the ssh-config package: evaluating with that one
 * starts programs (Match exec, and nslookup for CanonicalizeHostname), which reading settings must never do.
 */
export interface ConfigLine {
  /** Lower case: keywords are not case-sensitive. */
  readonly keyword: string
  readonly words: readonly string[]
  readonly number: number
}

/** Without empty lines and comments; `onBad` is told of lines that cannot be read. */
export function configLines(text: string, onBad: (number: number) => void): ConfigLine[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const number = index + 1
    const match = /^\s*([A-Za-z][A-Za-z0-9]*)(?:\s*=\s*|\s+|$)(.*)$/.exec(line)
    if (!match) {
      if (!/^\s*(#|$)/.test(line)) onBad(number)
      return []
    }
    const [, keyword = '', rest = ''] = match
    const words = splitWords(rest)
    if (words === undefined || words.length === 0) {
      onBad(number)
      return []
    }
    return [{ keyword: keyword.toLowerCase(), words, number }]
  })
}

/** Words with quotes and escapes taken off; a word that begins with # ends the line. Undefined: a quote is left open. */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote: string | undefined
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    const following = text.charAt(at + 1)
    if (char === '\\' && isEscapable(following, quote)) {
      word = (word ?? '') + following
      at += 1
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined
      else word = (word ?? '') + char
    } else if (char === '"' || char === "'") {
      quote = char
      word ??= ''
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (char === '#' && word === undefined) {
      return words
    } else {
      word = (word ?? '') + char
    }
  }
  if (quote !== undefined) return undefined
  return word === undefined ? words : [...words, word]
}

/** Other backslashes stand for themselves, as paths of Windows need it. */
function isEscapable(char: string, quote: string | undefined): boolean {
  return char === '"' || char === "'" || char === '\\' || (quote === undefined && char === ' ')
}
