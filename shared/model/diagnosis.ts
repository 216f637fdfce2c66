import type { RecipeId } from '../recipes/recipe'
import type { HostId } from './ids'

/** The ordered checks of one host: which step of connecting fails, why, and what to do about it. */
export type StepState = 'waiting' | 'running' | 'ok' | 'warning' | 'failed' | 'skipped'

export interface SuggestedCommand {
  /** Where to run it: on this computer, or on the host. */
  readonly where: 'here' | 'host'
  /** Every word in it that comes from a host or a setting is quoted for a shell. */
  readonly text: string
}

export interface StepFinding {
  /** What was found, one sentence; for a skipped step why it was. */
  readonly found?: string
  /** Further facts, one a line. */
  readonly facts?: readonly string[]
  readonly cause?: string
  readonly cure?: string
  readonly commands?: readonly SuggestedCommand[]
  /** The host's or library's own words. */
  readonly detail?: string
  /** How to set it up. */
  readonly recipe?: RecipeId
}

export interface DiagnosisStep extends StepFinding {
  readonly id: string
  readonly title: string
  readonly state: StepState
  readonly durationMs?: number
}

export interface Diagnosis {
  readonly host: HostId
  readonly uri: string
  readonly startedAtMs: number
  readonly endedAtMs?: number
  readonly state: 'running' | 'ended' | 'cancelled'
  readonly steps: readonly DiagnosisStep[]
}

/** The step that explains why it does not work: the first that failed. */
export function failedStep(diagnosis: Diagnosis): DiagnosisStep | undefined {
  return diagnosis.steps.find(({ state }) => state === 'failed')
}

export const stepStateText: Record<StepState, string> = {
  waiting: 'Waiting',
  running: 'Running',
  ok: 'OK',
  warning: 'Note',
  failed: 'Failed',
  skipped: 'Skipped',
}

const placeText = { here: 'this computer', host: 'the host' }

/** Everything as text, to be sent to whoever helps. Steps hold no secrets, so neither does this. */
export function diagnosisReport(diagnosis: Diagnosis, label: string): string {
  const lines = [
    `Diagnosis of ${label}`,
    `URI: ${diagnosis.uri}`,
    `Begun: ${new Date(diagnosis.startedAtMs).toISOString()}${diagnosis.state === 'cancelled' ? ', cancelled' : ''}`,
    '',
  ]
  for (const step of diagnosis.steps) {
    lines.push(
      `[${stepStateText[step.state]}] ${step.title}${step.found === undefined ? '' : `: ${step.found}`}`,
    )
    for (const fact of step.facts ?? []) lines.push(`    ${fact}`)
    if (step.cause !== undefined) lines.push(`    Cause: ${step.cause}`)
    if (step.cure !== undefined) lines.push(`    Cure: ${step.cure}`)
    for (const { where, text } of step.commands ?? []) {
      lines.push(`    On ${placeText[where]}:`)
      lines.push(...text.split('\n').map((line) => `      ${line}`))
    }
    if (step.detail !== undefined) lines.push(...step.detail.split('\n').map((line) => `    | ${line}`))
  }
  return `${lines.join('\n')}\n`
}
