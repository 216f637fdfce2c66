/**
 * All connections to one hypervisor of one host:
 *
 *   control   short calls and events; opened first, and its end is the session's end
 *   jobs      calls that may take minutes (save, migrate, wipe, guest agent); opened on first use, closed when idle.
 *             They would otherwise use up the few requests the daemon serves at once per connection
 *   streams   one connection for each, as a stream that is not read stops everything beside it
 *
 * It does not reconnect; whoever owns it makes a new one.
 */
import type { Duplex } from 'node:stream'
import type { CallOptions } from './connection-options'
import { type CloseReason, RpcClosedError } from './errors'
import type { CallParameters, LibvirtConnection } from './libvirt-connection'
import { type OpenOptions, openLibvirt } from './open-libvirt'
import type { CallArgs, CallName, CallRet, StreamCallArgs, StreamCallName, StreamCallRet } from './procedures'
import type { RpcStream } from './stream'

export interface SessionOptions extends Omit<OpenOptions, 'serverKeepAlive'> {
  /** Makes one more byte stream to the same daemon. Also called later, so it must not depend on `signal`. */
  dial: (signal?: AbortSignal) => Promise<Duplex>
  /** How long the jobs connection stays open with nothing to do. Default 60 s. */
  jobIdleMs?: number
}

export class LibvirtSession {
  private jobs: Promise<LibvirtConnection> | null = null
  private idleTimer: ReturnType<typeof setTimeout> | null = null
  private runningJobs = 0
  /** Besides the control connection. */
  private readonly connections = new Set<LibvirtConnection>()
  private readonly lifetime = new AbortController()

  private constructor(
    /** For short calls and events. */
    readonly control: LibvirtConnection,
    private readonly options: SessionOptions,
  ) {
    void control.closed.then(() => this.close())
  }

  static async open(options: SessionOptions): Promise<LibvirtSession> {
    const stream = await options.dial(options.signal)
    return new LibvirtSession(await openLibvirt(stream, options), options)
  }

  /** Settles with the reason once the control connection is closed. */
  get closed(): Promise<CloseReason> {
    return this.control.closed
  }

  /** A short call, on the control connection. */
  call<Name extends CallName>(
    name: Name,
    ...parameters: CallParameters<CallArgs<Name>, CallOptions>
  ): Promise<CallRet<Name>> {
    return this.control.call(name, ...parameters)
  }

  /** A call that may take long, on the jobs connection; it waits without limit unless told otherwise. */
  async callJob<Name extends CallName>(
    name: Name,
    ...[args, options]: CallParameters<CallArgs<Name>, CallOptions>
  ): Promise<CallRet<Name>> {
    this.runningJobs += 1
    if (this.idleTimer !== null) clearTimeout(this.idleTimer)
    try {
      const jobs = await this.jobConnection()
      const parameters = [args, { timeoutMs: null, ...options }] as CallParameters<
        CallArgs<Name>,
        CallOptions
      >
      return await jobs.call(name, ...parameters)
    } finally {
      this.runningJobs -= 1
      this.closeJobsWhenIdle()
    }
  }

  /** Opens a stream on a connection of its own, which closes with the stream. */
  async openStream<Name extends StreamCallName>(
    name: Name,
    args: StreamCallArgs<Name>,
    options: CallOptions = {},
  ): Promise<{ ret: StreamCallRet<Name>; stream: RpcStream }> {
    const connection = await this.connect({ serverKeepAlive: false }, options.signal)
    try {
      const opened = await connection.openStream(name, args, options)
      void opened.stream.closed.then(() => connection.close())
      return opened
    } catch (error) {
      void connection.close()
      throw error
    }
  }

  /** Closes every connection. What still waits is rejected with RpcClosedError. */
  async close(): Promise<void> {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer)
    this.lifetime.abort(new RpcClosedError({ kind: 'local', message: 'the session is closed' }))
    // A connection still being opened notices by itself.
    await Promise.all([this.control, ...this.connections].map((connection) => connection.close()))
  }

  private async jobConnection(): Promise<LibvirtConnection> {
    const existing = this.jobs
    if (existing !== null) {
      const connection = await existing.catch(() => null)
      if (connection !== null && connection.closeReason === null) return connection
      // Several calls may find out at once; only the first may start over.
      if (this.jobs === existing) this.jobs = null
    }
    this.jobs ??= this.connect({}, this.lifetime.signal)
    return await this.jobs
  }

  private closeJobsWhenIdle(): void {
    if (this.runningJobs > 0 || this.jobs === null) return
    const { jobs } = this
    this.idleTimer = setTimeout(() => {
      this.jobs = null
      void jobs.then((connection) => connection.close()).catch(() => {})
    }, this.options.jobIdleMs ?? 60_000)
    this.idleTimer.unref()
  }

  private async connect(
    extra: Partial<OpenOptions>,
    signal: AbortSignal | undefined,
  ): Promise<LibvirtConnection> {
    this.assertOpen()
    const { signal: _openingOnly, onStage: _controlOnly, dial, ...options } = this.options
    const stream = await dial(signal)
    const connection = await openLibvirt(stream, { ...options, ...extra, ...(signal && { signal }) })
    if (this.lifetime.signal.aborted) void connection.close()
    this.assertOpen()
    this.connections.add(connection)
    void connection.closed.then(() => this.connections.delete(connection))
    return connection
  }

  private assertOpen(): void {
    this.lifetime.signal.throwIfAborted()
  }
}
