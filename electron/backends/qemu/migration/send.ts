/**
 * The copy, as its source sees it. It can be given up until the guest runs at the destination; whatever fails before
 * that, QEMU lets the guest go on where it was.
 */
import { AppError } from '../../../../shared/errors'
import type { MigrationFigures } from '../../../../shared/model/migration/figures'
import { isObject, type JsonObject } from '../../../qmp/index'
import type { MoveContext } from '../../migration-session'
import { stalled } from '../../move-failures'
import { cancelled } from '../errors'
import type { Guest } from '../guest'
import type { Mirrors } from './disks'
import { figuresOf, type DiskProgress } from './figures'

const pollMs = 200
/** The network may be gone for a while; QEMU's own connection would wait for a quarter of an hour (tcp(7), tcp_retries2). */
const usualStallLimitMs = 90_000
/** Shorter silences are those of a busy host. */
const toldAfterMs = 5000

export interface Sent {
  /** The guest runs at the destination already, and the rest of its memory follows. */
  switched(): Promise<void>
}

export class Sending {
  #why: AppError | undefined
  #isSwitched = false
  #isCancelled = false
  #lastDone = -1
  #movedAtMs = Date.now()

  constructor(
    private readonly guest: Guest,
    private readonly mirrors: Mirrors,
    private readonly context: MoveContext,
    private readonly allowsPostCopy: boolean,
  ) {}

  /** There is no way back any more. */
  get isSwitched(): boolean {
    return this.#isSwitched
  }

  /** Why the copy was ended by us; nothing when it was not. */
  get why(): AppError | undefined {
    return this.#why
  }

  /** What is copied now is for nothing. */
  giveUp(why: AppError): void {
    if (this.#isSwitched) return
    this.#why ??= why
    // what waits on a dead line would keep the guest from going on
    this.cut().catch(() => undefined)
  }

  /** Since QEMU 6.0. Nothing is lost by it: a source whose line breaks goes on. */
  async cut(): Promise<void> {
    await this.mirrors.cut()
    if (await this.guest.has('yank'))
      await this.guest
        .execute('yank', { instances: [{ type: 'migration' }] }, { isOutOfBand: true })
        // there is none, or it has ended
        .catch(() => undefined)
  }

  async untilDisksAreEqual(): Promise<void> {
    for (;;) {
      this.#stopWhenGivenUp()
      const { progress, areEqual } = await this.mirrors.look()
      this.#tell(figuresOf({}, progress), false)
      if (areEqual) return
      await delay()
    }
  }

  async untilSent(hooks: Sent): Promise<void> {
    for (;;) {
      const answer = await this.guest.execute('query-migrate')
      const migration: JsonObject = isObject(answer) ? answer : {}
      const progress = this.#isSwitched ? [] : await this.#disks(migration['status'])
      this.#tell(figuresOf(migration, progress), migration['status'] === 'active')
      switch (migration['status']) {
        case 'completed':
          return
        case 'cancelled':
          throw this.#why ?? cancelled()
        case 'failed':
          throw this.#why ?? this.#brokenOff(migration['error-desc'])
        case 'pre-switchover':
          await this.#switchOver()
          break
        case 'postcopy-active':
          await this.#switch(hooks)
          break
        case 'postcopy-paused':
          throw this.#brokenOff(migration['error-desc'])
        default:
          if (this.#isGivenUp() && !this.#isSwitched) await this.#cancel()
      }
      await delay()
    }
  }

  /** The guest stands still, and goes on here if anything of this fails. */
  async #switchOver(): Promise<void> {
    if (this.#isGivenUp()) return this.#cancel()
    await this.mirrors.finish()
    await this.guest.execute('migrate-continue', { state: 'pre-switchover' })
  }

  async #switch({ switched }: Sent): Promise<void> {
    if (this.#isSwitched) return
    this.#isSwitched = true
    await switched()
  }

  /** A copy that ends before its memory has followed breaks everything off. */
  async #disks(status: unknown): Promise<readonly DiskProgress[]> {
    return status === 'active' && !this.#isCancelled ? (await this.mirrors.look()).progress : []
  }

  async #cancel(): Promise<void> {
    if (this.#isCancelled) return
    this.#isCancelled = true
    await this.guest.execute('migrate_cancel')
  }

  #isGivenUp(): boolean {
    if (this.context.signal.aborted) this.#why ??= cancelled()
    return this.#why !== undefined
  }

  #stopWhenGivenUp(): void {
    if (this.#isGivenUp() && this.#why) throw this.#why
  }

  #brokenOff(words: unknown): AppError {
    return new AppError('internal', 'The copy has ended', {
      detail: typeof words === 'string' ? words : undefined,
    })
  }

  #tell(figures: MigrationFigures, isMemoryCopied: boolean): void {
    const stalledMs = this.#stalledMs(figures.doneBytes ?? 0)
    if (this.#isGivenUp()) return
    this.context.onFigures({
      ...figures,
      ...(stalledMs > toldAfterMs ? { stalledMs } : {}),
      canSwitch: this.allowsPostCopy && isMemoryCopied && !this.#isSwitched,
    })
    const limitMs = this.context.stallLimitMs ?? usualStallLimitMs
    if (stalledMs > limitMs && !this.#isSwitched) this.giveUp(stalled(limitMs))
  }

  #stalledMs(doneBytes: number): number {
    const now = Date.now()
    if (doneBytes !== this.#lastDone) {
      this.#lastDone = doneBytes
      this.#movedAtMs = now
    }
    return now - this.#movedAtMs
  }
}

function delay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pollMs))
}
