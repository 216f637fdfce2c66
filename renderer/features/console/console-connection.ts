import { errorData, type ErrorData, type ErrorKind } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type { ConsoleCredentials, ConsoleProtection } from '../../../shared/model/console-sign-in'
import type { ConsoleId } from '../../../shared/model/ids'
import type { Answers, ConsoleParts, ConsoleState, Screen, Surroundings } from './console-model'
import { PortChannel } from './port-channel'

interface Run {
  id?: ConsoleId
  channel?: PortChannel
  screen?: Screen
  protection: ConsoleProtection
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
 *                          ├─▶ certificate ─ trusted ─▶ opening
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
  /** For the next try only: main remembers what has let us in. */
  #answers: Answers = {}
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

  submitCredentials(credentials: ConsoleCredentials): void {
    if (this.#state.kind !== 'password') return
    this.#answers = { credentials }
    this.#start()
  }

  /** Trusts the certificate that is shown, and no other. */
  trustCertificate(): void {
    if (this.#state.kind !== 'certificate') return
    this.#answers = { trust: this.#state.certificate.fingerprint }
    this.#start()
  }

  /** Leaves the question; "Try again" asks it anew. */
  declineCertificate(): void {
    if (this.#state.kind !== 'certificate') return
    this.#set({ kind: 'failed', error: this.#state.certificate.problem })
  }

  /** A screen that is shown comes anew, with other wishes. */
  reopen(): void {
    if (this.#state.kind === 'connected') this.#start()
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
    const run: Run = { protection: { by: 'none' } }
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
    const answers = this.#answers
    this.#answers = {}
    const opening = await this.#parts.open(answers)
    if (opening.kind === 'open') run.id = opening.console
    if (this.#run !== run) return this.#close(run)
    if (opening.kind === 'credentials') {
      return this.#ask({ kind: 'password', question: opening.question })
    }
    if (opening.kind === 'certificate') {
      return this.#ask({ kind: 'certificate', certificate: opening.certificate })
    }
    run.protection = opening.protection
    const port = await this.#parts.takePort(opening.console)
    run.channel = new PortChannel(port)
    if (this.#run !== run) return this.#close(run)

    run.timer = setTimeout(() => {
      if (this.#run === run) {
        this.#fail({ kind: 'timed-out', message: 'The screen of the VM does not answer' })
      }
    }, handshakeTimeoutMs)
    const screen = await this.#parts.startScreen(run.channel, {
      onConnected: () => this.#onConnected(run),
      onEnded: () => this.#onEnded(run),
    })
    run.screen = screen
    if (this.#run !== run) this.#close(run)
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

  #ask(question: Extract<ConsoleState, { kind: 'password' | 'certificate' }>): void {
    this.#stop()
    this.#set(question)
  }

  #onConnected(run: Run): void {
    if (this.#run !== run) return
    clearTimeout(run.timer)
    run.connectedAtMs = Date.now()
    this.#set({ kind: 'connected', protection: run.protection })
  }

  #onEnded(run: Run): void {
    if (this.#run !== run) return
    const ending = run.channel?.ending
    if (run.connectedAtMs === undefined && ending?.by !== 'guest') {
      return this.#fail(ending?.error ?? notUnderstood)
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

/** noVNC hung up by itself; it gives no reason. Security is behind us by then. */
const notUnderstood: ErrorData = {
  kind: 'unsupported',
  message: "The VM's VNC server answers in a way that Innkeeper does not understand",
  cure: 'Start the VM again. If it stays so, open its screen in another viewer.',
}
