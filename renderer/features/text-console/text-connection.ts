import { errorData, type ErrorData, type ErrorKind } from '../../../shared/errors'
import type { ConsoleId } from '../../../shared/model/ids'
import { forcedField } from '../../../shared/model/text-console'
import { TextChannel } from './text-channel'

/** Where a text console is. */
export type TextState =
  | { readonly kind: 'resting' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'connected' }
  /** Somebody else reads it; `wasOurs`: they took it from us. */
  | { readonly kind: 'in-use'; readonly wasOurs: boolean; readonly error: ErrorData }
  /** The VM is off; it opens by itself when that starts. */
  | { readonly kind: 'off' }
  | { readonly kind: 'host-away' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'retrying'; readonly error: ErrorData }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  /** It ended as it should, and does not come back by itself (a shell that was left). */
  | { readonly kind: 'ended' }

export interface TextSurroundings {
  readonly peer: 'active' | 'off' | 'gone'
  readonly isHostConnected: boolean
  /** It was looked at once; from then on it stays open behind others. */
  readonly isWanted: boolean
}

export interface TextParts {
  open(isForced: boolean): Promise<ConsoleId>
  close(id: ConsoleId): Promise<void>
  takePort(id: ConsoleId): Promise<MessagePort>
  forgetPort(id: ConsoleId): void
  onConnected(id: ConsoleId): void
  onBytes(bytes: Uint8Array, onDrawn: () => void): void
  /** Whether it is opened again when it ends. */
  readonly comesBack: boolean
}

interface Run {
  id?: ConsoleId
  channel?: TextChannel
  connectedAtMs?: number
}

const retryDelaysMs = [300, 1000, 2000, 4000, 8000, 10_000]
/** A stream that held this long starts the delays anew. */
const stableAfterMs = 5000
/** Trying again by itself would change nothing. */
const onlyUserHelps: readonly ErrorKind[] = ['denied', 'unsupported', 'auth-failed', 'not-found']

/**
 * The life of one text console, outside React. It is opened without force; when somebody else has it, the user is asked.
 * A stream that ends while its VM runs is tried again, and where that finds somebody else, they took it over: hosts do not
 * tell the two apart.
 *
 * Each try is a Run; whatever comes back for a run that is no longer current is dropped and closed.
 */
export class TextConnection {
  readonly #parts: TextParts
  #state: TextState = { kind: 'resting' }
  #surroundings: TextSurroundings = { peer: 'off', isHostConnected: false, isWanted: false }
  readonly #listeners = new Set<() => void>()
  #run: Run | undefined
  #failures = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #isDisposed = false

  constructor(parts: TextParts) {
    this.#parts = parts
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly getState = (): TextState => this.#state

  update(surroundings: TextSurroundings): void {
    this.#surroundings = surroundings
    if (surroundings.peer === 'gone') return this.#leave({ kind: 'gone' })
    if (!surroundings.isWanted) return
    if (!surroundings.isHostConnected) return this.#leave({ kind: 'host-away' })
    if (surroundings.peer === 'off') return this.#leave({ kind: 'off' })
    const { kind } = this.#state
    if (kind !== 'resting' && kind !== 'off' && kind !== 'host-away') return
    // one that is off by the host's word is being tried already
    clearTimeout(this.#retryTimer)
    this.#failures = 0
    this.#start(false)
  }

  /** Once more, without force. */
  retry(): void {
    this.#begin(false)
  }

  /** Ends the other's session. */
  takeOver(): void {
    this.#begin(true)
  }

  send(bytes: Uint8Array): void {
    if (this.#state.kind === 'connected') this.#run?.channel?.send(bytes)
  }

  dispose(): void {
    this.#isDisposed = true
    this.#stop()
    this.#listeners.clear()
  }

  #begin(isForced: boolean): void {
    const { peer, isHostConnected } = this.#surroundings
    if (this.#run || peer !== 'active' || !isHostConnected) return
    this.#failures = 0
    this.#start(isForced)
  }

  #set(state: TextState): void {
    if (this.#isDisposed) return
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  #leave(state: TextState): void {
    this.#stop()
    if (this.#state.kind !== state.kind) this.#set(state)
  }

  #stop(): void {
    clearTimeout(this.#retryTimer)
    const run = this.#run
    this.#run = undefined
    if (run) this.#close(run)
  }

  #close(run: Run): void {
    run.channel?.close()
    if (run.id === undefined) return
    this.#parts.forgetPort(run.id)
    // it may be closed already, and there is nothing to do about a failure
    this.#parts.close(run.id).catch(() => {})
  }

  #start(isForced: boolean): void {
    this.#stop()
    if (this.#isDisposed) return
    const run: Run = {}
    this.#run = run
    const wasOurs = this.#state.kind === 'retrying'
    if (!wasOurs) this.#set({ kind: 'opening' })
    this.#open(run, isForced).catch((error: unknown) => {
      if (this.#run === run) this.#fail(errorData(error), wasOurs)
    })
  }

  async #open(run: Run, isForced: boolean): Promise<void> {
    const id = await this.#parts.open(isForced)
    run.id = id
    if (this.#run !== run) return this.#close(run)
    const port = await this.#parts.takePort(id)
    if (this.#run !== run) {
      port.close()
      return this.#close(run)
    }
    run.connectedAtMs = Date.now()
    this.#parts.onConnected(id)
    this.#set({ kind: 'connected' })
    run.channel = new TextChannel(port, {
      onBytes: (bytes, onDrawn) => this.#parts.onBytes(bytes, onDrawn),
      onEnded: (error) => {
        if (this.#run === run) this.#ended(run, error)
      },
    })
  }

  #ended(run: Run, error: ErrorData | undefined): void {
    if (!this.#parts.comesBack) return this.#leave(error ? { kind: 'failed', error } : { kind: 'ended' })
    if (Date.now() - (run.connectedAtMs ?? 0) >= stableAfterMs) this.#failures = 0
    this.#fail(error ?? { kind: 'unreachable', message: 'The host ended this session' }, true)
  }

  #fail(error: ErrorData, wasOurs: boolean): void {
    this.#stop()
    if (error.kind === 'busy' && error.field === forcedField)
      return this.#set({ kind: 'in-use', wasOurs, error })
    // the list says it runs and the host says it does not: one of them is about to change its mind
    if (error.kind === 'invalid' && this.#parts.comesBack) this.#set({ kind: 'off' })
    else if (onlyUserHelps.includes(error.kind) || !this.#parts.comesBack)
      return this.#set({ kind: 'failed', error })
    else this.#set({ kind: 'retrying', error })
    this.#retryLater()
  }

  #retryLater(): void {
    if (this.#isDisposed) return
    const delayMs = retryDelaysMs[Math.min(this.#failures, retryDelaysMs.length - 1)]
    this.#failures += 1
    this.#retryTimer = setTimeout(() => {
      if (this.#surroundings.peer === 'active' && this.#surroundings.isHostConnected) this.#start(false)
    }, delayMs)
  }
}
