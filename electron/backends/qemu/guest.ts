/** A guest that runs: its monitor, and what it says of itself. */
import type { Duplex } from 'node:stream'
import type { VmState } from '../../../shared/model/vm'
import type { VmId } from '../../../shared/model/ids'
import type { Link } from '../../link/link'
import {
  isObject,
  QmpClient,
  QmpClosedError,
  type CommandOptions,
  type Json,
  type JsonObject,
  type QmpEvent,
} from '../../qmp/index'

/** Where a monitor listens. */
export type MonitorPlace = { readonly path: string } | { readonly address: string; readonly port: number }

/** QEMU serves one client on each of its monitors. */
export const monitorCount = 3
const greetingMs = 1000

export interface GuestState {
  readonly state: VmState
  readonly reason?: string
}

export interface GuestListener {
  /** Its state, or the memory it was given, is another now. */
  changed(): void
  event(event: QmpEvent): void
  ended(): void
}

export class Guest {
  #state: GuestState = { state: 'unknown' }
  #balloonBytes: number | undefined

  private constructor(
    readonly id: VmId,
    private readonly monitor: QmpClient,
    private readonly listener: GuestListener,
  ) {
    void monitor.closed.then(() => listener.ended())
  }

  /** Undefined when every monitor is taken by others, or the guest is just ending. */
  static async open(
    link: Link,
    id: VmId,
    monitors: readonly MonitorPlace[],
    listener: GuestListener,
  ): Promise<Guest | undefined> {
    for (const place of monitors) {
      const monitor = await openMonitor(link, place)
      if (!monitor) continue
      const guest = new Guest(id, monitor, listener)
      try {
        await guest.#read()
        monitor.onEvent((event) => guest.#take(event))
        // what changed between the two
        await guest.#read()
        return guest
      } catch (error) {
        monitor.close()
        if (!(error instanceof QmpClosedError)) throw error
      }
    }
    return undefined
  }

  get state(): GuestState {
    return this.#state
  }

  get balloonBytes(): number | undefined {
    return this.#balloonBytes
  }

  get isOpen(): boolean {
    return this.monitor.isOpen
  }

  get version(): string {
    return this.monitor.version
  }

  execute(command: string, args?: JsonObject, options?: CommandOptions): Promise<Json> {
    return this.monitor.execute(command, args, options)
  }

  hmp(line: string, options?: CommandOptions): Promise<string> {
    return this.monitor.hmp(line, options)
  }

  has(command: string): Promise<boolean> {
    return this.monitor.commands().then((all) => all.has(command))
  }

  onEvent(listener: (event: QmpEvent) => void): () => void {
    return this.monitor.onEvent(listener)
  }

  /** The next event that fits; ends with the monitor's end. */
  untilEvent(fits: (event: QmpEvent) => boolean, signal?: AbortSignal): Promise<QmpEvent> {
    return new Promise((resolve, reject) => {
      const stop = this.monitor.onEvent((event) => {
        if (!fits(event)) return
        stop()
        resolve(event)
      })
      const giveUp = (reason: unknown): void => {
        stop()
        reject(reason)
      }
      void this.monitor.closed.then(giveUp)
      signal?.addEventListener('abort', () => giveUp(signal.reason), { once: true })
    })
  }

  /** Asked anew. */
  async refresh(): Promise<void> {
    await this.#read()
  }

  close(): void {
    this.monitor.close()
  }

  async #read(): Promise<void> {
    const status = await this.monitor.execute('query-status', {}, { timeoutMs: 10_000 })
    this.#state = stateOf(isObject(status) ? status['status'] : undefined)
    // there is no balloon in some guests, which is an error to QEMU
    const balloon = await this.monitor
      .execute('query-balloon', {}, { timeoutMs: 10_000 })
      .catch((error: unknown) => {
        if (error instanceof QmpClosedError) throw error
      })
    const actual = isObject(balloon) ? balloon['actual'] : undefined
    this.#balloonBytes = typeof actual === 'number' ? actual : undefined
  }

  #take(event: QmpEvent): void {
    this.listener.event(event)
    if (!stateEvents.has(event.name)) return
    this.#read().then(
      () => this.listener.changed(),
      // its end is told by itself
      () => undefined,
    )
  }
}

const stateEvents = new Set([
  'STOP',
  'RESUME',
  'SUSPEND',
  'WAKEUP',
  'GUEST_PANICKED',
  'GUEST_CRASHLOADED',
  'BLOCK_IO_ERROR',
  'WATCHDOG',
  'BALLOON_CHANGE',
  'SHUTDOWN',
  'RESET',
])

/** qapi/run-state.json */
export function stateOf(status: unknown): GuestState {
  switch (status) {
    case 'running':
      return { state: 'running' }
    case 'paused':
    case 'prelaunch':
      return { state: 'paused', reason: 'by the user' }
    case 'io-error':
      return { state: 'paused', reason: 'I/O error' }
    case 'watchdog':
      return { state: 'paused', reason: 'by its watchdog' }
    case 'inmigrate':
      return { state: 'paused', reason: 'waits for its memory' }
    case 'postmigrate':
      return { state: 'paused', reason: 'its memory was written or sent' }
    case 'finish-migrate':
    case 'save-vm':
    case 'restore-vm':
    case 'colo':
    case 'debug':
      return { state: 'paused' }
    case 'suspended':
      return { state: 'suspended' }
    case 'shutdown':
      return { state: 'shutting-down' }
    case 'guest-panicked':
    case 'internal-error':
      return { state: 'crashed' }
    default:
      return { state: 'unknown' }
  }
}

/** Of a VM that was started here. */
export function ownMonitors(runFolder: string): MonitorPlace[] {
  return Array.from({ length: monitorCount }, (_, at) => ({ path: `${runFolder}/qmp-${at}` }))
}

async function openMonitor(link: Link, place: MonitorPlace): Promise<QmpClient | undefined> {
  try {
    return await QmpClient.open(await openPlace(link, place), { greetingTimeoutMs: greetingMs })
  } catch {
    // taken, not there (yet), or of a guest that is ending: the next may do, and no monitor is an answer too
    return undefined
  }
}

function openPlace(link: Link, place: MonitorPlace): Promise<Duplex> {
  return 'path' in place ? link.openUnix(place.path) : link.openTcp(place.address, place.port)
}
