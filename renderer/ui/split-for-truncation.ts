/** What may be left out of a long text, and its end, which stays. */
export function splitForTruncation(text: string, tailLength = 28): [head: string, tail: string] {
  if (text.length <= tailLength) return ['', text]
  const cut = text.length - tailLength
  const slash = text.indexOf('/', cut)
  const at = slash === -1 || text.length - slash < 6 ? cut : slash
  return [text.slice(0, at), text.slice(at)]
}
