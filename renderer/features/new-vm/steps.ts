import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import type { SourceKind } from '../../../shared/model/new-vm/wishes'

export const stepIds = ['source', 'cloud', 'system', 'size', 'storage', 'network', 'summary'] as const
export type StepId = (typeof stepIds)[number]

export const stepLabel: Record<StepId, string> = {
  source: 'Source',
  cloud: 'First start',
  system: 'System',
  size: 'Size',
  storage: 'Storage',
  network: 'Network',
  summary: 'Summary',
}

/** A container has no machine and no disks, and only what was installed before asks who it shall be. */
export function stepsOf(source: SourceKind): readonly StepId[] {
  if (source === 'container') return ['source', 'size', 'network', 'summary']
  return stepIds.filter((id) => id !== 'cloud' || source === 'cloud')
}

/** Where what a problem is about can be changed. The name stands above all steps. */
export function stepOf({ field }: PlanProblem, source: SourceKind): StepId {
  const [first = '', second] = (field ?? '').split('.')
  switch (first) {
    case 'source':
      return second === 'init' ? 'cloud' : 'source'
    case 'guest':
      return source === 'container' ? 'source' : 'system'
    case 'osId':
    case 'firmware':
    case 'hasTpm':
    case 'graphics':
      return 'system'
    case 'vcpuCount':
    case 'memoryBytes':
      return 'size'
    case 'disks':
      return source === 'import' && (second === undefined || second === '0') ? 'source' : 'storage'
    case 'nics':
      return 'network'
    default:
      return 'summary'
  }
}

/** What is said below a field: what is wrong, and what to do. */
export function errorAt(problems: readonly PlanProblem[], ...fields: readonly string[]): string | undefined {
  const found = problems.find(
    ({ level, field }) => level === 'error' && field !== undefined && fields.includes(field),
  )
  return found && problemText(found)
}

export function problemText({ message, cure }: Pick<PlanProblem, 'message' | 'cure'>): string {
  return cure === undefined ? message : `${message}. ${cure}`
}
