/**
 * The grammar of xl.cfg(5): settings `name = value`, where a value is a number, a text in quotes, or a list of values.
 * It looks like Python and is none: what only Python would understand is refused, never run.
 */
import { badFile } from '../foreign-error'

export type XlValue = string | number | readonly XlValue[]
export type XlSettings = ReadonlyMap<string, XlValue>

const maxValues = 10_000
const maxDepth = 4

const spaces = {
  line: /(?:[ \t\r]+|#[^\n]*)+/y,
  lines: /(?:[ \t\r\n;]+|#[^\n]*)+/y,
  list: /(?:[ \t\r\n]+|#[^\n]*)+/y,
} as const

export function parseXlSettings(text: string): XlSettings {
  return new Reader(text).settings()
}

class Reader {
  #at = 0
  #line = 1
  #values = 0

  constructor(private readonly text: string) {}

  settings(): XlSettings {
    const settings = new Map<string, XlValue>()
    for (;;) {
      this.#skip('lines')
      if (this.#at >= this.text.length) return settings
      const name = this.#take(/[A-Za-z_][\w-]*/y)
      if (name === undefined) this.#refuse('A setting such as name = "web" is expected here')
      this.#skip('line')
      const operator = this.#take(/\+?=/y)
      if (operator === undefined) this.#refuse(`"=" is missing after ${name}`)
      this.#skip('line')
      const value = this.#value(0)
      const before = settings.get(name)
      settings.set(name, operator === '+=' && before !== undefined ? this.#joined(before, value) : value)
      this.#skip('line')
      if (this.#at < this.text.length && this.#take(/[\n;]/y, true) === undefined)
        this.#refuse(`Something follows the value of ${name} that does not belong there`)
    }
  }

  #joined(before: XlValue, value: XlValue): XlValue {
    if (typeof before === 'string' && typeof value === 'string') return before + value
    if (typeof before === 'object' && typeof value === 'object') return [...before, ...value]
    return this.#refuse('"+=" joins two texts or two lists')
  }

  #value(depth: number): XlValue {
    this.#values += 1
    if (this.#values > maxValues) this.#refuse('There are too many values')
    const sign = this.text[this.#at]
    if (sign === '"' || sign === "'") return this.#string(sign)
    if (sign === '[') return this.#list(depth + 1)
    const number = this.#take(/-?(0[xX][0-9a-fA-F]+|[0-9]+)(?![\w.])/y)
    if (number === undefined) return this.#refuse('A number, a text in quotes or a list is expected here')
    const value = numberOf(number)
    if (!Number.isSafeInteger(value)) this.#refuse(`${number} is too large`)
    return value
  }

  #list(depth: number): readonly XlValue[] {
    if (depth > maxDepth) this.#refuse('Lists are nested too deeply')
    const values: XlValue[] = []
    this.#at += 1
    for (;;) {
      this.#skip('list')
      if (this.#take(/\]/y) !== undefined) return values
      values.push(this.#value(depth))
      this.#skip('list')
      if (this.#take(/,/y) !== undefined) continue
      if (this.#take(/\]/y) !== undefined) return values
      this.#refuse('"," or "]" is missing in the list')
    }
  }

  #string(quote: string): string {
    let value = ''
    for (this.#at += 1; ; this.#at += 1) {
      const sign = this.text[this.#at]
      if (sign === undefined || sign === '\n') return this.#refuse(`The text is not closed by ${quote}`)
      if (sign === quote) break
      if (sign !== '\\') {
        value += sign
        continue
      }
      const escaped = /\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[^\n])/y
      const [, what] = this.#match(escaped) ?? []
      if (what === undefined) return this.#refuse('A text ends within its line')
      value += unescaped(what)
      this.#at += what.length
    }
    this.#at += 1
    return value
  }

  /** White space and comments. `lines`: between settings, where ";" separates as well; `list`: within brackets. */
  #skip(where: 'line' | 'lines' | 'list'): void {
    this.#take(spaces[where], true)
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    return pattern.exec(this.text)
  }

  #take(pattern: RegExp, countsLines = false): string | undefined {
    const found = this.#match(pattern)?.[0]
    if (found === undefined) return undefined
    this.#at += found.length
    if (countsLines) this.#line += found.split('\n').length - 1
    return found
  }

  #refuse(message: string): never {
    throw badFile(message, this.#line)
  }
}

/** As C reads it: 0x is hexadecimal, a leading 0 octal. */
function numberOf(text: string): number {
  const digits = text.replace('-', '')
  const size = /^0[xX]/.test(digits)
    ? Number(digits)
    : /^0[0-7]+$/.test(digits)
      ? Number.parseInt(digits, 8)
      : Number(digits)
  return text.startsWith('-') ? -size : size
}

const letters: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

function unescaped(what: string): string {
  if (/^x[0-9a-fA-F]{2}$/.test(what)) return String.fromCodePoint(Number.parseInt(what.slice(1), 16))
  if (/^[0-7]+$/.test(what)) return String.fromCodePoint(Number.parseInt(what, 8))
  return letters[what] ?? what
}
