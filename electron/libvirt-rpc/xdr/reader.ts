/**
 * Reads XDR (RFC 4506) from one packet's payload. Every read is checked against what is left, and an array's count
 * against the smallest size its elements can have, before anything is allocated: the peer is not trusted.
 *
 * Everything is big-endian and takes a multiple of 4 bytes. Smaller integers (char, short, bool) take 4 bytes each,
 * also as array elements; only opaque and string are packed and then padded to 4.
 */
import { RpcProtocolError } from '../errors'
import { type Hyper, stringMaxBytes } from './limits'

export class XdrReader {
  private readonly view: Buffer
  /** For numbers: V8 compiles these to single instructions, Buffer's own are functions. */
  private readonly numbers: DataView
  private at = 0

  constructor(bytes: Uint8Array) {
    this.view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get remainingBytes(): number {
    return this.view.length - this.at
  }

  int(): number {
    const at = this.take(4)
    return this.numbers.getInt32(at)
  }

  uint(): number {
    const at = this.take(4)
    return this.numbers.getUint32(at)
  }

  /** An int of which only the low 8 bits count, as libvirt's C side reads it. */
  char(): number {
    return (this.int() << 24) >> 24
  }

  uchar(): number {
    return this.uint() & 0xff
  }

  ushort(): number {
    return this.uint() & 0xffff
  }

  hyper(): Hyper {
    const at = this.take(8)
    const exact = this.numbers.getInt32(at) * 0x1_0000_0000 + this.numbers.getUint32(at + 4)
    return Number.isSafeInteger(exact) ? exact : this.numbers.getBigInt64(at)
  }

  uhyper(): Hyper {
    const at = this.take(8)
    const exact = this.numbers.getUint32(at) * 0x1_0000_0000 + this.numbers.getUint32(at + 4)
    return Number.isSafeInteger(exact) ? exact : this.numbers.getBigUint64(at)
  }

  double(): number {
    const at = this.take(8)
    return this.numbers.getFloat64(at)
  }

  /** UTF-8. Guest names and paths need not be valid UTF-8: bad bytes become U+FFFD rather than an error. */
  string(maxBytes = stringMaxBytes): string {
    const length = this.count(maxBytes, 'string')
    const at = this.take(padded(length))
    return this.view.toString('utf8', at, at + length)
  }

  /** The bytes are copied, so that keeping them does not keep the whole packet alive. */
  opaque(maxBytes: number): Uint8Array {
    return this.fixedOpaque(this.count(maxBytes, 'opaque'))
  }

  fixedOpaque(length: number): Uint8Array {
    const at = this.take(padded(length))
    return new Uint8Array(this.view.subarray(at, at + length))
  }

  /** A 16-byte uuid as lower-case text with hyphens. */
  uuid(): string {
    const at = this.take(16)
    const hex = this.view.toString('hex', at, at + 16)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }

  /** char<max>: a count and then 4 bytes for every element. */
  chars(maxCount: number): Uint8Array {
    return this.fixedChars(this.count(maxCount, 'char array'))
  }

  fixedChars(count: number): Uint8Array {
    const at = this.take(count * 4)
    const chars = new Uint8Array(count)
    for (let i = 0; i < count; i++) chars[i] = this.view.readUInt8(at + i * 4 + 3)
    return chars
  }

  /** `minElementBytes` is the least an element can occupy; the generator knows it for every type. */
  array<T>(maxCount: number, minElementBytes: number, readElement: (r: XdrReader) => T): T[] {
    const count = this.count(maxCount, 'array')
    if (count * minElementBytes > this.remainingBytes) {
      throw new RpcProtocolError(`array of ${count} elements does not fit in ${this.remainingBytes} bytes`)
    }
    const elements: T[] = []
    for (let i = 0; i < count; i++) elements.push(readElement(this))
    return elements
  }

  /** XDR's pointer: a presence flag, then the value. */
  optional<T>(read: (r: XdrReader) => T): T | null {
    const flag = this.uint()
    if (flag > 1) throw new RpcProtocolError(`presence flag is ${flag}`)
    return flag === 1 ? read(this) : null
  }

  skip(lengthBytes: number): void {
    this.take(lengthBytes)
  }

  /** All that is left, as a view of the packet. */
  rest(): Uint8Array {
    const at = this.take(this.remainingBytes)
    return this.view.subarray(at)
  }

  /** Passes over a string if it is this one (length, and content as padded words); otherwise stays before it. */
  passesOver(lengthBytes: number, words: Int32Array): boolean {
    const { at } = this
    if (this.remainingBytes < 4 + words.length * 4 || this.numbers.getUint32(at) !== lengthBytes) return false
    for (let word = 0; word < words.length; word += 1) {
      if (this.numbers.getInt32(at + 4 + word * 4) !== words[word]) return false
    }
    this.at = at + 4 + words.length * 4
    return true
  }

  /** To be called after the last field: bytes left over mean that we and the peer disagree about the layout. */
  end(): void {
    if (this.remainingBytes > 0) throw new RpcProtocolError(`${this.remainingBytes} bytes left over`)
  }

  private count(max: number, what: string): number {
    const count = this.uint()
    if (count > max) throw new RpcProtocolError(`${what} length ${count} exceeds its limit ${max}`)
    return count
  }

  private take(length: number): number {
    const at = this.at
    if (length > this.view.length - at) {
      throw new RpcProtocolError(`needed ${length} bytes at offset ${at}, only ${this.view.length - at} left`)
    }
    this.at = at + length
    return at
  }
}

export const padded = (length: number): number => (length + 3) & ~3
