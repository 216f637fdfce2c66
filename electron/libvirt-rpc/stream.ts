/**
 * One stream of bytes inside a connection: a console, a screenshot, a volume's contents. It is opened by a call and
 * carried in packets with that call's serial (libvirt's docs/kbase/internals/rpc.rst, "Streams"):
 *
 *   continue, n bytes   data, either way          continue, 0 bytes  the daemon has no more data
 *   ok                  finish, and its answer    error              abort (ours), or the stream failed (theirs)
 *   hole packet         a run of zeros; only if the sparse flag was set at open
 *
 * There is no flow control for a single stream. The only brake is not to read the connection, which holds up all else
 * on it; so streams that may be large or chatty belong on a connection of their own.
 */
import { RpcClosedError, RpcProtocolError } from './errors'
import { messageStatus, messageType } from './generated/message.gen'
import type { StreamDirection } from './procedures'
import type { Hyper } from './xdr/limits'

export type StreamPart = { kind: 'data'; bytes: Buffer } | { kind: 'hole'; lengthBytes: number }

/** What a stream needs from the connection that carries it. */
export interface StreamCarrier {
  /** Resolves once more may be sent. */
  sendData(bytes: Uint8Array): Promise<void>
  sendHole(lengthBytes: number): Promise<void>
  sendStatus(status: 'finish' | 'abort'): void
  /** Whether the whole connection should stop reading for this stream's sake. */
  hold(paused: boolean): void
  /** The stream is over; its packets need not be delivered any more. */
  release(): void
}

/** Bytes waiting for the reader at which the connection stops reading, and at which it goes on. */
const highWaterBytes = 4 * 1024 * 1024
const lowWaterBytes = 1024 * 1024
/** Larger packets would hold up everything else; smaller ones cost throughput. */
const dataPacketBytes = 512 * 1024

type State = 'open' | 'finishing' | 'aborting' | 'over'

export class RpcStream implements AsyncIterable<StreamPart> {
  /** Settles when the stream is over, however it ended. Never rejects. */
  readonly closed: Promise<void>

  private state: State = 'open'
  private failure: Error | null = null
  private readonly parts: StreamPart[] = []
  private queuedBytes = 0
  private isHeld = false
  private endOfData = false
  private readonly readers: { resolve(part: StreamPart | null): void; reject(error: Error): void }[] = []
  private readonly overWaiters: { resolve(): void; reject(error: Error): void }[] = []
  private settleClosed: () => void = () => {}

  constructor(
    private readonly carrier: StreamCarrier,
    readonly direction: StreamDirection,
    /** Whether holes were agreed on when the stream was opened. */
    readonly isSparse: boolean,
  ) {
    this.closed = new Promise((resolve) => {
      this.settleClosed = resolve
    })
  }

  /** The next piece, or null at the end of the data. Rejects when the stream failed, after what arrived before. */
  read(): Promise<StreamPart | null> {
    const part = this.parts.shift()
    if (part !== undefined) {
      this.queuedBytes -= weight(part)
      if (this.isHeld && this.queuedBytes <= lowWaterBytes) this.hold(false)
      return Promise.resolve(part)
    }
    if (this.failure !== null) return Promise.reject(this.failure)
    if (this.endOfData || this.state !== 'open') return Promise.resolve(null)
    return new Promise((resolve, reject) => this.readers.push({ resolve, reject }))
  }

  /** Pieces until the end of the data. Leaving the loop early aborts the stream; finishing it is up to the caller. */
  async *[Symbol.asyncIterator](): AsyncGenerator<StreamPart, void, void> {
    let reachedEnd = false
    try {
      for (let part = await this.read(); part !== null; part = await this.read()) yield part
      reachedEnd = true
    } finally {
      if (!reachedEnd) await this.abort()
    }
  }

  /** All data as one buffer, for small streams such as a screenshot; finishes the stream. */
  async collect(maxBytes: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    let total = 0
    for await (const part of this) {
      const lengthBytes = part.kind === 'data' ? part.bytes.length : part.lengthBytes
      total += lengthBytes
      if (total > maxBytes) throw new RpcProtocolError(`stream is larger than ${maxBytes} bytes`)
      pieces.push(part.kind === 'data' ? part.bytes : Buffer.alloc(lengthBytes))
    }
    await this.finish()
    return Buffer.concat(pieces, total)
  }

  /** Sends data; wait for it before writing more, so that the peer can slow us down. */
  async write(bytes: Uint8Array): Promise<void> {
    // An empty packet would mean "no more data", hence no packet at all for no bytes.
    for (let at = 0; at < bytes.length; at += dataPacketBytes) {
      this.assertWritable()
      await this.carrier.sendData(bytes.subarray(at, at + dataPacketBytes))
    }
    this.assertWritable()
  }

  /** Sends a run of zeros without sending them. */
  async writeHole(lengthBytes: number): Promise<void> {
    this.assertWritable()
    // The daemon drops the whole connection on a hole that was not agreed on.
    if (!this.isSparse) throw new RpcProtocolError('this stream was not opened for holes')
    await this.carrier.sendHole(lengthBytes)
  }

  /** Says that all is done and waits for the daemon to confirm that it is stored. */
  finish(): Promise<void> {
    return this.leave('finish')
  }

  /** Gives the stream up. Never rejects: one that already ended or failed needs no more. */
  async abort(): Promise<void> {
    try {
      await this.leave('abort')
    } catch {
      // The failure was what the caller wanted to get away from.
    }
  }

  /** A packet for this stream arrived. Throws RpcProtocolError when it may not come here. */
  receive(
    packet: { type: number; status: number; bytes: Buffer },
    readHole: () => Hyper,
    readError: () => Error,
  ): void {
    if (packet.type === messageType.VIR_NET_STREAM_HOLE) this.receiveHole(readHole())
    else if (packet.status === messageStatus.VIR_NET_CONTINUE) this.receiveData(packet.bytes)
    else if (packet.status === messageStatus.VIR_NET_OK) this.over(null)
    else if (packet.status === messageStatus.VIR_NET_ERROR) this.over(this.abortedUnless(readError()))
    else throw new RpcProtocolError(`stream packet with status ${packet.status}`)
  }

  /** The connection is gone, or the call that was to open the stream failed. */
  fail(error: Error): void {
    this.over(error)
  }

  private receiveData(bytes: Buffer): void {
    if (bytes.length === 0) {
      this.endOfData = true
      for (const reader of this.readers.splice(0)) reader.resolve(null)
      return
    }
    if (this.direction === 'write') throw new RpcProtocolError('data on a stream that only takes data')
    this.enqueue({ kind: 'data', bytes })
  }

  private receiveHole(length: Hyper): void {
    if (!this.isSparse || this.direction === 'write')
      throw new RpcProtocolError('a hole where none was agreed on')
    if (typeof length !== 'number' || length < 0) throw new RpcProtocolError(`hole of ${length} bytes`)
    if (length > 0) this.enqueue({ kind: 'hole', lengthBytes: length })
  }

  private enqueue(part: StreamPart): void {
    if (this.state !== 'open') return
    const reader = this.readers.shift()
    if (reader !== undefined) {
      reader.resolve(part)
      return
    }
    this.parts.push(part)
    this.queuedBytes += weight(part)
    if (!this.isHeld && this.queuedBytes >= highWaterBytes) this.hold(true)
  }

  private leave(how: 'finish' | 'abort'): Promise<void> {
    if (this.state === 'over') return this.failure === null ? Promise.resolve() : Promise.reject(this.failure)
    if (this.state === 'open') {
      this.state = how === 'finish' ? 'finishing' : 'aborting'
      this.dropUnread()
      this.carrier.sendStatus(how)
    }
    return new Promise((resolve, reject) => this.overWaiters.push({ resolve, reject }))
  }

  /** What nobody will read must not keep the connection held, or the confirmation could never arrive. */
  private dropUnread(): void {
    this.parts.length = 0
    this.queuedBytes = 0
    for (const reader of this.readers.splice(0)) reader.resolve(null)
    if (this.isHeld) this.hold(false)
  }

  /** An error that crosses our abort on the wire is as good as its confirmation. */
  private abortedUnless(error: Error): Error | null {
    return this.state === 'aborting' ? null : error
  }

  private over(failure: Error | null): void {
    if (this.state === 'over') return
    this.state = 'over'
    this.failure = failure
    if (this.isHeld) this.hold(false)
    for (const reader of this.readers.splice(0))
      failure === null ? reader.resolve(null) : reader.reject(failure)
    for (const waiter of this.overWaiters.splice(0))
      failure === null ? waiter.resolve() : waiter.reject(failure)
    this.carrier.release()
    this.settleClosed()
  }

  private hold(paused: boolean): void {
    this.isHeld = paused
    this.carrier.hold(paused)
  }

  private assertWritable(): void {
    if (this.direction === 'read') throw new RpcProtocolError('this stream only gives data')
    if (this.failure !== null) throw this.failure
    if (this.state !== 'open') {
      throw new RpcClosedError({ kind: 'local', message: 'the stream is already finished' })
    }
  }
}

/** What a waiting part costs us. Each counts for something, or a peer could pile up tiny ones without limit. */
const weight = (part: StreamPart): number => 64 + (part.kind === 'data' ? part.bytes.length : 0)
