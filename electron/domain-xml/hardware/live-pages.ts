/** Settings of the whole VM that the hypervisor can change under a running guest, each by a call of its own. */
import { shellWord } from '../../../shared/shell-word'
import type { Applied } from './change'
import { limitCommand, type LimitStep } from './live-limits'

export type PageStep =
  | { readonly kind: 'vcpus'; readonly count: number }
  | { readonly kind: 'memory'; readonly sizeBytes: number }
  | { readonly kind: 'title' | 'description'; readonly text: string }
  | LimitStep

export function pageSteps({ ref, change }: Extract<Applied, { kind: 'page' }>): PageStep[] {
  if (change.kind !== 'set' || ref.kind !== 'general') return []
  return (['title', 'description'] as const).flatMap((field) => {
    const value = change.values[field]
    if (typeof value === 'string') return [{ kind: field, text: value }]
    return change.unset?.includes(field) ? [{ kind: field, text: '' }] : []
  })
}

export function pageStepCommand(step: PageStep, name: string): string {
  switch (step.kind) {
    case 'vcpus':
      return `setvcpus ${name} ${step.count} --live`
    case 'memory':
      return `setmem ${name} ${Math.floor(step.sizeBytes / 1024)}KiB --live`
    case 'disk-limits':
      return limitCommand(step, name)
    case 'title':
    case 'description':
      return `desc ${name} ${step.kind === 'title' ? '--title ' : ''}--live --new-desc ${shellWord(step.text)}`
  }
}
