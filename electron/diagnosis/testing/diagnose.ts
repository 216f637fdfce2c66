import type { DiagnosisStep } from '../../../shared/model/diagnosis'
import type { Prompt, PromptAnswer } from '../../../shared/model/prompt'
import type { ConnectRequest } from '../../backends/backend'
import { planChecks } from '../plan'
import { runChecks } from '../run-checks'

export interface Diagnosed {
  readonly steps: readonly DiagnosisStep[]
  readonly asked: readonly Prompt[]
  /** States by id: "uri:ok name:ok port:failed …". */
  readonly states: string
  step(id: string): DiagnosisStep
  /** The first that failed. */
  readonly failed: DiagnosisStep | undefined
}

type More = Partial<Pick<ConnectRequest, 'keyFile' | 'sshEngine' | 'readOnly'>> & {
  answer?(prompt: Prompt): PromptAnswer | Promise<PromptAnswer>
}

/** Runs the checks of a URI to their end. */
export async function diagnose(uri: string, { answer, ...more }: More = {}): Promise<Diagnosed> {
  const asked: Prompt[] = []
  let steps: readonly DiagnosisStep[] = []
  const { signal } = new AbortController()
  const plan = planChecks({
    uri,
    ...more,
    signal,
    onStage: () => undefined,
    log: () => undefined,
    ask: async (prompt) => {
      asked.push(prompt)
      return (await answer?.(prompt)) ?? null
    },
  })
  await runChecks(plan.checks, { signal, now: Date.now, onSteps: (next) => (steps = next) })
  await plan.close()
  return {
    steps,
    asked,
    states: steps.map(({ id, state }) => `${id}:${state}`).join(' '),
    step: (id) => {
      const found = steps.find((step) => step.id === id)
      if (!found) throw new Error(`There is no step ${id}`)
      return found
    },
    failed: steps.find(({ state }) => state === 'failed'),
  }
}
