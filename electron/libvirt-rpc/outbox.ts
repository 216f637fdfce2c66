/** What we send: builds packets and writes them to the byte stream, and tells when it can take more. */
import type { Duplex } from 'node:stream'
import { encodeHead, encodePacket } from './framing'
import { messageStatus, messageType, programs } from './generated/message.gen'
import { writeMessageHole } from './generated/write.gen'
import type { CallSpec } from './procedures'
import type { XdrWriter } from './xdr/writer'

type AnyCall = Pick<CallSpec<never, unknown>, 'program' | 'num'>

/** The protocol version of each program we speak. */
export const programVersions = new Map<number, number>(
  Object.values(programs).map(({ number, version }) => [number, version]),
)

export class Outbox {
  private drainWaiters: (() => void)[] = []
  private isClosed = false

  constructor(private readonly transport: Duplex) {
    transport.on('drain', () => this.releaseWaiters())
  }

  /** A call as bytes, to be sent when its turn comes. Throws when an argument breaks a limit of the protocol. */
  encodeCall(spec: AnyCall, serial: number, writeArgs: ((w: XdrWriter) => void) | null): Buffer {
    return encodePacket(header(spec, messageType.VIR_NET_CALL, serial, messageStatus.VIR_NET_OK), writeArgs)
  }

  send(packet: Buffer): void {
    this.transport.write(packet)
  }

  sendKeepAlive(procedure: number): void {
    const { number: program, version } = programs.keepalive
    const type = messageType.VIR_NET_MESSAGE
    this.transport.write(encodeHead({ program, version, procedure, type, serial: 0, status: 0 }, 0))
  }

  /** Stream bytes; resolves once more may be sent. */
  sendData(spec: AnyCall, serial: number, bytes: Uint8Array): Promise<void> {
    const head = header(spec, messageType.VIR_NET_STREAM, serial, messageStatus.VIR_NET_CONTINUE)
    this.transport.cork()
    this.transport.write(encodeHead(head, bytes.length))
    const hasRoom = this.transport.write(bytes)
    this.transport.uncork()
    return this.drained(hasRoom)
  }

  sendHole(spec: AnyCall, serial: number, lengthBytes: number): Promise<void> {
    const head = header(spec, messageType.VIR_NET_STREAM_HOLE, serial, messageStatus.VIR_NET_CONTINUE)
    const packet = encodePacket(head, (w) => writeMessageHole(w, { length: lengthBytes, flags: 0 }))
    return this.drained(this.transport.write(packet))
  }

  sendStreamStatus(spec: AnyCall, serial: number, how: 'finish' | 'abort'): void {
    const status = how === 'finish' ? messageStatus.VIR_NET_OK : messageStatus.VIR_NET_ERROR
    this.transport.write(encodeHead(header(spec, messageType.VIR_NET_STREAM, serial, status), 0))
  }

  /** Nobody needs to wait for room any more. */
  close(): void {
    this.isClosed = true
    this.releaseWaiters()
  }

  private drained(hasRoom: boolean): Promise<void> {
    if (hasRoom || this.isClosed) return Promise.resolve()
    return new Promise((resolve) => this.drainWaiters.push(resolve))
  }

  private releaseWaiters(): void {
    for (const release of this.drainWaiters.splice(0)) release()
  }
}

function header(spec: AnyCall, type: number, serial: number, status: number) {
  const version = programVersions.get(spec.program) ?? 1
  return { program: spec.program, version, procedure: spec.num, type, serial, status }
}
