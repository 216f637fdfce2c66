/** Splits XML into pieces to be coloured. It only looks; every character of the input comes out again, in order. */
export interface XmlToken {
  readonly kind: 'tag' | 'name' | 'value' | 'comment' | 'text'
  readonly text: string
}

const pieces = /<!--[\s\S]*?-->|<[/?!]?[\w:.-]*|[/?]?>|[\w:.-]+(?==["'])|"[^"]*"|'[^']*'/g

export function xmlTokens(xml: string): XmlToken[] {
  const tokens: XmlToken[] = []
  let end = 0
  let isInTag = false
  const push = (kind: XmlToken['kind'], text: string): void => {
    if (text !== '') tokens.push({ kind, text })
  }
  for (const match of xml.matchAll(pieces)) {
    const [text] = match
    const isTagMark = text.startsWith('<') || text.endsWith('>')
    // Quotes and words between tags are the user's text.
    if (!isTagMark && !isInTag) continue
    push('text', xml.slice(end, match.index))
    end = match.index + text.length
    if (text.startsWith('<!--')) push('comment', text)
    else if (isTagMark) {
      isInTag = text.startsWith('<')
      push('tag', text)
    } else push(text.startsWith('"') || text.startsWith("'") ? 'value' : 'name', text)
  }
  push('text', xml.slice(end))
  return tokens
}
