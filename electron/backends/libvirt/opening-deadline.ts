import { AppError } from '../../../shared/errors'

/** Ends an attempt when the caller gives up or a piece of it takes too long, and remembers why. */
export class OpeningDeadline {
  readonly #abort = new AbortController()
  readonly #outer: AbortSignal
  readonly #limitMs: number
  readonly #aborted: Promise<never>
  #timer: NodeJS.Timeout | undefined
  #reason: AppError | undefined

  constructor(outer: AbortSignal, limitMs: number) {
    this.#outer = outer
    this.#limitMs = limitMs
    this.#aborted = new Promise((_, reject) => {
      this.#abort.signal.addEventListener('abort', () => reject(this.#reason ?? gaveUp()), { once: true })
    })
    // only what races against it needs to know
    this.#aborted.catch(() => undefined)
    outer.addEventListener('abort', this.#follow, { once: true })
    if (outer.aborted) this.#follow()
    this.resume()
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Set once it has ended the attempt. */
  get reason(): AppError | undefined {
    return this.#reason
  }

  /**
   * The result of `work`, unless the attempt ends first. Each piece of work has the whole time: a host that answers, be
   * it slowly over a bad line, is not given up.
   */
  async within<T>(work: Promise<T>): Promise<T> {
    this.renew()
    const result = await Promise.race([work, this.#aborted])
    this.renew()
    return result
  }

  /** While somebody is asked. */
  suspend(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  resume(): void {
    if (this.#reason) return
    this.#timer ??= setTimeout(() => {
      this.#end(
        new AppError('timed-out', "The host's libvirt does not answer", {
          cure: 'Its daemon may be stuck or the host overloaded. Restart the daemon if it stays so.',
        }),
      )
    }, this.#limitMs)
  }

  /** The next piece has the whole time again. Nothing while somebody is asked. */
  renew(): void {
    if (this.#timer === undefined) return
    this.suspend()
    this.resume()
  }

  /** The attempt is over. */
  stop(): void {
    this.suspend()
    this.#outer.removeEventListener('abort', this.#follow)
  }

  readonly #follow = (): void => {
    const { reason } = this.#outer as { reason: unknown }
    this.#end(reason instanceof AppError ? reason : gaveUp())
  }

  #end(reason: AppError): void {
    this.#reason ??= reason
    this.suspend()
    this.#abort.abort(this.#reason)
  }
}

function gaveUp(): AppError {
  return new AppError('cancelled', 'Connecting was cancelled')
}
