/**
 * An opened connection to one hypervisor of one host: typed calls, streams and events by procedure name.
 * `openLibvirt` makes one from a byte stream.
 */
import type { RpcConnection } from './connection'
import type { CallOptions } from './connection-options'
import {
  type CloseReason,
  RpcClosedError,
  RpcError,
  isRpcError,
  isUnknownProcedure,
  isUnsupported,
} from './errors'
import { deregisterCalls, registerCalls } from './event-registration'
import { libvirtCalls, libvirtStreamCalls } from './generated/calls.gen'
import { libvirtEvents } from './generated/events.gen'
import type {
  CallArgs,
  CallName,
  CallRet,
  CallSpec,
  EventMessage,
  EventName,
  EventSpec,
  StreamCallArgs,
  StreamCallName,
  StreamCallRet,
} from './procedures'
import type { RpcStream } from './stream'
import type { XdrReader } from './xdr/reader'

/** All courtesies that let the daemon end cleanly come to no more: one that hangs is not worth waiting for. */
const farewellMs = 700
const closing = 'the connection is being closed'

/** Arguments may be left out where a procedure has none. */
export type CallParameters<Args, Options> = [Args] extends [void]
  ? [args?: undefined, options?: Options]
  : [args: Args, options?: Options]

export interface LibvirtFacts {
  /** major * 1000000 + minor * 1000 + micro. */
  libVersion: number
  /** Events are registered one by one and carry callback ids. Without this, none can be had from us. */
  hasEventCallbacks: boolean
  /** Before libvirt 7.2 NETWORK_UPDATE took command and section the other way round. */
  hasNetworkUpdateOrder: boolean
}

export class LibvirtConnection {
  private readonly unknownCalls = new Map<string, RpcError>()
  private readonly registrations = new Map<EventName, Promise<boolean>>()
  private leaving: Promise<void> | undefined
  private readonly takeBacks: ((options: CallOptions) => Promise<unknown>)[] = []

  constructor(
    private readonly rpc: RpcConnection,
    readonly facts: LibvirtFacts,
  ) {}

  /** Settles with the reason once the connection is closed. */
  get closed(): Promise<CloseReason> {
    return this.rpc.closed
  }

  /** Null while the connection is up. */
  get closeReason(): CloseReason | null {
    return this.rpc.reason
  }

  /** True when no call is running or waiting and no stream is open. */
  get isIdle(): boolean {
    return this.rpc.isIdle
  }

  /** Calls that were given up and that the daemon still works on. */
  get abandonedCalls(): number {
    return this.rpc.abandonedCalls
  }

  /** Calls back once, as soon as no call runs or waits; at once when none does. */
  onceIdle(listener: () => void): void {
    this.rpc.onceIdle(listener)
  }

  /** Gives up the calls that wait for their turn, with RpcNotSentError. */
  dropUnsent(): void {
    this.rpc.dropUnsent()
  }

  /**
   * Calls a procedure. Rejects with RpcError (libvirt said no), RpcTimeoutError, RpcClosedError, RpcProtocolError (an
   * argument breaks a limit) or the signal's reason.
   */
  async call<Name extends CallName>(
    name: Name,
    ...[args, options]: CallParameters<CallArgs<Name>, CallOptions>
  ): Promise<CallRet<Name>> {
    const spec = libvirtCalls[name] as unknown as CallSpec<unknown, CallRet<Name>>
    return await this.attempt(spec.name, () => this.rpc.call(spec, this.wireArgs(name, args), options))
  }

  /** As `call`, but leaves the reply as the bytes it is, for large ones that are better read piece by piece. */
  async callRaw<Name extends CallName>(
    name: Name,
    ...[args, options]: CallParameters<CallArgs<Name>, CallOptions>
  ): Promise<Uint8Array> {
    const spec = libvirtCalls[name] as unknown as CallSpec<unknown, CallRet<Name>>
    const raw = { ...spec, readRet: (r: XdrReader) => r.rest() }
    return await this.attempt(spec.name, () => this.rpc.call(raw, this.wireArgs(name, args), options))
  }

  /** Calls a procedure that opens a stream. Large or chatty streams belong on a connection of their own. */
  async openStream<Name extends StreamCallName>(
    name: Name,
    args: StreamCallArgs<Name>,
    options: CallOptions = {},
  ): Promise<{ ret: StreamCallRet<Name>; stream: RpcStream }> {
    const spec = libvirtStreamCalls[name] as unknown as CallSpec<unknown, StreamCallRet<Name>>
    const flags = (args as { flags?: number }).flags ?? 0
    const sparse = spec.sparseFlag !== undefined && (flags & spec.sparseFlag) !== 0
    return await this.attempt(spec.name, () => this.rpc.openStream(spec, args, { ...options, sparse }))
  }

  /** Calls back for each such event of any object, once it is registered. Returns how to stop that. */
  onEvent<Name extends EventName>(name: Name, listener: (message: EventMessage<Name>) => void): () => void {
    return this.rpc.onEvent(libvirtEvents[name], listener)
  }

  /**
   * Asks the daemon to send this event for all objects. False when this host does not know it. May be called again;
   * libvirt itself refuses a second registration. Register before listing, as events are not repeated.
   */
  registerEvent(name: EventName): Promise<boolean> {
    const known = this.registrations.get(name)
    if (known !== undefined) return known
    const registration = this.register(name)
    this.registrations.set(name, registration)
    registration.catch(() => this.registrations.delete(name))
    return registration
  }

  /** Registers several events; answers which of them this host knows. */
  async registerEvents<Name extends EventName>(names: readonly Name[]): Promise<Set<Name>> {
    const known = await Promise.all(names.map((name) => this.registerEvent(name)))
    return new Set(names.filter((_, at) => known[at]))
  }

  /** Whether this host's libvirt has the procedure at all. Its driver may still refuse it. */
  knows(name: CallName | StreamCallName): boolean {
    if (this.unknownCalls.has(name)) return false
    const spec =
      name in libvirtCalls ? libvirtCalls[name as CallName] : libvirtStreamCalls[name as StreamCallName]
    return this.facts.libVersion >= (spec.since ?? 0)
  }

  /** Asks for a sign of life now; the connection closes when none comes in time. */
  checkAlive(timeoutMs: number): void {
    this.rpc.checkAlive(timeoutMs)
  }

  /** Takes leave of the daemon, then closes: within a second, also when it does not answer. Never rejects. */
  close(): Promise<void> {
    this.leaving ??= this.leave()
    return this.leaving
  }

  /**
   * Ends in an order that is safe for the daemon. When a connection ends while a call of it runs, libvirtd 9.0 may take
   * back its event callbacks in two threads at once, the one that sees the end and the worker whose reply nobody takes
   * any more, and it crashes. So the callbacks are taken back by calls, and what runs is waited for.
   */
  private async leave(): Promise<void> {
    if (this.rpc.reason !== null) return
    this.rpc.dropUnsent(new RpcClosedError({ kind: 'local', message: closing }))
    const untilMs = performance.now() + farewellMs
    const leftMs = () => Math.max(1, untilMs - performance.now())
    const takeBacks = this.takeBacks.splice(0)
    if (takeBacks.length > 0) {
      await Promise.allSettled(takeBacks.map((takeBack) => takeBack({ timeoutMs: leftMs() })))
      await this.calm(leftMs())
    }
    await this.rpc.call(libvirtCalls.CONNECT_CLOSE, undefined, { timeoutMs: leftMs() }).catch(() => {})
    this.rpc.close()
  }

  /** Ends when the daemon has answered everything, or does not in time. */
  private calm(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs)
      const done = () => {
        clearTimeout(timer)
        resolve()
      }
      this.rpc.onceIdle(done)
      void this.rpc.closed.then(done)
    })
  }

  private async register(name: EventName): Promise<boolean> {
    const spec: EventSpec<unknown> = libvirtEvents[name]
    const { family, eventId } = spec
    if (family === undefined || eventId === undefined) throw new TypeError(`${name} is not registered by id`)
    if (!this.facts.hasEventCallbacks || (spec.since ?? 0) > this.facts.libVersion) return false
    try {
      const { callbackID } = await registerCalls[family](this.rpc, eventId)
      this.takeBacks.push((options) => deregisterCalls[family](this.rpc, callbackID, options))
      return true
    } catch (error) {
      // An id beyond what the daemon knows is an internal error to it (remote_daemon_dispatch.c, "unsupported event ID").
      if (isUnsupported(error) || isRpcError(error, 'VIR_ERR_INTERNAL_ERROR')) return false
      throw error
    }
  }

  /** A procedure the daemon does not know will not become known: say so without asking again. */
  private async attempt<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
    const unknown = this.unknownCalls.get(name)
    if (unknown !== undefined) throw unknown
    if (this.leaving && this.rpc.reason === null)
      throw new RpcClosedError({ kind: 'local', message: closing })
    try {
      return await run()
    } catch (error) {
      if (error instanceof RpcError && isUnknownProcedure(error)) this.unknownCalls.set(name, error)
      throw error
    }
  }

  private wireArgs(name: CallName, args: unknown): unknown {
    if (name !== 'NETWORK_UPDATE' || this.facts.hasNetworkUpdateOrder) return args
    const update = args as CallArgs<'NETWORK_UPDATE'>
    return { ...update, command: update.section, section: update.command }
  }
}
