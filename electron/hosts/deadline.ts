import { AppError } from '../../shared/errors'

/**
 * A deadline that stands still while somebody else is being waited for: a user looking for a password must not
 * make the host look slow.
 */
export class Deadline {
  readonly #onPassed: () => void
  readonly #timeoutMs: number
  #leftMs: number
  #startedAtMs = 0
  #pauses = 0
  #timer: NodeJS.Timeout | undefined
  #isOver = false

  constructor(timeoutMs: number, onPassed: () => void) {
    this.#timeoutMs = timeoutMs
    this.#leftMs = timeoutMs
    this.#onPassed = onPassed
    this.#run()
  }

  /** Pauses nest: two open questions must both be answered. */
  async pausedDuring<T>(work: Promise<T>): Promise<T> {
    this.#pauses += 1
    if (this.#pauses === 1) {
      clearTimeout(this.#timer)
      this.#leftMs -= Date.now() - this.#startedAtMs
    }
    try {
      return await work
    } finally {
      this.#pauses -= 1
      if (this.#pauses === 0 && !this.#isOver) this.#run()
    }
  }

  /** Begins anew: what is slow but gets on is not given up. */
  renew(): void {
    this.#leftMs = this.#timeoutMs
    if (this.#pauses > 0 || this.#isOver) return
    clearTimeout(this.#timer)
    this.#run()
  }

  stop(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }

  #run(): void {
    this.#startedAtMs = Date.now()
    this.#timer = setTimeout(
      () => {
        this.#isOver = true
        this.#onPassed()
      },
      Math.max(0, this.#leftMs),
    )
  }
}

/** What is known of the host after it took too long: nothing was changed, or it may yet be. */
export type Afterwards = 'nothing' | 'may-still-happen'

/** The result of `work`, or `timed-out` when it takes too long. The work itself is not stopped. */
export async function within<T>(
  timeoutMs: number,
  what: string,
  work: Promise<T>,
  afterwards: Afterwards = 'nothing',
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(what, timeoutMs, afterwards)), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

export function tooLate(what: string, timeoutMs: number, afterwards: Afterwards): AppError {
  return new AppError(
    'timed-out',
    `${what}: the host did not answer within ${Math.round(timeoutMs / 1000)} s`,
    {
      cure:
        afterwards === 'nothing'
          ? 'Check the host and its network, then try again'
          : 'The host may still be doing it. See what has become of it before you try again',
    },
  )
}
