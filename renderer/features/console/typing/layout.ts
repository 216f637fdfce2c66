import tables from './keyboard-layouts.json'

/** A key on the way to a character: which one, and what is held with it. */
export interface Stroke {
  /** As KeyboardEvent.code names it: where the key is, whatever is printed on it. */
  readonly code: string
  /** What a server that goes by characters is told: X11's keysym. */
  readonly keysym: number
  readonly withShift: boolean
  readonly withAltGr: boolean
}

/**
 * Keys send their place, and the guest decides by its own layout what that types. So text is typed for the layout that
 * the guest has, however the keyboard here looks. Tables are made by scripts/keyboard-layouts.mjs.
 */
export interface KeyboardLayout {
  readonly id: string
  readonly name: string
  /** Undefined: this layout has no keys for it. */
  strokesFor(character: string): readonly Stroke[] | undefined
}

interface Table {
  readonly id: string
  readonly name: string
  /** By key: plain, with Shift, with AltGr. A combining character stands for a dead key. */
  readonly keys: Readonly<Record<string, readonly string[]>>
}

export const layoutChoices: readonly { readonly id: string; readonly label: string }[] = (
  tables as readonly Table[]
).map(({ id, name }) => ({ id, label: name }))

export function layoutOf(id: string): KeyboardLayout | undefined {
  const table = (tables as readonly Table[]).find((candidate) => candidate.id === id)
  return table && fromTable(table)
}

function fromTable({ id, name, keys }: Table): KeyboardLayout {
  const strokes = new Map<string, Stroke>()
  // lower levels first: who can have a character without AltGr does not press it
  for (const level of [0, 1, 2])
    for (const [code, characters] of Object.entries(keys)) {
      const character = characters[level]
      if (!character || strokes.has(character)) continue
      strokes.set(character, {
        code,
        keysym: keysymOf(character),
        withShift: level === 1,
        withAltGr: level === 2,
      })
    }
  const plain = (code: string, keysym: number): Stroke => ({
    code,
    keysym,
    withShift: false,
    withAltGr: false,
  })
  const space = plain('Space', 0x20)
  strokes.set(' ', space)
  strokes.set('\n', plain('Enter', 0xff0d))
  strokes.set('\t', plain('Tab', 0xff09))

  const strokesFor = (character: string): readonly Stroke[] | undefined => {
    const direct = strokes.get(character)
    if (direct) return isDead(character) ? undefined : [direct]
    const accent = strokes.get(accentAlone[character] ?? '')
    if (accent) return [accent, space]
    // "é" is a dead acute and an e, where both keys are there
    const [base = '', combining = '', ...more] = character.normalize('NFD')
    const dead = strokes.get(combining)
    const letter = strokes.get(base)
    return dead && letter && more.length === 0 && isDead(combining) ? [dead, letter] : undefined
  }
  return { id, name, strokesFor }
}

/** What a dead key and the space bar give, where all systems agree. */
const accentAlone: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '"': '\u0308',
}

const isDead = (character: string): boolean => /^\p{Mn}$/u.test(character)

/** See keysymdef.h: Latin-1 is itself, dead keys have names of their own, anything else is its number and a mark. */
function keysymOf(character: string): number {
  const dead = deadKeysyms[character]
  if (dead !== undefined) return dead
  if (character === '€') return 0x20ac
  const point = character.codePointAt(0) ?? 0
  return point <= 0xff ? point : 0x0100_0000 + point
}

const deadKeysyms: Readonly<Record<string, number>> = {
  '\u0300': 0xfe50,
  '\u0301': 0xfe51,
  '\u0302': 0xfe52,
  '\u0303': 0xfe53,
  '\u0308': 0xfe57,
  '\u030a': 0xfe58,
  '\u030c': 0xfe5a,
  '\u0327': 0xfe5b,
}
