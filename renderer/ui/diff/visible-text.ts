/**
 * Characters that a reader cannot see although they make a difference: control characters, and those that turn the
 * direction of what follows (a way to make text read unlike what it says).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
// oxlint-disable-next-line no-control-regex
const unseen = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** The text with a readable mark in place of every character that would not be seen. */
export function visibleText(text: string): string {
  return text.replace(unseen, (sign) =>
    sign === '\r' ? '␍' : `⟨U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}
