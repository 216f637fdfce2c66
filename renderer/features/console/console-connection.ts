import { AppError, errorData, type ErrorData, type ErrorKind } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type { ConsoleId } from '../../../shared/model/ids'
import type { ConsoleParts, ConsoleState, Credentials, Screen, Surroundings } from './console-model'
import { PortChannel } from './port-channel'

interface Run {
  id?: ConsoleId
  channel?: PortChannel
  screen?: Screen
  hasSentCredentials: boolean
  isExposed?: boolean
  refusal?: { readonly reason: string | undefined }
  connectedAtMs?: number
  timer?: ReturnType<typeof setTimeout>
}

const retryDelaysMs = [300, 1000, 2000, 4000, 8000, 10_000]
/** A stream that held this long starts the delays anew. */
const stableAfterMs = 5000
const handshakeTimeoutMs = 15_000
/** A hidden console keeps its stream for a while, so that switching tabs is instant. */
const restAfterMs = 30_000
/** Trying again by itself would change nothing. */
const onlyUserHelps: readonly ErrorKind[] = ['denied', 'unsupported', 'invalid', 'auth-failed']

/**
 * The life of one console, outside React: asks what the VM offers, opens its stream, hands it to the screen, and when
 * it ends decides whether to wait, to try again or to ask the user.
 *
 *   resting ─ visible ─▶ opening ─▶ connected ─ stream ended ─▶ retrying ─▶ opening …
 *                          │  ▲                     │
 *                          │  └─ VM started ── off ◀┘ VM shut off
 *                          ├─▶ password ─ submitted ─▶ opening
 *                          ├─▶ unavailable (no VNC)      ─ try again ─▶ opening
 *                          └─▶ failed (only the user can help) ─ try again ─▶ opening
 *
 * Each try is a Run; whatever comes back for a run that is no longer current is dropped and closed.
 */
export class ConsoleConnection {
  readonly #parts: ConsoleParts
  #state: ConsoleState = { kind: 'resting' }
  #surroundings: Surroundings = { vm: 'off', isHostConnected: false, isVisible: false }
  #listeners = new Set<() => void>()
  #run: Run | undefined
  #failures = 0
  #credentials: Credentials | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #isDisposed = false

  constructor(parts: ConsoleParts) {
    this.#parts = parts
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readonly getState = (): ConsoleState => this.#state

  /** Tells the console what became of its VM, host and tab. */
  update(surroundings: Surroundings): void {
    const before = this.#surroundings
    this.#surroundings = surroundings
    clearTimeout(this.#restTimer)
    if (surroundings.vm === 'gone') return this.#leave({ kind: 'gone' })
    if (!surroundings.isVisible) {
      if (this.#state.kind !== 'resting') {
        this.#restTimer = setTimeout(() => this.#leave({ kind: 'resting' }), restAfterMs)
      }
      if (this.#state.kind === 'resting') return
    }
    if (!surroundings.isHostConnected) return this.#leave({ kind: 'host-away' })
    if (surroundings.vm === 'off') return this.#leave({ kind: 'off' })

    const hasStarted = before.vm !== 'active' || !before.isHostConnected
    const waits =
      this.#state.kind === 'resting' || this.#state.kind === 'off' || this.#state.kind === 'host-away'
    if (waits || (hasStarted && !this.#run)) {
      this.#failures = 0
      this.#start()
    }
  }

  retry(): void {
    const { vm, isHostConnected } = this.#surroundings
    if (this.#run || this.#isDisposed || vm !== 'active' || !isHostConnected) return
    this.#failures = 0
    this.#start()
  }

  submitCredentials(credentials: Credentials): void {
    if (this.#state.kind !== 'password') return
    this.#credentials = credentials
    this.#start()
  }

  dispose(): void {
    this.#isDisposed = true
    clearTimeout(this.#restTimer)
    this.#stop()
    this.#listeners.clear()
  }

  #set(state: ConsoleState): void {
    if (this.#isDisposed) return
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  /** Ends what is under way and waits in the given state. */
  #leave(state: ConsoleState): void {
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
    clearTimeout(run.timer)
    run.screen?.close()
    run.channel?.close()
    if (run.id === undefined) return
    this.#parts.forgetPort(run.id)
    // It may be closed already, and there is nothing to do about a failure.
    this.#parts.close(run.id).catch(() => {})
  }

  #start(): void {
    this.#stop()
    if (this.#isDisposed) return
    const run: Run = { hasSentCredentials: false }
    this.#run = run
    if (this.#state.kind !== 'retrying') this.#set({ kind: 'opening' })
    this.#open(run).catch((error: unknown) => {
      if (this.#run === run) this.#fail(errorData(error))
    })
  }

  /** Throws what went wrong; ends quietly when the run was given up meanwhile. */
  async #open(run: Run): Promise<void> {
    const offer = await this.#parts.offer()
    if (this.#run !== run) return
    if (offer.kind === 'none') return this.#accept(offer)
    if (offer.isExposed) run.isExposed = true

    if (offer.needsPassword && !this.#credentials) {
      const password = await this.#readPassword()
      if (this.#run !== run) return
      if (password === undefined) return this.#ask({ needsUserName: false, isWrong: false })
      this.#credentials = { password }
    }

    const id = await this.#parts.open()
    run.id = id
    if (this.#run !== run) return this.#close(run)
    const port = await this.#parts.takePort(id)
    run.channel = new PortChannel(port)
    if (this.#run !== run) return this.#close(run)

    run.timer = setTimeout(() => {
      if (this.#run === run) {
        this.#fail({ kind: 'timed-out', message: 'The screen of the VM does not answer' })
      }
    }, handshakeTimeoutMs)
    run.hasSentCredentials = this.#credentials !== undefined
    const screen = await this.#parts.startScreen(run.channel, this.#credentials, {
      onConnected: () => this.#onConnected(run),
      onCredentialsNeeded: (needsUserName) => this.#onCredentialsNeeded(run, needsUserName),
      onRefused: (reason) => {
        run.refusal = { reason }
      },
      onEnded: () => this.#onEnded(run),
    })
    run.screen = screen
    if (this.#run !== run) this.#close(run)
  }

  /** A link that may not read secrets answers "denied"; then the user is asked. */
  async #readPassword(): Promise<string | undefined> {
    try {
      return await this.#parts.password()
    } catch {
      return undefined
    }
  }

  #accept(offer: Extract<ConsoleOffer, { kind: 'none' }>): void {
    this.#stop()
    if (offer.why === 'shut-off') {
      this.#set({ kind: 'off' })
      // The list says it runs and the host says it does not: one of them is about to change its mind.
      this.#retryLater()
    } else {
      this.#set({ kind: 'unavailable', why: offer.why, error: offer.error })
    }
  }

  #ask(question: { needsUserName: boolean; isWrong: boolean }): void {
    this.#stop()
    this.#set({ kind: 'password', ...question })
  }

  #onConnected(run: Run): void {
    if (this.#run !== run) return
    clearTimeout(run.timer)
    run.connectedAtMs = Date.now()
    this.#set({ kind: 'connected', ...(run.isExposed ? { isExposed: true } : {}) })
  }

  #onCredentialsNeeded(run: Run, needsUserName: boolean): void {
    if (this.#run !== run) return
    this.#credentials = undefined
    this.#ask({ needsUserName, isWrong: false })
  }

  #onEnded(run: Run): void {
    if (this.#run !== run) return
    const ending = run.channel?.ending
    if (run.refusal) {
      this.#credentials = undefined
      if (run.hasSentCredentials) return this.#ask({ needsUserName: false, isWrong: true })
      return this.#fail({
        kind: 'auth-failed',
        message: 'The VNC server refused the connection',
        ...(run.refusal.reason ? { detail: run.refusal.reason } : {}),
      })
    }
    if (run.connectedAtMs === undefined && ending?.by !== 'guest') {
      return this.#fail(ending?.error ?? handshakeError)
    }
    if (run.connectedAtMs !== undefined && Date.now() - run.connectedAtMs >= stableAfterMs) this.#failures = 0
    this.#fail(ending?.error ?? { kind: 'unreachable', message: 'The VM closed its screen' })
  }

  #fail(error: ErrorData): void {
    this.#stop()
    if (onlyUserHelps.includes(error.kind)) return this.#set({ kind: 'failed', error })
    this.#set({ kind: 'retrying', error })
    this.#retryLater()
  }

  #retryLater(): void {
    if (this.#isDisposed) return
    const delayMs = retryDelaysMs[Math.min(this.#failures, retryDelaysMs.length - 1)]
    this.#failures += 1
    this.#retryTimer = setTimeout(() => {
      if (this.#surroundings.vm === 'active') this.#start()
    }, delayMs)
  }
}

/** noVNC hung up by itself; it gives no reason. The usual one is a server that insists on TLS or SASL. */
const handshakeError: ErrorData = errorData(
  new AppError('unsupported', "The VM's VNC server wants a way of signing in that Innkeeper does not know", {
    cure: 'VNC with TLS or SASL (vnc_tls, vnc_sasl in qemu.conf) is not supported; a VNC password is.',
  }),
)
