import { onlyIn, type CommandPart, type VmCommand } from '../../../shared/model/vm-command'

export type Shown = 'running' | 'next' | 'differences'

export interface CommandRow extends CommandPart {
  /** Of a running VM: only now, or only from the next start on. */
  readonly only?: 'running' | 'next'
}

/** The command's parts, each with whether the other command lacks it. */
export function rowsOf(
  shown: Shown,
  running: VmCommand | undefined,
  next: VmCommand | undefined,
): CommandRow[] {
  const now = running ? marked(running, next, 'running') : []
  const later = next ? marked(next, running, 'next') : []
  if (shown === 'running') return now
  if (shown === 'next') return later
  return [...now, ...later].filter(({ only }) => only !== undefined)
}

/** What belongs to one start says nothing of what the VM is. */
function marked(command: VmCommand, other: VmCommand | undefined, only: 'running' | 'next'): CommandRow[] {
  const alone = other ? onlyIn(command, other) : new Set<CommandPart>()
  return command.parts.map((part) => (alone.has(part) && part.from !== ofOneStart ? { ...part, only } : part))
}

const ofOneStart = 'This start'

/** Rows in which every word is found: in the options, the reason, or what they come from. */
export function found(rows: readonly CommandRow[], filter: string): CommandRow[] {
  const wanted = filter.trim().toLowerCase().split(/\s+/)
  return rows.filter(({ words, from, why }) => {
    const text = `${words.join(' ')} ${from} ${why}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
