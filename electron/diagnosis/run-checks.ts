import { AppError, errorData } from '../../shared/errors'
import type { DiagnosisStep, StepFinding } from '../../shared/model/diagnosis'
import { abortable } from '../link/abort'
import { failed, type Check, type Verdict } from './check'

interface RunOptions {
  readonly signal: AbortSignal
  readonly now: () => number
  onSteps(steps: readonly DiagnosisStep[]): void
}

const defaultLimitMs = 10_000
/** What a host says may be endless; a step is for people. */
const maxText = 4000
const maxFacts = 40

/** Runs the checks in their order and tells the whole list after each change. Never rejects. */
export async function runChecks(checks: readonly Check[], options: RunOptions): Promise<void> {
  const steps: DiagnosisStep[] = checks.map(({ id, title }) => ({ id, title, state: 'waiting' }))
  const put = (index: number, step: DiagnosisStep): void => {
    steps[index] = step
    options.onSteps([...steps])
  }
  options.onSteps([...steps])
  /** Steps that others cannot do without, and did not get, with the title of the one it began with. */
  const blocking = new Map<string, string>()
  for (const [index, check] of checks.entries()) {
    const { id, title } = check
    if (options.signal.aborted) {
      put(index, { id, title, state: 'skipped', found: 'The diagnosis was cancelled' })
      continue
    }
    const missing = check.needs.find((need) => blocking.has(need))
    if (missing !== undefined) {
      const root = blocking.get(missing) ?? ''
      blocking.set(id, root)
      put(index, { id, title, state: 'skipped', found: `Not looked at, because of "${root}"` })
      continue
    }
    put(index, { id, title, state: 'running' })
    const startedMs = options.now()
    const { state, blocks = state === 'failed', ...finding } = await runCheck(check, options.signal)
    if (blocks) blocking.set(id, title)
    put(index, { id, title, state, durationMs: options.now() - startedMs, ...bounded(finding) })
  }
}

async function runCheck(check: Check, signal: AbortSignal): Promise<Verdict> {
  const limitMs = check.limitMs ?? defaultLimitMs
  const abort = new AbortController()
  const follow = (): void => abort.abort(new AppError('cancelled', 'The diagnosis was cancelled'))
  signal.addEventListener('abort', follow, { once: true })
  const timer = setTimeout(() => abort.abort(tooSlow(limitMs)), limitMs)
  try {
    return await abortable(Promise.resolve(check.run(abort.signal)), abort.signal)
  } catch (error) {
    return fromError(error)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', follow)
  }
}

function tooSlow(limitMs: number): AppError {
  return new AppError('timed-out', `No answer within ${Math.round(limitMs / 1000)} s`, {
    cure: 'Check that the host is not overloaded and that no firewall swallows what is sent',
  })
}

/** Any error of the layers below as a verdict: they name cause and cure already. */
export function fromError(error: unknown, more: Omit<StepFinding, 'found'> = {}): Verdict {
  const { kind, message, cure, detail } = errorData(error)
  if (kind === 'cancelled') return { state: 'skipped', found: message, blocks: true }
  return failed(message, {
    ...(cure === undefined ? {} : { cure }),
    ...(detail === undefined ? {} : { detail }),
    ...more,
  })
}

type Finding = Omit<Verdict, 'state' | 'blocks'>

function bounded(finding: Finding): Finding {
  const { detail, facts } = finding
  return {
    ...finding,
    found: finding.found.slice(0, maxText),
    ...(detail === undefined ? {} : { detail: detail.slice(0, maxText) }),
    ...(facts === undefined ? {} : { facts: facts.slice(0, maxFacts).map((fact) => fact.slice(0, maxText)) }),
  }
}
