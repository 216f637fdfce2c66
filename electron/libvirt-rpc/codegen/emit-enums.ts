/** Emits libvirt's public enumerations and the constants of the message layer. */
import type { ProtocolFacts } from './facts'

export function emitEnums(facts: ProtocolFacts): string {
  const lines: string[] = []
  for (const [name, values] of Object.entries(facts.apiEnums)) {
    // Sentinels ("_LAST") count what one version knew; nobody may branch on them.
    const entries = Object.entries(values).filter(([label]) => !label.endsWith('_LAST'))
    if (entries.length === 0) continue
    entries.sort(([a, { v: x }], [b, { v: y }]) => x - y || (a < b ? -1 : 1))
    lines.push(`export const ${name} = {`)
    for (const [label, { v, since }] of entries) {
      lines.push(`  ${label}: ${v},${since === undefined ? '' : ` // ${since}`}`)
    }
    lines.push('} as const', '')
  }
  return lines.join('\n').trimEnd()
}

export function emitMessage(facts: ProtocolFacts): string {
  const { message, programs, features } = facts
  const lines = ['/** Program numbers and their protocol versions. */', 'export const programs = {']
  for (const [name, { program, version }] of Object.entries(programs)) {
    lines.push(`  ${name}: { number: ${program}, version: ${version} },`)
  }
  lines.push(
    '} as const',
    '',
    '/** The two messages of the keepalive program. */',
    'export const keepalive = {',
  )
  for (const { name, num } of programs.keepalive.procedures) lines.push(`  ${name}: ${num},`)
  lines.push('} as const', '')
  lines.push(...numbers('messageType', 'What a packet is.', message.types))
  lines.push(...numbers('messageStatus', 'How it went, or (for streams) goes on.', message.status))
  lines.push(...numbers('messageLimits', 'Sizes in bytes, and counts.', message.consts))
  lines.push(...numbers('features', 'Numbers for CONNECT_SUPPORTS_FEATURE.', features))
  return lines.join('\n').trimEnd()
}

function numbers(name: string, comment: string, values: Record<string, number>): string[] {
  const entries = Object.entries(values).map(([label, value]) => `  ${label}: ${value},`)
  return [`/** ${comment} */`, `export const ${name} = {`, ...entries, '} as const', '']
}
