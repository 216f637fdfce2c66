import { AppError } from '../../shared/errors'
import { connectStageText, type ConnectStage } from '../../shared/model/host'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import type { VmRecord } from '../../shared/model/vm'
import type { Backend, ConnectRequest, HypervisorSession, SessionEvent } from '../backends/backend'
import { Deadline } from './deadline'
import { guardSession } from './guarded-session'

export interface OpenSessionOptions extends Omit<ConnectRequest, 'ask'> {
  /** The signal takes the question back when the attempt ends first. */
  ask(prompt: Prompt, signal: AbortSignal): Promise<PromptAnswer>
  /** For each stage. */
  readonly timeoutMs: number
  readonly callTimeoutMs: number
  /** Heard from before the list is asked for, so that nothing falls between. */
  onEvent(event: SessionEvent): void
  onListing(): void
}

/**
 * One attempt to open a host and read its VMs. Whatever ends it early (the signal, the deadline, an error) leaves
 * nothing open, even if the backend answers later.
 */
export async function openSession(
  backend: Backend,
  options: OpenSessionOptions,
): Promise<{ session: HypervisorSession; vms: VmRecord[] }> {
  const abort = new AbortController()
  const follow = (): void => abort.abort(options.signal.reason)
  if (options.signal.aborted) follow()
  options.signal.addEventListener('abort', follow, { once: true })

  let stage: ConnectStage = 'reaching'
  const deadline = new Deadline(options.timeoutMs, () => abort.abort(tooSlow(stage, options.timeoutMs)))
  const onStage = (next: ConnectStage): void => {
    // over a bad line each stage takes its time, and a host that answers is not given up
    if (next !== stage) deadline.renew()
    stage = next
    options.onStage(next)
  }
  const aborted = new Promise<never>((_, reject) => {
    const fail = (): void => reject(asError(abort.signal.reason))
    if (abort.signal.aborted) fail()
    abort.signal.addEventListener('abort', fail, { once: true })
  })
  aborted.catch(() => undefined)

  let session: HypervisorSession | undefined
  try {
    const opening = backend.connect({
      uri: options.uri,
      ...(options.keyFile === undefined ? {} : { keyFile: options.keyFile }),
      ...(options.sshEngine === undefined ? {} : { sshEngine: options.sshEngine }),
      ...(options.readOnly === undefined ? {} : { readOnly: options.readOnly }),
      signal: abort.signal,
      onStage,
      log: options.log,
      ask: (prompt) => deadline.pausedDuring(options.ask(prompt, abort.signal)),
    })
    opening.then((late) => (abort.signal.aborted ? late.close() : undefined)).catch(() => undefined)
    session = guardSession(await Promise.race([opening, aborted]), options.callTimeoutMs)
    session.onEvent(options.onEvent)
    onStage('listing')
    options.onListing()
    return { session, vms: await Promise.race([session.listVms(), aborted]) }
  } catch (error) {
    // also tells a backend that failed half-way, or is still at it, to let go
    abort.abort(error)
    void session?.close()
    throw error
  } finally {
    deadline.stop()
    options.signal.removeEventListener('abort', follow)
  }
}

function tooSlow(stage: ConnectStage, timeoutMs: number): AppError {
  const doing = connectStageText[stage].toLowerCase()
  return new AppError(
    'timed-out',
    `The host did not answer within ${Math.round(timeoutMs / 1000)} s (${doing})`,
    {
      cure: 'Check the address, the network and that the host is not overloaded',
    },
  )
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new AppError('cancelled', 'The connection attempt was cancelled')
}
