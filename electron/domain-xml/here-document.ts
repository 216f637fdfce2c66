/** Commands that read a text as a file, as they are typed into a shell. */

/** `virsh` is the beginning of the line: "virsh -c qemu:///system net-define". */
export function hereDocument(virsh: string, xml: string): string {
  const mark = freeMark([xml], [])
  return `${virsh} /dev/stdin <<'${mark}'\n${xml.trimEnd()}\n${mark}`
}

/** The same with several, of which each is a file of its own, in this order. */
export function hereDocuments(virsh: string, documents: readonly string[]): string {
  const marks: string[] = []
  for (const _ of documents) marks.push(freeMark(documents, marks))
  // 0 to 2 are taken
  const files = documents.map((_, at) => `/dev/fd/${at + 3}`)
  const redirected = marks.map((mark, at) => `${at + 3}<<'${mark}'`)
  const texts = documents.map((text, at) => `${text.trimEnd()}\n${marks[at]}`)
  return `${[virsh, ...files, ...redirected].join(' ')}\n${texts.join('\n')}`
}

/** One that is no line of these texts. */
function freeMark(texts: readonly string[], taken: readonly string[]): string {
  const lines = new Set(texts.flatMap((text) => text.split('\n')))
  let mark = 'EOF'
  while (lines.has(mark) || taken.includes(mark)) mark += '_'
  return mark
}
