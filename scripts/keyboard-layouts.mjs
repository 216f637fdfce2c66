// @ts-check
// Makes the table of keyboard layouts, with which text is typed into guests, of the facts of xkeyboard-config:
//   node scripts/keyboard-layouts.mjs /usr/share/X11/xkb/symbols /usr/include/X11/keysymdef.h
// The second file tells which character a symbol's name stands for. The result is committed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './processes.mjs'

const target = join(root, 'renderer', 'features', 'console', 'typing', 'keyboard-layouts.json')

/** Id, name, and the section of xkb that it is. @type {readonly (readonly [string, string, string])[]} */
const wanted = [
  ['us', 'English (US)', 'us(basic)'],
  ['us-intl', 'English (US, international)', 'us(intl)'],
  ['gb', 'English (UK)', 'gb(basic)'],
  ['de', 'German', 'de(basic)'],
  ['de-nodeadkeys', 'German (no dead keys)', 'de(nodeadkeys)'],
  ['ch', 'German (Switzerland)', 'ch(basic)'],
  ['fr', 'French', 'fr(basic)'],
  ['be', 'Belgian', 'be(basic)'],
  ['es', 'Spanish', 'es(basic)'],
  ['it', 'Italian', 'it(basic)'],
  ['pt', 'Portuguese', 'pt(basic)'],
  ['br', 'Portuguese (Brazil)', 'br(abnt2)'],
  ['dk', 'Danish', 'dk(basic)'],
  ['no', 'Norwegian', 'no(basic)'],
  ['se', 'Swedish', 'se(basic)'],
  ['fi', 'Finnish', 'fi(kotoistus)'],
  ['pl', 'Polish', 'pl(basic)'],
]

/** xkb names keys by row and column, browsers by what is on them in the USA. @type {Record<string, string>} */
const codes = {
  TLDE: 'Backquote',
  LSGT: 'IntlBackslash',
  BKSL: 'Backslash',
  AC12: 'Backslash',
  AB11: 'IntlRo',
}
/** @type {readonly (readonly [string, readonly string[]])[]} */
const rows = [
  [
    'AE',
    '1234567890'
      .split('')
      .map((digit) => `Digit${digit}`)
      .concat('Minus', 'Equal'),
  ],
  [
    'AD',
    'QWERTYUIOP'
      .split('')
      .map((letter) => `Key${letter}`)
      .concat('BracketLeft', 'BracketRight'),
  ],
  [
    'AC',
    'ASDFGHJKL'
      .split('')
      .map((letter) => `Key${letter}`)
      .concat('Semicolon', 'Quote'),
  ],
  [
    'AB',
    'ZXCVBNM'
      .split('')
      .map((letter) => `Key${letter}`)
      .concat('Comma', 'Period', 'Slash'),
  ],
]
for (const [row, names] of rows)
  names.forEach((code, index) => {
    codes[`${row}${String(index + 1).padStart(2, '0')}`] = code
  })

/** A dead key is told as the combining character of its accent. @type {Record<string, string>} */
const accents = {
  dead_grave: '\u0300',
  dead_acute: '\u0301',
  dead_circumflex: '\u0302',
  dead_tilde: '\u0303',
  dead_diaeresis: '\u0308',
  dead_abovering: '\u030a',
  dead_caron: '\u030c',
  dead_cedilla: '\u0327',
}

/**
 * Each key with what it gives plain, with Shift and with AltGr. The fourth level is left out: systems differ there.
 * @param {string} folder
 * @param {string} keysyms
 */
export function readLayouts(folder, keysyms) {
  const characters = readCharacters(keysyms)
  return wanted.map(([id, name, section]) => {
    /** @type {Map<string, string[]>} */
    const keys = new Map()
    collect(folder, section, keys, characters)
    // where a layout does not say what is on the key beside the left Shift, it is what a European keyboard has there
    if (![...keys.values()].some((levels) => levels.includes('<'))) keys.set('IntlBackslash', ['<', '>', '|'])
    const table = [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1))
    return { id, name, keys: Object.fromEntries(table.map(([code, levels]) => [code, trimmed(levels)])) }
  })
}

/** @param {string} file */
function readCharacters(file) {
  /** @type {Map<string, string>} */
  const characters = new Map()
  for (const [, name = '', hex = ''] of readFileSync(file, 'utf8').matchAll(
    /^#define XK_(\w+)\s+0x[\da-f]+\s*\/\*.?U\+([\dA-F]{4,5})/gm,
  ))
    characters.set(name, String.fromCodePoint(Number.parseInt(hex, 16)))
  return characters
}

/**
 * What a section says, in its order, as a later line replaces an earlier one.
 * @param {string} folder @param {string} section @param {Map<string, string[]>} keys
 * @param {Map<string, string>} characters
 */
function collect(folder, section, keys, characters) {
  const [, file = '', name] = /^(\w+)(?:\((\w+)\))?$/.exec(section) ?? []
  const text = readFileSync(join(folder, file), 'utf8').replace(/\/\/.*$/gm, '')
  const begin = name === undefined ? 'default[^{]*?xkb_symbols\\s*"\\w+"' : `xkb_symbols\\s*"${name}"`
  const body = new RegExp(`${begin}\\s*\\{([^]*?)\\n\\s*\\};`).exec(text)?.[1]
  if (body === undefined) throw new Error(`${folder} has no ${section}`)
  for (const [line, included, key = '', symbols = ''] of body.matchAll(
    /include\s+"([^"]+)"|key\s*<(\w+)>\s*\{[^[]*?(?:type[^,]*,\s*)?(?:symbols\[Group1\]\s*=\s*)?\[([^\]]*)\]/g,
  )) {
    if (included !== undefined) {
      // what they do to keys that type nothing does not matter here
      if (!/^(level3|kpdl|nbsp|eurosign)/.test(included)) collect(folder, included, keys, characters)
      continue
    }
    const code = codes[key]
    if (code === undefined) continue
    const levels = symbols.split(',').map((symbol) => characterOf(symbol.trim(), characters))
    if (levels.length === 0) throw new Error(`Nothing in ${line}`)
    const before = keys.get(code) ?? []
    keys.set(
      code,
      [0, 1, 2].map((level) => levels[level] ?? before[level] ?? ''),
    )
  }
}

/** @param {string} symbol @param {Map<string, string>} characters */
function characterOf(symbol, characters) {
  if (accents[symbol] !== undefined) return accents[symbol]
  if (/^[\da-zA-Z]$/.test(symbol)) return symbol
  const [, hex] = /^(?:U|0x100)([\dA-Fa-f]{4,5})$/.exec(symbol) ?? []
  if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
  return characters.get(symbol) ?? ''
}

/** AltGr that gives what the key gives anyway says nothing. @param {readonly string[]} levels */
function trimmed([plain = '', shifted = '', third = '']) {
  return third === '' || third === plain ? [plain, shifted] : [plain, shifted, third]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder, keysyms] = process.argv.slice(2)
  if (folder === undefined || keysyms === undefined)
    throw new Error('Give the folder of symbols and keysymdef.h')
  const layouts = readLayouts(folder, keysyms).map(
    ({ id, name, keys }) =>
      `  { "id": ${JSON.stringify(id)}, "name": ${JSON.stringify(name)}, "keys": {\n${Object.entries(keys)
        .map(([code, levels]) => `    ${JSON.stringify(code)}: ${escaped(JSON.stringify(levels))}`)
        .join(',\n')}\n  } }`,
  )
  writeFileSync(target, `[\n${layouts.join(',\n')}\n]\n`)
}

/** Combining characters would sit on their neighbours. @param {string} json */
function escaped(json) {
  return json.replace(
    /[\u0300-\u036f]/g,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}
