import type { ConnectStage } from '../../../shared/model/host'
import type { VmId } from '../../../shared/model/ids'
import type { Prompt, PromptAnswer } from '../../../shared/model/prompt'
import type { ActionContext, ConnectRequest, HypervisorSession } from '../backend'
import type { FakeBackend } from './fake-backend'

/** A connection request whose stages and questions are remembered; answers come from the list, then cancelled. */
export class TestRequest implements ConnectRequest {
  readonly stages: ConnectStage[] = []
  readonly prompts: Prompt[] = []
  readonly lines: string[] = []
  readonly #stop = new AbortController()
  readonly #answers: PromptAnswer[]

  constructor(
    readonly uri: string,
    answers: PromptAnswer[] = [],
  ) {
    this.#answers = [...answers]
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  abort(): void {
    this.#stop.abort()
  }

  onStage = (stage: ConnectStage): void => {
    this.stages.push(stage)
  }

  log = (text: string): void => {
    this.lines.push(text)
  }

  ask = async (prompt: Prompt): Promise<PromptAnswer> => {
    this.prompts.push(prompt)
    return this.#answers.shift() ?? null
  }
}

export function connectTo(backend: FakeBackend, uri: string): Promise<HypervisorSession> {
  return backend.connect(new TestRequest(uri))
}

export async function idOf(session: HypervisorSession, name: string): Promise<VmId> {
  const vm = (await session.listVms()).find((one) => one.name === name)
  if (!vm) throw new Error(`No VM ${name}`)
  return vm.id
}

export function context(signal = new AbortController().signal): ActionContext & { progress: number[] } {
  const progress: number[] = []
  return { signal, progress, onProgress: (fraction) => progress.push(fraction) }
}
