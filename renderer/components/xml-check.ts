import type { ErrorData } from '../../shared/errors'

export interface LineProblem {
  readonly line: number
  readonly message: string
}

/** Whether a text is well-formed, before a host is asked. The window's own parser loads nothing from anywhere. */
export function xmlProblem(text: string): LineProblem | undefined {
  const found = new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')
  if (!found) return undefined
  const words = found.textContent ?? ''
  // Chromium: "error on line 3 at column 8: …"; others: "3:8: …"
  const match = /line (\d+) at column \d+: ([^\n]+)/.exec(words) ?? /(\d+):\d+: ([^\n]+)/.exec(words)
  return { line: Number(match?.[1] ?? 1), message: match?.[2]?.trim() ?? 'This is not well-formed XML' }
}

/** The line that a host's error names, as libvirt and libxml2 write it: "(domain_definition):12: …", "line 12". */
export function problemLine({ message, cure, detail }: ErrorData): LineProblem | undefined {
  const text = [message, cure, detail].filter((part) => part !== undefined).join('\n')
  const match = /\):(\d+):/.exec(text) ?? /\bline (\d+)/i.exec(text)
  return match ? { line: Number(match[1]), message } : undefined
}
