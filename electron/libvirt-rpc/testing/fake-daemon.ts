/**
 * A libvirt daemon in memory, for tests. It speaks through the reference codec, answers what a connection needs to be
 * opened, and does for everything else what a test tells it to.
 */
import type { Duplex } from 'node:stream'
import type { ProcedureFacts } from '../codegen/facts'
import { decodeType, encodeType, facts } from './reference-codec'

export interface ReceivedCall {
  name: string
  args: Record<string, unknown>
  serial: number
  program: number
  procedure: number
}

export interface ReceivedStreamPacket {
  serial: number
  type: number
  status: number
  payload: Buffer
}

/** Thrown by a handler to answer with an error. */
export class FakeError extends Error {
  constructor(
    readonly code: number,
    readonly domain: number,
    message: string,
  ) {
    super(message)
  }
}

export type Handler = (args: Record<string, unknown>, call: ReceivedCall) => unknown
/** Returned by a handler that answers later, by `reply` or `fail`. */
export const later = Symbol('later')

const defaults: Record<string, Handler> = {
  AUTH_LIST: () => ({ types: [0] }),
  CONNECT_OPEN: () => null,
  CONNECT_CLOSE: () => null,
  CONNECT_SUPPORTS_FEATURE: () => ({ supported: 1 }),
  CONNECT_GET_LIB_VERSION: () => ({ lib_ver: 9_000_000 }),
}

export class FakeDaemon {
  readonly calls: ReceivedCall[] = []
  readonly streamPackets: ReceivedStreamPacket[] = []
  readonly keepAlives: number[] = []
  /** The most calls that were waiting for an answer at once. */
  maxInFlight = 0
  private inFlight = 0
  private readonly handlers = new Map<string, Handler>(Object.entries(defaults))
  private readonly watchers: { isThere(): boolean; tell(): void }[] = []
  private buffered = Buffer.alloc(0)

  constructor(readonly stream: Duplex) {
    stream.on('data', (chunk: Buffer) => this.receive(chunk))
    stream.on('error', () => {})
  }

  on(name: string, handler: Handler): this {
    this.handlers.set(name, handler)
    return this
  }

  /** Resolves once the daemon has received that many calls of this name. */
  async received(name: string, count = 1): Promise<ReceivedCall> {
    const matching = () => this.calls.filter((call) => call.name === name)
    await this.until(() => matching().length >= count)
    return matching()[count - 1] as ReceivedCall
  }

  /** Resolves once something received makes the condition true. */
  until(isThere: () => boolean): Promise<void> {
    if (isThere()) return Promise.resolve()
    return new Promise((tell) => this.watchers.push({ isThere, tell }))
  }

  reply(call: ReceivedCall, ret: unknown = null): void {
    this.inFlight -= 1
    this.send(this.replyPacket(call, ret))
  }

  fail(call: ReceivedCall, error: FakeError): void {
    this.inFlight -= 1
    this.send(packet(call, { type: 1, status: 1 }, errorBytes(error)))
  }

  replyPacket(call: ReceivedCall, ret: unknown): Buffer {
    const type = find(call.program, call.procedure).ret
    return packet(call, { type: 1, status: 0 }, type === null ? Buffer.alloc(0) : encodeType(type, ret))
  }

  event(name: string, message: unknown): void {
    this.send(eventPacket(name, message))
  }

  streamPacket(
    call: ReceivedCall,
    how: 'continue' | 'ok' | FakeError,
    bytes: Uint8Array = Buffer.alloc(0),
  ): Buffer {
    if (how instanceof FakeError) return packet(call, { type: 3, status: 1 }, errorBytes(how))
    return packet(call, { type: 3, status: how === 'ok' ? 0 : 2 }, bytes)
  }

  holePacket(call: ReceivedCall, lengthBytes: number | bigint): Buffer {
    return packet(
      call,
      { type: 6, status: 2 },
      encodeType('virNetMessageHole', { length: lengthBytes, flags: 0 }),
    )
  }

  ping(): void {
    this.send(
      packet({ program: 0x6b656570, procedure: 1, serial: 0 }, { type: 2, status: 0 }, Buffer.alloc(0)),
    )
  }

  send(...packets: Uint8Array[]): void {
    if (!this.stream.destroyed) this.stream.write(Buffer.concat(packets))
  }

  private receive(chunk: Buffer): void {
    this.buffered = Buffer.concat([this.buffered, chunk])
    while (this.buffered.length >= 4 && this.buffered.length >= this.buffered.readUInt32BE(0)) {
      const length = this.buffered.readUInt32BE(0)
      const bytes = this.buffered.subarray(0, length)
      this.buffered = this.buffered.subarray(length)
      this.handle(bytes)
    }
    for (const watcher of this.watchers.filter(({ isThere }) => isThere())) {
      this.watchers.splice(this.watchers.indexOf(watcher), 1)
      watcher.tell()
    }
  }

  private handle(bytes: Buffer): void {
    const [program, procedure, type] = [bytes.readUInt32BE(4), bytes.readInt32BE(12), bytes.readInt32BE(16)]
    const [serial, status, payload] = [bytes.readUInt32BE(20), bytes.readInt32BE(24), bytes.subarray(28)]
    if (program === 0x6b656570) this.keepAlives.push(procedure)
    else if (type === 3 || type === 6)
      this.streamPackets.push({ serial, type, status, payload: Buffer.from(payload) })
    else this.handleCall({ program, procedure, serial }, payload)
  }

  private handleCall(head: { program: number; procedure: number; serial: number }, payload: Buffer): void {
    const found = find(head.program, head.procedure)
    const args = found.args === null ? {} : (decodeType(found.args, payload) as Record<string, unknown>)
    const call: ReceivedCall = { ...head, name: found.name, args }
    this.calls.push(call)
    this.inFlight += 1
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight)
    const handler = this.handlers.get(found.name)
    try {
      if (handler === undefined) throw new FakeError(39, 7, `unknown procedure: ${head.procedure}`)
      const ret = handler(args, call)
      if (ret !== later) this.reply(call, ret)
    } catch (error) {
      if (!(error instanceof FakeError)) throw error
      this.fail(call, error)
    }
  }
}

export function eventPacket(name: string, message: unknown): Buffer {
  const found = facts.programs.remote.procedures.find((one) => one.name === name)
  if (!found?.args) throw new Error(`no such event: ${name}`)
  const head = { program: facts.programs.remote.program, procedure: found.num, serial: 0 }
  return packet(head, { type: 2, status: 0 }, encodeType(found.args, message))
}

function find(program: number, procedure: number): ProcedureFacts {
  for (const one of Object.values(facts.programs)) {
    const found = one.program === program && one.procedures.find(({ num }) => num === procedure)
    if (found) return found
  }
  throw new Error(`no procedure ${procedure} in program ${program}`)
}

function errorBytes({ code, domain, message }: FakeError): Buffer {
  const rest = { level: 2, dom: null, str1: message, str2: null, str3: null, int1: -1, int2: -1, net: null }
  return encodeType('virNetMessageError', { code, domain, message, ...rest })
}

function packet(
  { program, procedure, serial }: { program: number; procedure: number; serial: number },
  { type, status }: { type: number; status: number },
  payload: Uint8Array,
): Buffer {
  const head = Buffer.alloc(28)
  head.writeUInt32BE(28 + payload.length, 0)
  head.writeUInt32BE(program, 4)
  head.writeUInt32BE(1, 8)
  head.writeInt32BE(procedure, 12)
  head.writeInt32BE(type, 16)
  head.writeUInt32BE(serial, 20)
  head.writeInt32BE(status, 24)
  return Buffer.concat([head, payload])
}
