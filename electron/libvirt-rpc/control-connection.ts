/**
 * The connection for short calls and events. Calls that nobody waits for any more still hold the few requests the
 * daemon serves per connection, so before they hold all of them a fresh connection takes over: it listens to the same
 * events before it does, and the old one stays until the daemon has answered everything, so no event is lost between.
 */
import { type CloseReason, RpcNotSentError } from './errors'
import type { LibvirtConnection } from './libvirt-connection'
import type { EventMessage, EventName } from './procedures'

/** Of the four calls in flight (see CallQueue). */
const impairedAtCalls = 2
/** Each stuck call also holds one of the daemon's workers (max_workers in libvirtd.conf, 20 unless changed). */
const maxRetired = 2
const retryAfterMs = 5_000

type Attach = (connection: LibvirtConnection) => () => void

export class ControlConnection {
  /** Settles with the reason once the connection in use is closed; the end of one that was replaced is no news. */
  readonly closed: Promise<CloseReason>
  private readonly retired = new Set<LibvirtConnection>()
  private readonly listeners = new Map<symbol, { attach: Attach; stops: (() => void)[] }>()
  private readonly registered = new Set<EventName>()
  private isReplacing = false
  private mayReplaceAtMs = 0
  private settleClosed: (reason: CloseReason) => void = () => {}

  constructor(
    private connection: LibvirtConnection,
    private readonly open: () => Promise<LibvirtConnection>,
  ) {
    this.closed = new Promise((resolve) => {
      this.settleClosed = resolve
    })
    this.watch(connection)
  }

  get current(): LibvirtConnection {
    return this.connection
  }

  /** Does something on the connection in use. What was still unsent when another took over is sent on that one. */
  async run<T>(work: (connection: LibvirtConnection) => Promise<T>): Promise<T> {
    for (;;) {
      const { connection } = this
      try {
        return await work(connection)
      } catch (error) {
        if (!(error instanceof RpcNotSentError)) throw error
      } finally {
        this.relieve(connection)
      }
    }
  }

  onEvent<Name extends EventName>(name: Name, listener: (message: EventMessage<Name>) => void): () => void {
    const attach: Attach = (connection) => connection.onEvent(name, listener)
    const key = Symbol(name)
    const entry = { attach, stops: [this.connection, ...this.retired].map((one) => attach(one)) }
    this.listeners.set(key, entry)
    return () => {
      this.listeners.delete(key)
      for (const stop of entry.stops) stop()
    }
  }

  async registerEvents<Name extends EventName>(names: readonly Name[]): Promise<Set<Name>> {
    const known = await this.connection.registerEvents(names)
    for (const name of known) this.registered.add(name)
    return known
  }

  private relieve(connection: LibvirtConnection): void {
    const isImpaired = connection === this.connection && connection.abandonedCalls >= impairedAtCalls
    if (!isImpaired || connection.closeReason !== null || this.isReplacing) return
    if (this.retired.size >= maxRetired || performance.now() < this.mayReplaceAtMs) return
    this.isReplacing = true
    this.replace()
      .catch(() => {
        // the old one still has free slots; a daemon that takes no further connection is not pressed
        this.mayReplaceAtMs = performance.now() + retryAfterMs
      })
      .finally(() => {
        this.isReplacing = false
      })
  }

  private async replace(): Promise<void> {
    const fresh = await this.open()
    try {
      for (const entry of this.listeners.values()) entry.stops.push(entry.attach(fresh))
      await fresh.registerEvents([...this.registered])
    } catch (error) {
      void fresh.close()
      throw error
    }
    const old = this.connection
    if (old.closeReason !== null) return void fresh.close()
    this.connection = fresh
    this.watch(fresh)
    this.retired.add(old)
    old.dropUnsent()
    old.onceIdle(() => void old.close())
  }

  private watch(connection: LibvirtConnection): void {
    void connection.closed.then((reason) => {
      this.retired.delete(connection)
      if (connection === this.connection) this.settleClosed(reason)
    })
  }
}
