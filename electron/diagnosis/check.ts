import type { StepFinding } from '../../shared/model/diagnosis'

/** What a check found out. */
export interface Verdict extends StepFinding {
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped'
  readonly found: string
  /** Whether checks that need this one are skipped; what failed does, what does not apply here does not. */
  readonly blocks?: boolean
}

/** One step of a diagnosis. Checks only look: nothing on this computer or the host is changed by them. */
export interface Check {
  readonly id: string
  readonly title: string
  /** Checks without whose success this one would say nothing. */
  readonly needs: readonly string[]
  /** After that the step has failed; 10 s unless told. */
  readonly limitMs?: number
  run(signal: AbortSignal): Promise<Verdict> | Verdict
}

type More = Omit<StepFinding, 'found'>

export const ok = (found: string, more: More = {}): Verdict => ({ state: 'ok', found, ...more })
export const warning = (found: string, more: More = {}): Verdict => ({ state: 'warning', found, ...more })
export const failed = (found: string, more: More = {}): Verdict => ({ state: 'failed', found, ...more })
export const skipped = (found: string, more: More = {}): Verdict => ({ state: 'skipped', found, ...more })
