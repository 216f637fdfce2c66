/** What the creation of a VM has made so far, and how it goes again. */
import { AppError, errorData, isKind } from '../../shared/errors'
import type { VmId } from '../../shared/model/ids'
import type { HypervisorSession } from '../backends/backend'
import type { CreationNote, JournalItem } from './journal/creation-journal'
import { identityOf } from './journal/identity'

type Made =
  | { readonly pool: string; readonly volume: string }
  | { readonly vm: VmId; readonly isOn?: boolean }

export class LeftBehind {
  readonly #made: Made[] = []
  /** What was begun last, as long as nobody knows how it ended. */
  #begun: Made | undefined
  #identified: Promise<void> = Promise.resolve()
  /** The last that succeeded. */
  #answered: Made | undefined

  constructor(
    private readonly session: HypervisorSession,
    private readonly name: string,
    private readonly signal: AbortSignal,
    /** Where it is written down, so that it is known also when this program or the host is lost. */
    private readonly note?: CreationNote,
  ) {}

  add(made: Made): void {
    this.#made.push(made)
    const begun = this.#answered
    this.#answered = undefined
    if ('volume' in made) this.#identified = this.#identify(made, begun)
  }

  /** It has done its duty, and was removed. */
  gone(made: { readonly pool: string; readonly volume: string }): void {
    const at = this.#made.findIndex(
      (one) => 'volume' in one && one.pool === made.pool && one.volume === made.volume,
    )
    if (at >= 0) this.#made.splice(at, 1)
    void this.note?.gone(itemOf(made))
  }

  /** What was made is a VM now; `rest`: what has still to go. */
  async done(rest: readonly { readonly pool: string; readonly volume: string }[] = []): Promise<void> {
    await this.note?.done(rest.map(itemOf))
  }

  /** A step that may have been done although its answer did not come. */
  async making<T>(what: Made, work: () => Promise<T>): Promise<T> {
    await this.#identified
    // before the host is asked: nobody may be there to write it down afterwards
    await this.note?.begins(itemOf(what))
    this.#begun = what
    try {
      const result = await work()
      this.#begun = undefined
      this.#answered = what
      return result
    } catch (error) {
      if (!this.#isUnanswered(error)) {
        this.#begun = undefined
        await this.note?.gone(itemOf(what))
      }
      throw error
    }
  }

  /** Takes everything away, and gives back what to tell of the error that was the reason. */
  async removed(reason: unknown): Promise<unknown> {
    const told = await this.#removed(reason)
    await this.note?.ended()
    return told
  }

  async #removed(reason: unknown): Promise<unknown> {
    // the host may still be doing it: what it may need stays
    if (this.#begun && isKind(reason, 'timed-out')) return this.#lost(reason)
    const why: string[] = []
    let isDefined = false
    for (const made of this.#made.toReversed()) {
      // a VM that stays keeps its disks: without them it would be broken
      if (isDefined) break
      try {
        await this.#remove(made)
      } catch (error) {
        if (this.#isUnanswered(error)) return this.#lost(reason)
        if (!isKind(error, 'not-found')) {
          isDefined = 'vm' in made
          const { message, detail } = errorData(error)
          why.push(`${this.#words(made)}: ${message}${detail === undefined ? '' : ` (${detail})`}`)
          continue
        }
      }
      this.#made.splice(this.#made.indexOf(made), 1)
      await this.note?.gone(itemOf(made))
    }
    if (this.#begun) return this.#lost(reason)
    return this.#made.length === 0 ? reason : this.#someKept(reason, why)
  }

  /** Not cancelled by the user: what was made has to go, whatever was asked for meanwhile. */
  async #remove(made: Made): Promise<void> {
    const context = { signal: new AbortController().signal, onProgress: () => undefined }
    if ('vm' in made) {
      // it may have ended by itself
      if (made.isOn === true)
        await this.session.power(made.vm, 'forceOff', context).catch((error: unknown) => {
          if (!isKind(error, 'invalid')) throw error
        })
      await this.session.delete(made.vm, { files: [] }, context)
    }
    // nobody else can have come to use it in these seconds
    else await this.session.storage.deleteVolume(made, true)
  }

  /** The answer did not come; a connection that somebody closed is told as cancelled. */
  #isUnanswered(error: unknown): boolean {
    return isKind(error, 'unreachable', 'timed-out') || (isKind(error, 'cancelled') && !this.signal.aborted)
  }

  #lost(reason: unknown): AppError {
    const { message, detail, kind } = errorData(reason)
    const all = [...this.#made, ...(this.#begun ? [this.#begun] : [])].map((one) => this.#words(one))
    return new AppError(
      kind === 'cancelled' ? 'unreachable' : kind,
      all.length === 0
        ? `${this.name} was not created: the host was lost before anything was made`
        : `The host was lost while ${this.name} was being created`,
      {
        cure:
          all.length === 0
            ? 'Create it again once the host answers.'
            : `Once the host answers again, look for ${listed(all)}, and delete what is there before you try again.`,
        detail: [message, ...(detail === undefined ? [] : [detail])].join('\n'),
        cause: reason,
      },
    )
  }

  #someKept(reason: unknown, why: readonly string[]): AppError {
    const { kind, message, detail, field } = errorData(reason)
    return new AppError(
      // a cancelled task shows no error, and this one has to be seen
      kind === 'cancelled' ? 'busy' : kind,
      `${this.name} was not created, and not all that was made for it could be removed`,
      {
        cure: `Delete ${listed(this.#made.map((one) => this.#words(one)))} by hand.`,
        detail: [message, ...(detail === undefined ? [] : [detail]), ...why].join('\n'),
        field,
        cause: reason,
      },
    )
  }

  /** Of what failed without an answer nobody waits for it: it is known by its name then. */
  async #identify(
    made: { readonly pool: string; readonly volume: string },
    begun: Made | undefined,
  ): Promise<void> {
    if (!this.note) return
    const { pool, volume } = made
    const { volumes } = await this.session.storage
      .volumeDetails(pool, [volume])
      .catch(() => ({ volumes: [] }))
    if (!volumes[0] || !this.#made.includes(made)) return
    const identity = await identityOf(this.session, volumes[0])
    if (this.#made.includes(made))
      await this.note.made({ kind: 'volume', pool, volume, identity }, begun && itemOf(begun))
  }

  #words(made: Made): string {
    return 'vm' in made ? `the VM ${this.name}` : `the volume ${made.volume} in the pool ${made.pool}`
  }
}

function itemOf(made: Made): JournalItem {
  return 'vm' in made ? { kind: 'vm', vm: made.vm } : { kind: 'volume', pool: made.pool, volume: made.volume }
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
