/**
 * Packets of ssh's multiplexing socket (OpenSSH, PROTOCOL.mux): a length of four bytes, then the body. Numbers and
 * texts inside are those of RFC 4251 section 5.
 */
export type Field = number | boolean | string | Buffer | { readonly byte: number }

/** A packet of these fields: number = uint32, text and bytes with their length before them. */
export function packet(fields: readonly Field[]): Buffer {
  const parts = fields.map(encode)
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([uint32(size), ...parts], size + 4)
}

function encode(field: Field): Buffer {
  if (typeof field === 'number') return uint32(field)
  if (typeof field === 'boolean') return Buffer.from([field ? 1 : 0])
  if (typeof field === 'string' || Buffer.isBuffer(field)) {
    const bytes = typeof field === 'string' ? Buffer.from(field) : field
    return Buffer.concat([uint32(bytes.length), bytes])
  }
  return Buffer.from([field.byte])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Takes fields off a packet's body; throws when it is shorter than it says. */
export class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  byte(): number {
    this.#need(1)
    this.#at += 1
    return this.#bytes.readUInt8(this.#at - 1)
  }

  uint32(): number {
    this.#need(4)
    this.#at += 4
    return this.#bytes.readUInt32BE(this.#at - 4)
  }

  bytes(): Buffer {
    const length = this.uint32()
    this.#need(length)
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  text(): string {
    return this.bytes().toString('utf8')
  }

  #need(count: number): void {
    if (this.#at + count > this.#bytes.length) throw new Error('ssh sent a packet that is too short')
  }
}

/** More than any packet an ssh connection carries (RFC 4253 section 6.1 asks for 35000 bytes at least). */
const maxPacketBytes = 1024 * 1024

/** Cuts a byte stream into packets. Gives the bodies; throws when a length cannot be true. */
export class PacketCutter {
  #kept: Buffer[] = []
  #keptBytes = 0

  push(chunk: Buffer): Buffer[] {
    this.#kept.push(chunk)
    this.#keptBytes += chunk.length
    const bodies: Buffer[] = []
    for (;;) {
      const length = this.#length()
      if (length === undefined || this.#keptBytes < length + 4) return bodies
      const all = this.#joined()
      bodies.push(all.subarray(4, length + 4))
      this.#kept = [all.subarray(length + 4)]
      this.#keptBytes = all.length - length - 4
    }
  }

  #length(): number | undefined {
    if (this.#keptBytes < 4) return undefined
    const length = (
      (this.#kept[0]?.length ?? 0) >= 4 ? (this.#kept[0] as Buffer) : this.#joined()
    ).readUInt32BE(0)
    if (length > maxPacketBytes) throw new Error(`ssh sent a packet of ${length} bytes`)
    return length
  }

  /** Joined only when a packet is complete, so that a big one is not copied once per chunk. */
  #joined(): Buffer {
    const all =
      this.#kept.length === 1 ? (this.#kept[0] as Buffer) : Buffer.concat(this.#kept, this.#keptBytes)
    this.#kept = [all]
    return all
  }
}
