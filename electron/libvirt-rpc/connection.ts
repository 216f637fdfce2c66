/**
 * One RPC connection over a byte stream: sends calls, matches replies to them by serial (they come in any order),
 * hands out events, carries streams, answers keepalive, and releases everything that waits when the link drops.
 *
 * A peer that sends what the protocol does not allow is not trusted any further: the connection closes with a
 * `protocol` reason. Nothing here throws into the event loop.
 */
import type { Duplex } from 'node:stream'
import { CallQueue } from './call-queue'
import type { CallOptions, ConnectionOptions } from './connection-options'
import {
  type CloseReason,
  RpcClosedError,
  RpcNotSentError,
  RpcProtocolError,
  RpcTimeoutError,
} from './errors'
import { EventListeners } from './event-listeners'
import { Framer, type Packet } from './framing'
import { keepalive, messageStatus, messageType, programs } from './generated/message.gen'
import { readMessageHole } from './generated/read.gen'
import { KeepAlive } from './keepalive'
import { Outbox, programVersions } from './outbox'
import { PendingCall, abortReason } from './pending-call'
import type { CallSpec, EventSpec } from './procedures'
import { readError } from './read-error'
import { RpcStream, type StreamCarrier } from './stream'
import { XdrReader } from './xdr/reader'

export class RpcConnection {
  /** Settles with the reason once the connection is closed, by whom or whatever. */
  readonly closed: Promise<CloseReason>

  private closeReason: CloseReason | null = null
  private readonly framer = new Framer()
  private readonly queue: CallQueue
  private readonly pending = new Map<number, PendingCall>()
  private readonly streams = new Map<number, RpcStream>()
  private readonly events = new EventListeners()
  private readonly keepAlive: KeepAlive | null
  private readonly held = new Set<number>()
  private readonly defaultTimeoutMs: number
  private readonly outbox: Outbox
  private lastSerial = 0
  private settleClosed: (reason: CloseReason) => void = () => {}

  constructor(
    private readonly transport: Duplex,
    options: ConnectionOptions = {},
  ) {
    this.defaultTimeoutMs = options.defaultTimeoutMs ?? 30_000
    this.outbox = new Outbox(transport)
    this.queue = new CallQueue(options.maxInFlight ?? 4)
    this.closed = new Promise((resolve) => {
      this.settleClosed = resolve
    })
    const pings = options.keepAlive === undefined ? { intervalMs: 5000, maxMissed: 5 } : options.keepAlive
    this.keepAlive =
      pings &&
      new KeepAlive(pings, {
        ping: () => this.outbox.sendKeepAlive(keepalive.PING),
        isPaused: () => this.held.size > 0,
        dead: (silentMs) =>
          this.shut({ kind: 'keepalive', message: `no sign of life for ${Math.round(silentMs / 1000)} s` }),
      })
    this.listen()
    if (this.closeReason === null) this.keepAlive?.start()
  }

  /** Null while the connection is up. */
  get reason(): CloseReason | null {
    return this.closeReason
  }

  /** True when no call is running or waiting and no stream is open. */
  get isIdle(): boolean {
    return this.queue.isIdle && this.streams.size === 0
  }

  /** Calls that were given up and that the daemon still works on. */
  get abandonedCalls(): number {
    return this.queue.abandonedCalls
  }

  /** Calls back once, as soon as no call runs or waits; at once when none does. */
  onceIdle(listener: () => void): void {
    this.queue.onceIdle(listener)
  }

  /** Gives up the calls that wait for their turn. */
  dropUnsent(error: Error = new RpcNotSentError()): void {
    for (const call of [...this.pending.values()]) {
      if (!call.isSent) this.giveUp(call, error)
    }
  }

  call<Args, Ret>(spec: CallSpec<Args, Ret>, args: Args, options: CallOptions = {}): Promise<Ret> {
    return new Promise((resolve, reject) => {
      this.start(spec, args, options, null, (error, ret) =>
        // oxlint-disable-next-line prefer-promise-reject-errors -- a given-up call rejects with its signal's reason
        error === null ? resolve(ret as Ret) : reject(error),
      )
    })
  }

  /** Makes a call that opens a stream. `sparse` is whether the caller set the flag that allows holes. */
  openStream<Args, Ret>(
    spec: CallSpec<Args, Ret>,
    args: Args,
    options: CallOptions & { sparse?: boolean } = {},
  ): Promise<{ ret: Ret; stream: RpcStream }> {
    return new Promise((resolve, reject) => {
      const serial = this.nextSerial()
      const direction = spec.stream ?? 'both'
      const stream = new RpcStream(this.carrier(spec, serial), direction, options.sparse === true)
      this.start(spec, args, options, { serial, stream }, (error, ret) =>
        // oxlint-disable-next-line prefer-promise-reject-errors -- as above
        error === null ? resolve({ ret: ret as Ret, stream }) : reject(error),
      )
    })
  }

  /** Calls back for every message of this kind. Returns how to stop that. */
  onEvent<Message>(spec: EventSpec<Message>, listener: (message: Message) => void): () => void {
    return this.events.add(spec, listener)
  }

  /** Asks the peer for a sign of life now, and closes when none comes in time (as after the computer slept). */
  checkAlive(timeoutMs: number): void {
    if (this.closeReason === null) this.keepAlive?.check(timeoutMs)
  }

  /** Drops the connection. Whatever still waits on it is rejected with RpcClosedError. */
  close(message = 'the connection was closed'): void {
    this.shut({ kind: 'local', message })
  }

  private listen(): void {
    const { transport } = this
    transport.on('data', (chunk: Buffer) => this.receive(chunk))
    transport.on('end', () => this.shut({ kind: 'ended', message: 'the host closed the connection' }))
    transport.on('close', () => this.shut({ kind: 'ended', message: 'the connection was lost' }))
    // Stays for good: an error after we closed must not become an uncaught exception.
    transport.on('error', (error) => this.shut({ kind: 'transport', message: error.message, cause: error }))
    if (transport.destroyed) this.shut({ kind: 'ended', message: 'the connection was already closed' })
  }

  private start(
    spec: CallSpec<never, unknown>,
    args: unknown,
    options: CallOptions,
    opening: { serial: number; stream: RpcStream } | null,
    settle: (error: unknown, ret?: unknown) => void,
  ): void {
    if (this.closeReason !== null) return settle(new RpcClosedError(this.closeReason))
    if (options.signal?.aborted) return settle(abortReason(options.signal))
    const serial = opening?.serial ?? this.nextSerial()
    let packet: Buffer
    try {
      const writeArgs = spec.writeArgs
      packet = this.outbox.encodeCall(spec, serial, writeArgs && ((w) => writeArgs(w, args as never)))
    } catch (error) {
      return settle(error)
    }
    const call = new PendingCall(serial, spec, opening?.stream ?? null, settle, {
      priority: options.priority ?? 'user',
      start: () => {
        call.isSent = true
        // Before the call leaves: data may arrive in the very chunk that brings the reply.
        if (opening) this.streams.set(serial, opening.stream)
        this.outbox.send(packet)
      },
    })
    this.pending.set(serial, call)
    const timeoutMs = options.timeoutMs === undefined ? this.defaultTimeoutMs : options.timeoutMs
    if (timeoutMs !== null) {
      call.onTimeout(timeoutMs, () => this.giveUp(call, new RpcTimeoutError(spec.name, timeoutMs)))
    }
    if (options.onLate) call.onLate(options.onLate)
    if (options.signal) call.onAbort(options.signal, (reason) => this.giveUp(call, reason))
    this.queue.add(call.queued)
  }

  /** Stops waiting. A call already sent keeps its slot until answered, as the daemon still counts it. */
  private giveUp(call: PendingCall, error: unknown): void {
    if (!call.isSent) {
      this.pending.delete(call.serial)
      this.queue.remove(call.queued)
      // one that is made again elsewhere is not over
      if (!(error instanceof RpcNotSentError)) call.late()
    } else if (!call.isSettled) this.queue.abandon()
    call.settle(error)
  }

  private receive(chunk: Buffer): void {
    if (this.closeReason !== null) return
    this.keepAlive?.alive()
    try {
      this.framer.push(chunk, (packet) => {
        if (this.closeReason === null) this.dispatch(packet)
      })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.shut({ kind: 'protocol', message: `the host sent an invalid packet: ${message}`, cause: error })
    }
  }

  private dispatch(packet: Packet): void {
    const { program, version, procedure, type } = packet.header
    const knownVersion = programVersions.get(program)
    // A program we do not speak can only be news that nobody here asked for.
    if (knownVersion === undefined) return
    if (version !== knownVersion) throw new RpcProtocolError(`program ${program} in version ${version}`)
    if (program === programs.keepalive.number) {
      if (procedure === keepalive.PING) this.outbox.sendKeepAlive(keepalive.PONG)
      return
    }
    switch (type) {
      case messageType.VIR_NET_REPLY:
      case messageType.VIR_NET_REPLY_WITH_FDS:
        return this.receiveReply(packet)
      case messageType.VIR_NET_MESSAGE:
        return this.events.dispatch(program, procedure, packet.payload)
      case messageType.VIR_NET_STREAM:
      case messageType.VIR_NET_STREAM_HOLE:
        return this.receiveStream(packet)
      default:
        throw new RpcProtocolError(`packet of type ${type}`)
    }
  }

  private receiveReply({ header, payload }: Packet): void {
    const call = this.pending.get(header.serial)
    if (call === undefined || !call.isSent) return
    const { spec, stream } = call
    if (header.procedure !== spec.num || header.program !== spec.program) {
      throw new RpcProtocolError(`reply to ${spec.name} names procedure ${header.procedure}`)
    }
    if (header.status === messageStatus.VIR_NET_ERROR) {
      const error = readError(payload, spec.name)
      this.answered(call)
      stream?.fail(error)
      call.settle(error)
      return
    }
    if (header.status !== messageStatus.VIR_NET_OK)
      throw new RpcProtocolError(`reply with status ${header.status}`)
    const reader = new XdrReader(payload)
    const ret = spec.readRet?.(reader)
    reader.end()
    this.answered(call)
    // Nobody waits for a stream whose opening was given up meanwhile.
    if (call.isSettled) void stream?.abort()
    call.settle(null, ret)
  }

  private answered(call: PendingCall): void {
    this.pending.delete(call.serial)
    this.queue.release(call.isSettled)
    if (call.isSettled) call.late()
  }

  private receiveStream({ header, payload }: Packet): void {
    const stream = this.streams.get(header.serial)
    // Data may still be under way for a stream that was given up.
    stream?.receive(
      { type: header.type, status: header.status, bytes: payload },
      () => {
        const reader = new XdrReader(payload)
        const { length } = readMessageHole(reader)
        reader.end()
        return length
      },
      () => readError(payload, null),
    )
  }

  private carrier(spec: CallSpec<never, unknown>, serial: number): StreamCarrier {
    const { outbox } = this
    return {
      sendData: (bytes) => outbox.sendData(spec, serial, bytes),
      sendHole: (lengthBytes) => outbox.sendHole(spec, serial, lengthBytes),
      sendStatus: (how) => outbox.sendStreamStatus(spec, serial, how),
      hold: (paused) => this.hold(serial, paused),
      release: () => {
        this.streams.delete(serial)
      },
    }
  }

  private hold(serial: number, paused: boolean): void {
    if (paused) this.held.add(serial)
    else this.held.delete(serial)
    if (this.held.size > 0) this.transport.pause()
    else this.transport.resume()
  }

  private nextSerial(): number {
    do this.lastSerial = this.lastSerial >= 0xffff_ffff ? 1 : this.lastSerial + 1
    while (this.pending.has(this.lastSerial) || this.streams.has(this.lastSerial))
    return this.lastSerial
  }

  private shut(reason: CloseReason): void {
    if (this.closeReason !== null) return
    this.closeReason = reason
    this.keepAlive?.stop()
    this.queue.clear()
    const error = new RpcClosedError(reason)
    for (const stream of [...this.streams.values()]) stream.fail(error)
    for (const call of this.pending.values()) {
      if (call.isSettled) call.late()
      call.settle(error)
    }
    this.pending.clear()
    this.events.clear()
    this.outbox.close()
    this.transport.destroy()
    this.settleClosed(reason)
  }
}
