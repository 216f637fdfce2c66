import { errorData } from '../../shared/errors'
import { connectStages, connectStageText, type ConnectStage } from '../../shared/model/host'
import type { Backend, ConnectRequest, HypervisorSession } from '../backends/backend'
import { failed, ok, type Check, type Verdict } from './check'
import type { Plan } from './plan'

/**
 * For hosts of which nothing finer can be asked, such as the demo hosts: one trial connection, whose stages are the
 * steps. The trial begins with the first step and each step waits for its stage.
 */
export function planStages(backend: Backend, request: ConnectRequest): Plan {
  let trial: Trial | undefined
  const checks = connectStages.map((stage, index): Check => {
    const before = connectStages[index - 1]
    return {
      id: stage,
      title: connectStageText[stage],
      needs: before === undefined ? [] : [before],
      limitMs: 300_000,
      async run() {
        trial ??= new Trial(backend, request)
        return trial.passed(stage)
      },
    }
  })
  return { checks, close: async () => trial?.close() }
}

class Trial {
  #stage: ConnectStage = 'reaching'
  readonly #session: Promise<HypervisorSession>
  #wake: (() => void)[] = []

  constructor(backend: Backend, request: ConnectRequest) {
    this.#session = backend.connect({
      ...request,
      onStage: (stage) => {
        this.#stage = stage
        this.#tell()
      },
    })
    this.#session.then(
      () => this.#tell(),
      () => this.#tell(),
    )
  }

  /** Ends when the trial is beyond the stage, or has failed in it. */
  async passed(stage: ConnectStage): Promise<Verdict> {
    for (;;) {
      if (connectStages.indexOf(this.#stage) > connectStages.indexOf(stage)) return ok('Passed')
      const moved = new Promise<undefined>((resolve) => this.#wake.push(() => resolve(undefined)))
      try {
        const session = await Promise.race([this.#session, moved])
        if (!session) continue
        const { hypervisor, hypervisorVersion = '' } = session.info
        return ok(stage === 'listing' ? `${hypervisor} ${hypervisorVersion}`.trim() : 'Passed')
      } catch (error) {
        const { kind, message, cure, detail } = errorData(error)
        if (kind === 'cancelled') return { state: 'skipped', found: message, blocks: true }
        return failed(message, {
          ...(cure === undefined ? {} : { cure }),
          ...(detail === undefined ? {} : { detail }),
        })
      }
    }
  }

  async close(): Promise<void> {
    await this.#session.then((session) => session.close()).catch(() => undefined)
  }

  #tell(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }
}
