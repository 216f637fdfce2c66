/**
 * Packets on the byte stream (libvirt's docs/kbase/internals/rpc.rst, src/rpc/virnetprotocol.x):
 *
 *   u32 length, counting itself
 *   u32 program, u32 version, i32 procedure, i32 type, u32 serial, i32 status
 *   payload: XDR, or raw bytes for stream data
 */
import { RpcProtocolError } from './errors'
import { messageLimits, messageStatus, messageType } from './generated/message.gen'
import { packetMaxBytes } from './xdr/limits'
import { XdrWriter } from './xdr/writer'

export interface PacketHeader {
  program: number
  version: number
  procedure: number
  type: number
  serial: number
  status: number
}

export interface Packet {
  header: PacketHeader
  payload: Buffer
}

const lengthBytes = messageLimits.VIR_NET_MESSAGE_LEN_MAX
export const packetHeadBytes = lengthBytes + messageLimits.VIR_NET_MESSAGE_HEADER_MAX
const empty = Buffer.alloc(0)
/** Stream data in larger packets is handed on as it comes. */
const joinedBytes = 16 * 1024

/** One packet ready to send. Throws when the payload breaks a limit; nothing was sent then. */
export function encodePacket(header: PacketHeader, writePayload: ((w: XdrWriter) => void) | null): Buffer {
  const writer = new XdrWriter()
  writeHead(writer, header)
  writePayload?.(writer)
  const packet = writer.finish()
  packet.writeUInt32BE(packet.length, 0)
  return packet
}

/** The length word and header of a packet whose payload is raw bytes, sent after it. */
export function encodeHead(header: PacketHeader, payloadBytes: number): Buffer {
  const writer = new XdrWriter(packetHeadBytes)
  writeHead(writer, header)
  const head = writer.finish()
  head.writeUInt32BE(packetHeadBytes + payloadBytes, 0)
  return head
}

function writeHead(writer: XdrWriter, header: PacketHeader): void {
  writer.uint(0)
  writer.uint(header.program)
  writer.uint(header.version)
  writer.int(header.procedure)
  writer.int(header.type)
  writer.uint(header.serial)
  writer.int(header.status)
}

/**
 * Cuts the incoming bytes into packets. A chunk may hold many packets or a fraction of one; chunks are kept as they
 * came and only joined once a whole packet is there, so that a large reply is copied once. Much data of a
 * stream is not joined at all: it comes in pieces, each with the packet's header, as joining would copy whole volumes.
 */
export class Framer {
  private chunks: Buffer[] = []
  private bufferedBytes = 0
  private wantedBytes: number | null = null
  private skipBytes = 0
  /** Of a packet with stream data: its header, and how much of the data is to come. */
  private data: { readonly header: PacketHeader; missingBytes: number } | null = null

  /** Hands every completed packet on, in order. Throws RpcProtocolError when the bytes make no sense. */
  push(chunk: Buffer, onPacket: (packet: Packet) => void): void {
    if (chunk.length === 0) return
    this.chunks.push(chunk)
    this.bufferedBytes += chunk.length
    for (;;) {
      if (this.skipBytes > 0) {
        const skipped = Math.min(this.skipBytes, this.bufferedBytes)
        this.take(skipped)
        this.skipBytes -= skipped
        if (this.skipBytes > 0) return
      }
      if (this.data !== null) {
        if (this.bufferedBytes === 0) return
        onPacket(this.takeData(this.data))
        continue
      }
      if (this.wantedBytes === null) {
        if (this.bufferedBytes < lengthBytes) return
        this.wantedBytes = this.peekLength()
      }
      if (this.wantedBytes > joinedBytes && this.bufferedBytes >= packetHeadBytes && this.startsData()) {
        const { header } = parsePacket(this.take(packetHeadBytes))
        this.data = { header, missingBytes: this.wantedBytes - packetHeadBytes }
        this.wantedBytes = null
        continue
      }
      if (this.bufferedBytes < this.wantedBytes) return
      const packet = parsePacket(this.take(this.wantedBytes))
      this.wantedBytes = null
      this.skipBytes = descriptorBytes(packet)
      onPacket(packet)
    }
  }

  /** As much of the data as is there in one chunk. */
  private takeData(data: { readonly header: PacketHeader; missingBytes: number }): Packet {
    const payload = this.take(Math.min(data.missingBytes, this.chunks[0]?.length ?? 0))
    data.missingBytes -= payload.length
    if (data.missingBytes === 0) this.data = null
    return { header: data.header, payload }
  }

  private startsData(): boolean {
    const head = this.peek(packetHeadBytes)
    return (
      head.readInt32BE(16) === messageType.VIR_NET_STREAM &&
      head.readInt32BE(24) === messageStatus.VIR_NET_CONTINUE
    )
  }

  /** Usually within the first chunk; when it is cut, as little as needed is joined. */
  private peek(length: number): Buffer {
    const first = this.chunks[0] ?? empty
    return first.length >= length ? first : Buffer.concat(this.chunks, length)
  }

  private peekLength(): number {
    const length = this.peek(lengthBytes).readUInt32BE(0)
    if (length < packetHeadBytes || length > packetMaxBytes) {
      throw new RpcProtocolError(
        `packet length ${length} is not between ${packetHeadBytes} and ${packetMaxBytes}`,
      )
    }
    return length
  }

  private take(length: number): Buffer {
    this.bufferedBytes -= length
    const first = this.chunks[0] ?? empty
    if (first.length > length) {
      this.chunks[0] = first.subarray(length)
      return first.subarray(0, length)
    }
    if (first.length === length) {
      this.chunks.shift()
      return first
    }
    const parts: Buffer[] = []
    let used = 0
    let missing = length
    while (missing > 0) {
      const chunk = this.chunks[used] ?? empty
      if (chunk.length > missing) {
        parts.push(chunk.subarray(0, missing))
        this.chunks[used] = chunk.subarray(missing)
        break
      }
      parts.push(chunk)
      missing -= chunk.length
      used += 1
    }
    this.chunks.splice(0, used)
    return Buffer.concat(parts, length)
  }
}

function parsePacket(bytes: Buffer): Packet {
  return {
    header: {
      program: bytes.readUInt32BE(4),
      version: bytes.readUInt32BE(8),
      procedure: bytes.readInt32BE(12),
      type: bytes.readInt32BE(16),
      serial: bytes.readUInt32BE(20),
      status: bytes.readInt32BE(24),
    },
    payload: bytes.subarray(packetHeadBytes),
  }
}

/**
 * A packet with file descriptors starts with their count, and is followed by one dummy byte for each, outside the
 * announced length (virnetsocket.c sends the descriptors along with them). Node drops the descriptors, but the bytes
 * must be skipped or they would be read as the next packet's length. The count is also cut off the payload.
 */
function descriptorBytes(packet: Packet): number {
  const { type, status } = packet.header
  if (type !== messageType.VIR_NET_REPLY_WITH_FDS && type !== messageType.VIR_NET_CALL_WITH_FDS) return 0
  if (status === messageStatus.VIR_NET_ERROR) return 0
  if (packet.payload.length < 4) throw new RpcProtocolError('packet with descriptors lacks their count')
  const count = packet.payload.readUInt32BE(0)
  if (count > messageLimits.VIR_NET_MESSAGE_NUM_FDS_MAX) {
    throw new RpcProtocolError(`packet announces ${count} descriptors`)
  }
  packet.payload = packet.payload.subarray(4)
  return count
}
