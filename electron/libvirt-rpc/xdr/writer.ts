/**
 * Writes XDR (RFC 4506). Values out of range are refused before a byte leaves: an oversized string would only earn a
 * polite error from libvirt, but an oversized packet makes the daemon cut the connection.
 */
import { RpcProtocolError } from '../errors'
import { type Hyper, packetMaxBytes, stringMaxBytes } from './limits'
import { padded } from './reader'

export class XdrWriter {
  private buffer: Buffer
  private at = 0

  constructor(initialBytes = 256) {
    this.buffer = Buffer.allocUnsafe(initialBytes)
  }

  get lengthBytes(): number {
    return this.at
  }

  /** What was written so far. It shares memory with the writer, which should not be used afterwards. */
  finish(): Buffer {
    return this.buffer.subarray(0, this.at)
  }

  int(value: number): void {
    inRange(value, -0x8000_0000, 0x7fff_ffff, 'int')
    const at = this.reserve(4)
    this.buffer.writeInt32BE(value, at)
  }

  uint(value: number): void {
    inRange(value, 0, 0xffff_ffff, 'uint')
    const at = this.reserve(4)
    this.buffer.writeUInt32BE(value, at)
  }

  char(value: number): void {
    inRange(value, -0x80, 0x7f, 'char')
    this.int(value)
  }

  uchar(value: number): void {
    inRange(value, 0, 0xff, 'uchar')
    this.uint(value)
  }

  ushort(value: number): void {
    inRange(value, 0, 0xffff, 'ushort')
    this.uint(value)
  }

  hyper(value: Hyper): void {
    const wide = wideInteger(value, 'hyper')
    if (BigInt.asIntN(64, wide) !== wide) throw new RpcProtocolError(`${value} is not a hyper`)
    const at = this.reserve(8)
    this.buffer.writeBigInt64BE(wide, at)
  }

  uhyper(value: Hyper): void {
    const wide = wideInteger(value, 'uhyper')
    if (BigInt.asUintN(64, wide) !== wide) throw new RpcProtocolError(`${value} is not a uhyper`)
    const at = this.reserve(8)
    this.buffer.writeBigUInt64BE(wide, at)
  }

  double(value: number): void {
    const at = this.reserve(8)
    this.buffer.writeDoubleBE(value, at)
  }

  /**
   * A NUL is refused: libvirt reads strings as C strings and would silently act on the part before it, so that what
   * we checked is not what it uses.
   */
  string(value: string, maxBytes = stringMaxBytes): void {
    if (value.includes('\0')) throw new RpcProtocolError('a string may not contain a NUL character')
    const length = Buffer.byteLength(value, 'utf8')
    this.count(length, maxBytes, 'string')
    const at = this.reserve(padded(length))
    this.buffer.write(value, at, length, 'utf8')
    this.buffer.fill(0, at + length, this.at)
  }

  opaque(value: Uint8Array, maxBytes: number): void {
    this.count(value.length, maxBytes, 'opaque')
    this.raw(value)
  }

  fixedOpaque(value: Uint8Array, length: number): void {
    if (value.length !== length) throw new RpcProtocolError(`expected ${length} bytes, got ${value.length}`)
    this.raw(value)
  }

  /** Accepts a uuid with or without hyphens, in either case. */
  uuid(value: string): void {
    const hex = value.replaceAll('-', '')
    if (!/^[0-9a-fA-F]{32}$/.test(hex)) throw new RpcProtocolError(`"${value}" is not a uuid`)
    const at = this.reserve(16)
    this.buffer.write(hex, at, 16, 'hex')
  }

  /** char<max>: signed on the wire, 4 bytes for every element. */
  chars(value: Uint8Array, maxCount: number): void {
    this.count(value.length, maxCount, 'char array')
    this.fixedChars(value, value.length)
  }

  fixedChars(value: Uint8Array, count: number): void {
    if (value.length !== count) throw new RpcProtocolError(`expected ${count} chars, got ${value.length}`)
    for (const byte of value) this.int((byte << 24) >> 24)
  }

  array<T>(values: readonly T[], maxCount: number, writeElement: (w: XdrWriter, value: T) => void): void {
    this.count(values.length, maxCount, 'array')
    for (const value of values) writeElement(this, value)
  }

  optional<T>(value: T | null, write: (w: XdrWriter, value: T) => void): void {
    this.uint(value === null ? 0 : 1)
    if (value !== null) write(this, value)
  }

  private raw(value: Uint8Array): void {
    const at = this.reserve(padded(value.length))
    this.buffer.set(value, at)
    this.buffer.fill(0, at + value.length, this.at)
  }

  private count(count: number, max: number, what: string): void {
    if (count > max) throw new RpcProtocolError(`${what} length ${count} exceeds its limit ${max}`)
    this.uint(count)
  }

  private reserve(length: number): number {
    const at = this.at
    const end = at + length
    if (end > packetMaxBytes) throw new RpcProtocolError(`packet would exceed ${packetMaxBytes} bytes`)
    if (end > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.min(Math.max(end, this.buffer.length * 2), packetMaxBytes))
      this.buffer.copy(grown, 0, 0, at)
      this.buffer = grown
    }
    this.at = end
    return at
  }
}

function inRange(value: number, min: number, max: number, what: string): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RpcProtocolError(`${value} is not a ${what}`)
  }
}

function wideInteger(value: Hyper, what: string): bigint {
  if (typeof value === 'bigint') return value
  if (!Number.isSafeInteger(value)) throw new RpcProtocolError(`${value} is not a ${what}`)
  return BigInt(value)
}
