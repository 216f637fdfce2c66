/**
 * Looks at the source while memory and disks are copied: tells figures, sets what can only be set while the job runs, and
 * ends the job when the user cancels, when the destination is gone, or when nothing moves. All over the control connection,
 * as the copy itself holds another one.
 */
import type { AppError } from '../../../../shared/errors'
import { RpcError, virDomainJobType as jobType, type DomainHandle } from '../../../libvirt-rpc/index'
import { cancelled } from '../errors'
import type { LibvirtHost } from '../host'
import type { MigrationFigures } from '../../../../shared/model/migration/figures'
import type { MoveContext } from '../../migration-session'
import { stalled } from './failures'
import { figuresOf } from './job-figures'

const pollMs = 500
/** The network may be gone for a while; QEMU's own connection would wait for a quarter of an hour (tcp(7), tcp_retries2). */
const usualStallLimitMs = 90_000
/** Shorter silences are those of a busy host. */
const toldAfterMs = 5000
/**
 * Memory is let go of at once. A disk that is copied is not, while its last writes are on a line that is dead: QEMU waits for
 * them as long as TCP does.
 */
const endingPatienceMs = 15_000

export class JobWatch {
  #isOver = false
  #timer: NodeJS.Timeout | undefined
  #why: AppError | undefined
  #lastDone = -1
  #movedAtMs = Date.now()
  #isDowntimeSet = false
  #patience: NodeJS.Timeout | undefined
  #tellTooLong: () => void = () => undefined
  /** The job was told to end, and does not. */
  readonly endsTooLate = new Promise<void>((resolve) => {
    this.#tellTooLong = resolve
  })

  constructor(
    private readonly host: LibvirtHost,
    private readonly dom: DomainHandle,
    private readonly context: MoveContext,
    private readonly wishes: {
      readonly maxDowntimeMs?: number | undefined
      readonly allowsPostCopy: boolean
      readonly copiesDisks: boolean
    },
  ) {
    context.signal.addEventListener('abort', this.#beat)
    this.#timer = setTimeout(this.#beat, pollMs)
  }

  /** Why the job was ended by us; nothing when it was not. */
  get why(): AppError | undefined {
    return this.#why
  }

  /** The destination is gone: what is copied now is for nothing. */
  giveUp(why: AppError): void {
    this.#why ??= why
    this.#beat()
  }

  stop(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    clearTimeout(this.#patience)
    this.context.signal.removeEventListener('abort', this.#beat)
  }

  readonly #beat = (): void => {
    clearTimeout(this.#timer)
    if (this.#isOver) return
    void this.#look()
      // figures that cannot be read are only not shown; the copy itself tells how it ended
      .catch(() => undefined)
      .then(() => {
        if (this.#isOver) return
        clearTimeout(this.#timer)
        this.#timer = setTimeout(this.#beat, pollMs)
      })
  }

  async #look(): Promise<void> {
    if (this.context.signal.aborted) this.#why ??= cancelled()
    // without copied disks it can always be ended, whatever the source tells of it
    if (this.#why && !this.wishes.copiesDisks) return this.#abort()
    const { type, params } = await this.host.rpc.call(
      'DOMAIN_GET_JOB_STATS',
      { dom: this.dom, flags: 0 },
      { priority: 'poll', timeoutMs: 5000 },
    )
    const isJob = type === jobType.VIR_DOMAIN_JOB_BOUNDED || type === jobType.VIR_DOMAIN_JOB_UNBOUNDED
    if (this.#isOver) return
    const figures = isJob ? figuresOf(params) : { phase: 'copying' as const }
    if (figures.doneBytes === undefined || figures.totalBytes === 0) {
      if (this.#why) await this.#abort()
      return
    }
    const stalledMs = this.#stalledMs(figures.doneBytes)
    const isBound = this.#isBound(figures)
    if (this.#why && !(isBound && stalledMs > 0)) return this.#abort()
    if (!this.#why) await this.#setDowntime()
    this.context.onFigures({
      ...figures,
      ...(stalledMs > toldAfterMs ? { stalledMs } : {}),
      ...(stalledMs > toldAfterMs && isBound ? { onceReached: this.#why ? 'ends' : 'goesOn' } : {}),
      canSwitch: this.wishes.allowsPostCopy,
    })
    const limitMs = this.context.stallLimitMs ?? usualStallLimitMs
    if (stalledMs > limitMs && !isBound) this.giveUp(stalled(limitMs))
  }

  /**
   * Copied disks are equal, and memory is on its way. Ending the job then has QEMU flush the copies before it lets go of them, and
   * the guest stands still until that is answered, on a dead line for a quarter of an hour. So the line has to show first that it
   * lives; until then the guest goes on running.
   */
  #isBound({ diskRemainingBytes, memoryRemainingBytes = 0, iteration = 0 }: MigrationFigures): boolean {
    const isMemoryOnItsWay = memoryRemainingBytes > 0 || iteration > 0
    return this.wishes.copiesDisks && diskRemainingBytes === 0 && isMemoryOnItsWay
  }

  #stalledMs(doneBytes: number): number {
    const now = Date.now()
    if (doneBytes !== this.#lastDone) {
      this.#lastDone = doneBytes
      this.#movedAtMs = now
    }
    return now - this.#movedAtMs
  }

  async #setDowntime(): Promise<void> {
    const { maxDowntimeMs } = this.wishes
    if (maxDowntimeMs === undefined || this.#isDowntimeSet) return
    const args = { dom: this.dom, downtime: maxDowntimeMs, flags: 0 }
    await this.host.rpc.call('DOMAIN_MIGRATE_SET_MAX_DOWNTIME', args, { timeoutMs: 10_000 })
    this.#isDowntimeSet = true
  }

  /** Refused while the job has not begun or has ended; it is tried again as long as the copy is not over. */
  async #abort(): Promise<void> {
    this.#patience ??= setTimeout(this.#tellTooLong, endingPatienceMs)
    try {
      await this.host.rpc.call('DOMAIN_ABORT_JOB', { dom: this.dom }, { timeoutMs: 10_000 })
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
    }
  }
}
