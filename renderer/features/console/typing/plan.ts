import type { KeyboardLayout, Stroke } from './layout'

/** What typing a text comes to in one layout. */
export interface TypingPlan {
  /** For each character, its keys. */
  readonly characters: readonly (readonly Stroke[])[]
  /** What the layout cannot make, each once, in the order of the text. Such characters are left out. */
  readonly missing: readonly string[]
}

export function planTyping(text: string, layout: KeyboardLayout): TypingPlan {
  const characters: (readonly Stroke[])[] = []
  const missing = new Set<string>()
  // one way to write each: line ends of Windows, letters whose accent is a character of its own
  for (const character of text.replace(/\r\n?/g, '\n').normalize('NFC')) {
    const strokes = layout.strokesFor(character)
    if (strokes) characters.push(strokes)
    else missing.add(character)
  }
  return { characters, missing: [...missing] }
}

/** As it can be shown: a control character has no picture of its own. */
export function nameOfCharacter(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const number = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  return /^[\p{C}\p{Z}\p{M}]$/u.test(character) ? number : `${character} (${number})`
}
