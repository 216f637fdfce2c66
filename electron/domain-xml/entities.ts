/**
 * Character references of XML 1.0, decoded and written by us: the parser's own processing turns `&#10;` into
 * `&amp;#10;` when text is written back, so it stays off and documents hold raw text.
 */
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Raw XML text as people mean it. What is not a known reference stays as it is. */
export function decodeEntities(raw: string): string {
  if (!raw.includes('&')) return raw
  return raw.replace(
    /&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/g,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return isXmlCharacter(code) ? String.fromCodePoint(code) : whole
    },
  )
}

/** Text as it may stand between tags. */
export function encodeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => references[character] ?? character)
}

/** Text as it may stand between double quotes; a line break would be read back as a space. */
export function encodeAttribute(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (character) => references[character] ?? character)
}

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}

/** Char production of https://www.w3.org/TR/xml/#charsets */
function isXmlCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  )
}
