/** What every opened host has in common: it is over once, calls after that say so, and its streams end with it. */
import type { Duplex } from 'node:stream'
import { AppError, errorData } from '../../shared/errors'
import type { SessionEvents } from './session-events'

export interface LifeOptions {
  readonly isReadOnly: boolean
  readonly events: Pick<SessionEvents, 'emit'>
  /** `whyOver`: the session ended while the call was under way. */
  toAppError(error: unknown, whyOver: AppError | undefined): unknown
  /** Before anybody is told. */
  onOver(): void
}

export class SessionLife {
  readonly #streams = new Set<Duplex>()
  #whyOver: AppError | undefined

  constructor(private readonly options: LifeOptions) {}

  /** With an error when it broke. False when it was over before. */
  end(error?: AppError): boolean {
    if (this.#whyOver) return false
    this.#whyOver = error ?? new AppError('unreachable', 'The connection to the host was closed')
    this.options.onOver()
    for (const stream of this.#streams) stream.destroy(error)
    this.options.events.emit({ kind: 'closed', ...(error ? { error: errorData(error) } : {}) })
    return true
  }

  readonly guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (this.#whyOver) throw notConnected(this.#whyOver)
    try {
      return await work()
    } catch (error) {
      throw this.options.toAppError(error, this.#whyOver)
    }
  }

  /** Refused while one may only look. */
  readonly changing = <T>(work: () => Promise<T>): Promise<T> =>
    this.guarded(() => (this.options.isReadOnly ? Promise.reject(readOnlyRefusal()) : work()))

  /** Of a console: it ends with the session. */
  readonly keep = <S extends Duplex>(stream: S): S => {
    if (this.#whyOver) {
      stream.destroy()
      throw notConnected(this.#whyOver)
    }
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
    return stream
  }
}

export const readOnlyCure = 'To change anything, edit the host and untick "Only look: connect read-only".'

export function notConnected(cause: AppError): AppError {
  return new AppError('unreachable', 'The host is not connected', { detail: cause.message, cause })
}

function readOnlyRefusal(): AppError {
  return new AppError('denied', 'This connection is read-only', { cure: readOnlyCure })
}
