/**
 * What the editor takes for the end of a line, so that the text comes out again byte by byte. Left to itself it would
 * take every kind and give back line feeds: a document with Windows' line ends would differ in every line. Where kinds
 * are mixed only the line feed ends a line, and other signs stay in it.
 */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  if (!text.includes('\r')) return '\n'
  return /\r(?!\n)|(?<!\r)\n/.test(text) ? '\n' : '\r\n'
}
