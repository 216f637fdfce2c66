/** What happened to a VM, for the time axis of its charts. */
import { isActive, type VmState } from './vm'

export const vmEventKinds = ['started', 'stopped', 'crashed', 'paused', 'resumed'] as const
export type VmEventKind = (typeof vmEventKinds)[number]

export interface VmEvent {
  readonly atMs: number
  readonly kind: VmEventKind
}

/** Undefined for a change that is none to somebody who looks at a chart. */
export function eventBetween(before: VmState, now: VmState): VmEventKind | undefined {
  if (before === now || before === 'unknown' || now === 'unknown') return undefined
  if (now === 'crashed') return 'crashed'
  if (isActive(before) !== isActive(now)) return isActive(now) ? 'started' : 'stopped'
  if (now === 'paused' || now === 'suspended') return 'paused'
  return before === 'paused' || before === 'suspended' ? 'resumed' : undefined
}
