/** The same as a change of a network, by hand. */
import type { LiveStep } from './live-steps'

const verbs = { add: 'add-last', modify: 'modify', delete: 'delete' } as const

/** As words of virsh, unquoted. */
export function updateWords(network: string, step: LiveStep): string[] {
  const parent = step.parentIndex > 0 ? ['--parent-index', String(step.parentIndex)] : []
  return ['net-update', network, verbs[step.command], step.section, step.xml, '--live', ...parent]
}
