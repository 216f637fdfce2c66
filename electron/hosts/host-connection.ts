import { AppError, errorData, type ErrorData } from '../../shared/errors'
import type { ResourceKind, VmChange } from '../../shared/ipc/contract'
import { connectStageText, type HostInfo, type HostStatus, type SshEngine } from '../../shared/model/host'
import type { HostSample } from '../../shared/model/host-load'
import type { HostId } from '../../shared/model/ids'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import type { VmSample } from '../../shared/model/stats'
import type { Backend, HypervisorSession, SessionEvent } from '../backends/backend'
import { failuresAfter, isWorthRetrying, retryDelayMs } from './backoff'
import { HostLog } from './host-log'
import { Inventory } from './inventory'
import { LiveUpdates } from './live-updates'
import { openSession } from './open-session'
import type { PollingPace } from './polling-pace'
import type { HostTiming } from './timing'

/** How a host is reached. */
export interface HostWay {
  readonly uri: string
  readonly keyFile?: string | undefined
  readonly sshEngine?: SshEngine | undefined
  readonly readOnly?: boolean | undefined
  readonly backend: Backend
}

export interface HostConnectionOptions {
  readonly id: HostId
  /** Asked anew at each try, as the user may have changed it. */
  way(): HostWay
  readonly timing: HostTiming
  readonly pace?: PollingPace | undefined
  readonly now: () => number
  readonly random: () => number
  ask(prompt: Prompt, signal: AbortSignal): Promise<PromptAnswer>
  onStatus(): void
  onVms(changes: readonly VmChange[]): void
  /** Something else of the host is not what it was. */
  onResource(resource: ResourceKind, name: string | undefined): void
  onStats(samples: readonly VmSample[]): void
  onHostStats(sample: HostSample): void
}

/**
 * One host's life: disconnected → connecting → connected, or failed with a next try. Only the user ends it
 * ("disconnected" stays); a connection that drops comes back by itself.
 *
 * Each attempt has its own AbortController, which is also its identity: what an older attempt still says is ignored.
 */
export class HostConnection {
  readonly inventory: Inventory
  readonly log: HostLog
  readonly #options: HostConnectionOptions
  #status: HostStatus
  #lastInfo: HostInfo | undefined
  #lastHeardMs: number | undefined
  #attempt: AbortController | undefined
  #session: HypervisorSession | undefined
  #live: LiveUpdates | undefined
  #retryTimer: NodeJS.Timeout | undefined
  /** Tries that failed since the connection was last healthy. */
  #failures = 0
  #isClosed = false

  constructor(options: HostConnectionOptions) {
    this.#options = options
    this.inventory = new Inventory(options.id)
    this.log = new HostLog(options.now)
    this.#status = { kind: 'disconnected', sinceMs: options.now() }
  }

  get status(): HostStatus {
    return this.#status
  }

  /** When the inventory was last true; undefined while it is, and before the host was ever reached. */
  get lastHeardMs(): number | undefined {
    return this.#session ? undefined : this.#lastHeardMs
  }

  get lastInfo(): HostInfo | undefined {
    return this.#lastInfo
  }

  /** What the last run of the app knew. Ignored once the host itself has spoken. */
  restore(info: HostInfo | undefined, heardMs: number): void {
    this.#lastInfo ??= info
    this.#lastHeardMs ??= heardMs
  }

  /** The open session; `unreachable` while there is none. */
  session(): HypervisorSession {
    if (this.#session) return this.#session
    throw new AppError('unreachable', 'The host is not connected', {
      cure: 'Connect to the host first',
      detail: this.#status.kind === 'failed' ? this.#status.error.message : undefined,
    })
  }

  /** Begins to connect, at once even when a later try is due. Does nothing while connecting or connected. */
  connect(): void {
    if (this.#isClosed || this.#status.kind === 'connecting' || this.#status.kind === 'connected') return
    this.#failures = 0
    this.#try()
  }

  /**
   * The computer woke up or is on another network: brings a waiting try forward, and asks a connected host for a sign
   * of life, since its sockets may be dead without anybody having been told.
   */
  retryNow(): void {
    const { now, random, timing } = this.#options
    const { status } = this
    if (status.kind === 'failed' && this.#retryTimer !== undefined) {
      const retryAtMs = now() + random() * timing.wakeSpreadMs
      if (retryAtMs < (status.retryAtMs ?? Infinity)) this.#setStatus(this.#waiting(status, retryAtMs))
    } else if (status.kind === 'connected') this.#session?.checkAlive?.(timing.probeTimeoutMs)
  }

  /** Ends the connection or the attempt. It stays so until `connect`. */
  async disconnect(): Promise<void> {
    const session = this.#letGo(new AppError('cancelled', 'The connection was cancelled'))
    if (this.#status.kind !== 'disconnected') {
      this.log.add('Disconnected')
      this.#setStatus({ kind: 'disconnected', sinceMs: this.#options.now() })
    }
    await session?.close()
  }

  /** Disconnects for good. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.disconnect()
  }

  #try(error?: ErrorData): void {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = undefined
    const attempt = new AbortController()
    this.#attempt = attempt
    const previous = error ?? (this.#status.kind === 'failed' ? this.#status.error : undefined)
    const connecting = {
      kind: 'connecting' as const,
      sinceMs: this.#options.now(),
      attempt: this.#failures + 1,
      ...(previous === undefined ? {} : { error: previous }),
    }
    this.#setStatus({ ...connecting, stage: 'reaching' })
    const { uri, keyFile, sshEngine, readOnly, backend } = this.#options.way()
    const { timing } = this.#options
    this.log.add(`Connecting to ${uri}`)
    openSession(backend, {
      uri,
      ...(keyFile === undefined ? {} : { keyFile }),
      ...(sshEngine === undefined ? {} : { sshEngine }),
      ...(readOnly === undefined ? {} : { readOnly }),
      signal: attempt.signal,
      timeoutMs: timing.connectTimeoutMs,
      callTimeoutMs: timing.callTimeoutMs,
      ask: (prompt, signal) => this.#options.ask(prompt, signal),
      log: (text) => this.log.add(text),
      onStage: (stage) => {
        const { status } = this
        if (this.#attempt !== attempt || (status.kind === 'connecting' && status.stage === stage)) return
        this.log.add(connectStageText[stage])
        this.#setStatus({ ...connecting, stage })
      },
      onListing: () => this.inventory.beginList(),
      onEvent: (event) => {
        if (this.#attempt === attempt) this.#hear(event)
      },
    }).then(
      ({ session, vms }) => {
        if (this.#attempt !== attempt) return void session.close()
        this.#connected(session)
        this.#options.onVms(this.inventory.replaceAll(vms))
      },
      (reason: unknown) => {
        if (this.#attempt === attempt) this.#failed(errorData(reason))
      },
    )
  }

  #connected(session: HypervisorSession): void {
    const { info, features } = session
    this.#session = session
    this.#lastInfo = info
    this.log.add(
      `Connected to ${info.hostname}: ${[info.hypervisor, info.hypervisorVersion].filter(Boolean).join(' ')}`,
    )
    this.#setStatus({ kind: 'connected', sinceMs: this.#options.now(), info, features })
    this.#live = new LiveUpdates(session, this.inventory, {
      timing: this.#options.timing,
      pace: this.#options.pace,
      now: this.#options.now,
      log: (text) => this.log.add(text),
      onVms: (changes) => this.#options.onVms(changes),
      onStats: (samples) => this.#options.onStats(samples),
      onHostStats: (sample) => this.#options.onHostStats(sample),
    })
  }

  #hear(event: SessionEvent): void {
    if (event.kind === 'vm-changed') this.#options.onVms(this.inventory.put(event.vm))
    else if (event.kind === 'vm-removed') this.#options.onVms(this.inventory.remove(event.id))
    else if (event.kind === 'resource-changed') this.#options.onResource(event.resource, event.name)
    // before that the attempt itself fails: its calls end with the session's error
    else if (this.#status.kind === 'connected') this.#dropped(event.error)
  }

  #dropped(error: ErrorData | undefined): void {
    const { now, timing } = this.#options
    this.#failures = failuresAfter(this.#failures, now() - this.#status.sinceMs, timing)
    const cause: ErrorData = error ?? {
      kind: 'unreachable',
      message: 'The host closed the connection',
      cure: 'Innkeeper connects again by itself',
    }
    this.#failed(cause, { dropped: true })
  }

  #failed(error: ErrorData, { dropped = false } = {}): void {
    const { now, random, timing } = this.#options
    void this.#letGo(AppError.from(error))?.close()
    if (!dropped) this.#failures += 1
    this.log.add(
      `${dropped ? 'Connection lost' : 'Failed'}: ${error.message}${error.detail ? ` (${error.detail})` : ''}`,
    )
    if (!isWorthRetrying(error.kind)) {
      this.#setStatus({ kind: 'failed', sinceMs: now(), error })
      return
    }
    const delayMs = retryDelayMs(this.#failures, timing, random)
    if (dropped) this.#failures += 1
    this.#setStatus(this.#waiting({ kind: 'failed', sinceMs: now(), error }, now() + delayMs))
  }

  /** Failed, and to be tried again then. */
  #waiting(failed: Extract<HostStatus, { kind: 'failed' }>, retryAtMs: number): HostStatus {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(() => this.#try(), retryAtMs - this.#options.now())
    return { ...failed, retryAtMs }
  }

  /** Stops everything of the current attempt or connection; the session is the caller's to close. */
  #letGo(reason: AppError): HypervisorSession | undefined {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = undefined
    const attempt = this.#attempt
    this.#attempt = undefined
    attempt?.abort(reason)
    this.#live?.stop()
    this.#live = undefined
    this.inventory.abandonList()
    const session = this.#session
    if (session) this.#lastHeardMs = this.#options.now()
    this.#session = undefined
    return session
  }

  #setStatus(status: HostStatus): void {
    this.#status = status
    this.#options.onStatus()
  }
}
