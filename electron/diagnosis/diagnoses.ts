import { AppError } from '../../shared/errors'
import type { AppEmitters } from '../../shared/ipc/contract'
import type { Diagnosis } from '../../shared/model/diagnosis'
import type { Host } from '../../shared/model/host'
import type { HostId } from '../../shared/model/ids'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import type { Backend, ConnectRequest } from '../backends/backend'
import { planChecks, type Plan } from './plan'
import { runChecks } from './run-checks'
import { planStages } from './stage-checks'

export interface DiagnosesOptions {
  readonly backends: readonly Backend[]
  readonly emit: Pick<AppEmitters, 'hosts'>
  /** The host as it is now; undefined when it is not in the list. */
  host(id: HostId): Host | undefined
  /** Asks as connecting does: secrets given before in this session are used again. */
  ask(host: Host, prompt: Prompt, signal: AbortSignal): Promise<PromptAnswer>
  readonly now?: () => number
}

interface Run {
  diagnosis: Diagnosis
  readonly abort: AbortController
}

/** The last diagnosis of each host, one at a time per host. The connection of the host itself is left alone. */
export class Diagnoses {
  readonly #options: DiagnosesOptions
  readonly #now: () => number
  readonly #runs = new Map<HostId, Run>()

  constructor(options: DiagnosesOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** Begins; how it goes is told by `diagnosisChanged`. One that runs already is left to run. */
  start(id: HostId): void {
    const host = this.#options.host(id)
    if (!host) throw new AppError('not-found', 'This host is no longer in the list')
    if (this.#runs.get(id)?.diagnosis.state === 'running') return
    const run: Run = {
      diagnosis: { host: id, uri: host.uri, startedAtMs: this.#now(), state: 'running', steps: [] },
      abort: new AbortController(),
    }
    this.#runs.set(id, run)
    void this.#run(host, run)
  }

  get(id: HostId): Diagnosis | undefined {
    return this.#runs.get(id)?.diagnosis
  }

  cancel(id: HostId): void {
    this.#runs.get(id)?.abort.abort()
  }

  /** The host is removed. */
  forget(id: HostId): void {
    this.cancel(id)
    this.#runs.delete(id)
  }

  async #run(host: Host, run: Run): Promise<void> {
    const { signal } = run.abort
    const plan = this.#plan(host, {
      uri: host.uri,
      ...(host.keyFile === undefined ? {} : { keyFile: host.keyFile }),
      sshEngine: host.sshEngine,
      readOnly: host.readOnly,
      signal,
      ask: (prompt) => this.#options.ask(host, prompt, signal),
      onStage: () => undefined,
      log: () => undefined,
    })
    try {
      await runChecks(plan.checks, {
        signal,
        now: this.#now,
        onSteps: (steps) => this.#put(run, { ...run.diagnosis, steps }),
      })
    } finally {
      const state = signal.aborted ? 'cancelled' : 'ended'
      this.#put(run, { ...run.diagnosis, state, endedAtMs: this.#now() })
      await plan.close()
    }
  }

  #plan(host: Host, request: ConnectRequest): Plan {
    const backend = this.#options.backends.find((one) => one.accepts(host.uri))
    return backend === undefined || backend.name === 'libvirt'
      ? planChecks(request)
      : planStages(backend, request)
  }

  #put(run: Run, diagnosis: Diagnosis): void {
    run.diagnosis = diagnosis
    // one that was forgotten runs out in silence
    if (this.#runs.get(diagnosis.host) === run) this.#options.emit.hosts.diagnosisChanged(diagnosis)
  }
}
