import type { VmRef } from '../../../shared/model/ids'
import { threshold, type Threshold, type ThresholdFigure } from '../../../shared/model/thresholds'

/** A limit as it is being typed: a number may be a text that is none yet. */
export interface Draft {
  readonly id: string
  readonly figure: ThresholdFigure
  readonly above: number | string | undefined
  readonly forSeconds: number | string | undefined
  readonly notifies: boolean
  readonly vm: VmRef | undefined
}

export function draftOf({ id, figure, above, forSeconds, notifies, vm }: Threshold): Draft {
  return { id, figure, above, forSeconds, notifies, vm }
}

/** Undefined while something is wrong with it. */
export function thresholdOf(draft: Draft): Threshold | undefined {
  const read = threshold.safeParse(plain(draft))
  return read.success ? read.data : undefined
}

/** By field; empty when it is right. */
export function errorsOf(draft: Draft): { readonly above?: string; readonly forSeconds?: string } {
  const read = threshold.safeParse(plain(draft))
  if (read.success) return {}
  const fields = new Set(read.error.issues.map(({ path }) => path[0]))
  return {
    ...(fields.has('above') ? { above: 'Enter a number that it can reach' } : {}),
    ...(fields.has('forSeconds') ? { forSeconds: 'From 0 to 3600' } : {}),
  }
}

function plain({ vm, ...rest }: Draft): unknown {
  return vm === undefined ? rest : { ...rest, vm }
}
