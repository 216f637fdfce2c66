/**
 * All connections to one hypervisor of one host:
 *
 *   control   short calls and events; opened first, and its end is the session's end. One that stuck calls have
 *             impaired is replaced (control-connection.ts)
 *   jobs      calls that may take minutes (save, migrate, wipe, guest agent); opened on first use, closed when idle.
 *             They would otherwise use up the few requests the daemon serves at once per connection
 *   streams   one connection for each, as a stream that is not read stops everything beside it
 *
 * It does not reconnect; whoever owns it makes a new one.
 */
import type { Duplex } from 'node:stream'
import type { CallOptions } from './connection-options'
import { ControlConnection } from './control-connection'
import { type CloseReason, RpcClosedError } from './errors'
import { JobConnections } from './job-connections'
import type { CallParameters, LibvirtConnection } from './libvirt-connection'
import { type OpenOptions, openLibvirt } from './open-libvirt'
import type {
  CallArgs,
  CallName,
  CallRet,
  EventMessage,
  EventName,
  StreamCallArgs,
  StreamCallName,
  StreamCallRet,
} from './procedures'
import type { RpcStream } from './stream'

export interface SessionOptions extends Omit<OpenOptions, 'serverKeepAlive'> {
  /** Makes one more byte stream to the same daemon. Also called later, so it must not depend on `signal`. */
  dial: (signal?: AbortSignal) => Promise<Duplex>
  /** How long the jobs connection stays open with nothing to do. Default 60 s. */
  jobIdleMs?: number
}

export class LibvirtSession {
  private readonly jobs: JobConnections
  private readonly controls: ControlConnection
  /** All but the first. */
  private readonly connections = new Set<LibvirtConnection>()
  private readonly lifetime = new AbortController()

  private constructor(
    private readonly first: LibvirtConnection,
    private readonly options: SessionOptions,
  ) {
    const open = () => this.connect({}, this.lifetime.signal)
    this.controls = new ControlConnection(first, open)
    this.jobs = new JobConnections(open, options.jobIdleMs ?? 60_000)
    void this.controls.closed.then(() => this.close())
  }

  static async open(options: SessionOptions): Promise<LibvirtSession> {
    const stream = await options.dial(options.signal)
    return new LibvirtSession(await openLibvirt(stream, options), options)
  }

  /** The connection for short calls and events that is in use now. */
  get control(): LibvirtConnection {
    return this.controls.current
  }

  /** Settles with the reason once the control connection is closed. */
  get closed(): Promise<CloseReason> {
    return this.controls.closed
  }

  /** Calls back for each such event of any object, once it is registered. Returns how to stop that. */
  onEvent<Name extends EventName>(name: Name, listener: (message: EventMessage<Name>) => void): () => void {
    return this.controls.onEvent(name, listener)
  }

  /**
   * Asks for these events as long as the session lives; answers which of them this host knows. Register before
   * listing, as events are not repeated. One may come twice when a connection is replaced.
   */
  registerEvents<Name extends EventName>(names: readonly Name[]): Promise<Set<Name>> {
    return this.controls.registerEvents(names)
  }

  /** Asks for a sign of life now; the session closes when none comes in time. */
  checkAlive(timeoutMs: number): void {
    this.control.checkAlive(timeoutMs)
  }

  /** A short call, on the control connection. */
  call<Name extends CallName>(
    name: Name,
    ...parameters: CallParameters<CallArgs<Name>, CallOptions>
  ): Promise<CallRet<Name>> {
    return this.controls.run((connection) => connection.call(name, ...parameters))
  }

  /** A short call whose reply is left as bytes. */
  callRaw<Name extends CallName>(
    name: Name,
    ...parameters: CallParameters<CallArgs<Name>, CallOptions>
  ): Promise<Uint8Array> {
    return this.controls.run((connection) => connection.callRaw(name, ...parameters))
  }

  /** A call that may take long, on the jobs connection; it waits without limit unless told otherwise. */
  async callJob<Name extends CallName>(
    name: Name,
    ...[args, options]: CallParameters<CallArgs<Name>, CallOptions>
  ): Promise<CallRet<Name>> {
    const parameters = [args, { timeoutMs: null, ...options }] as CallParameters<CallArgs<Name>, CallOptions>
    return await this.jobs.run((connection) => connection.call(name, ...parameters))
  }

  /**
   * Opens a stream on a connection of its own, which closes with the stream. It is made while the arguments are still
   * being looked up.
   */
  async openStream<Name extends StreamCallName>(
    name: Name,
    args: StreamCallArgs<Name> | Promise<StreamCallArgs<Name>>,
    options: CallOptions = {},
  ): Promise<{ ret: StreamCallRet<Name>; stream: RpcStream }> {
    const connecting = this.connect({ serverKeepAlive: false }, options.signal)
    try {
      const [known, connection] = await Promise.all([args, connecting])
      const opened = await connection.openStream(name, known, options)
      void opened.stream.closed.then(() => connection.close())
      return opened
    } catch (error) {
      void connecting.then((connection) => connection.close()).catch(() => undefined)
      throw error
    }
  }

  /** Closes every connection. What still waits is rejected with RpcClosedError. */
  async close(): Promise<void> {
    this.jobs.stopTimer()
    this.lifetime.abort(new RpcClosedError({ kind: 'local', message: 'the session is closed' }))
    // A connection still being opened notices by itself.
    await Promise.all([this.first, ...this.connections].map((connection) => connection.close()))
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
