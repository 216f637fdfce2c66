/**
 * A second codec for tests: it interprets the facts at run time and shares no code with the generator or the XDR
 * reader and writer, so that a mistake in those does not cancel itself out in a round trip. Slow and trusting.
 */
import { type FieldFacts, type TypeFacts, allTypes, loadFacts } from '../codegen/facts'

export const facts = loadFacts()
export const types = allTypes(facts)

type Values = Record<string, unknown>
type Shape = Omit<FieldFacts, 'name'>

export function encodeType(name: string, value: unknown): Buffer {
  const parts: Buffer[] = []
  encodeShape({ type: name }, value, parts)
  return Buffer.concat(parts)
}

export function decodeType(name: string, bytes: Buffer): unknown {
  const cursor = { bytes, at: 0 }
  const value = decodeShape({ type: name }, cursor)
  if (cursor.at !== bytes.length) throw new Error(`${name}: ${bytes.length - cursor.at} bytes left over`)
  return value
}

export function typeFacts(name: string): TypeFacts {
  const type = types.get(name)
  if (type === undefined) throw new Error(`no such type: ${name}`)
  return type
}

export const isUuidType = (name: string): boolean => /uuid$/i.test(name)

function encodeShape(shape: Shape, value: unknown, out: Buffer[]): void {
  if (shape.optional === true) {
    out.push(u32(value === null ? 0 : 1))
    if (value !== null) encodeShape({ type: shape.type }, value, out)
    return
  }
  if (shape.array === undefined) return encodeOne(shape.type, value, out)
  if (shape.type === 'string' || shape.type === 'opaque') {
    const bytes = Buffer.from(value as string)
    if (shape.array === 'var') out.push(u32(bytes.length))
    out.push(bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4))
    return
  }
  const elements = [...(value as Iterable<unknown>)]
  if (shape.array === 'var') out.push(u32(elements.length))
  for (const one of elements) encodeOne(shape.type, one, out)
}

function encodeOne(type: string, value: unknown, out: Buffer[]): void {
  const buffer = Buffer.alloc(8)
  switch (type) {
    case 'int':
      buffer.writeInt32BE(value as number)
      out.push(buffer.subarray(0, 4))
      return
    case 'char':
      // Bytes are unsigned with us, chars are signed in C.
      buffer.writeInt32BE((value as number) > 127 ? (value as number) - 256 : (value as number))
      out.push(buffer.subarray(0, 4))
      return
    case 'uint':
    case 'uchar':
    case 'ushort':
      out.push(u32(value as number))
      return
    case 'hyper':
      buffer.writeBigInt64BE(BigInt(value as number))
      out.push(buffer)
      return
    case 'uhyper':
      buffer.writeBigUInt64BE(BigInt(value as number))
      out.push(buffer)
      return
    case 'double':
      buffer.writeDoubleBE(value as number)
      out.push(buffer)
      return
  }
  const named = typeFacts(type)
  if (named.kind === 'enum') return encodeOne('int', value, out)
  if (named.kind === 'alias') {
    if (isUuidType(type)) out.push(Buffer.from((value as string).replaceAll('-', ''), 'hex'))
    else encodeShape(named, value, out)
  } else if (named.kind === 'union') {
    const tag = (value as Values)[named.switch.name] as number
    const chosen = named.cases.find((one) => one.case === tag)
    out.push(u32(tag))
    if (chosen !== undefined) encodeOne(chosen.type, (value as Values)['value'], out)
  } else {
    for (const field of named.fields) encodeShape(field, (value as Values)[field.name], out)
  }
}

interface Cursor {
  bytes: Buffer
  at: number
}

function decodeShape(shape: Shape, cursor: Cursor): unknown {
  if (shape.optional === true) return next32(cursor) === 0 ? null : decodeShape({ type: shape.type }, cursor)
  if (shape.array === undefined) return decodeOne(shape.type, cursor)
  const count = shape.array === 'var' ? next32(cursor) : (shape.len ?? 0)
  if (shape.type === 'string' || shape.type === 'opaque') {
    const bytes = cursor.bytes.subarray(cursor.at, cursor.at + count)
    cursor.at += Math.ceil(count / 4) * 4
    return shape.type === 'string' ? bytes.toString() : new Uint8Array(bytes)
  }
  const elements = Array.from({ length: count }, () => decodeOne(shape.type, cursor))
  return shape.type === 'char' ? Uint8Array.from(elements as number[]) : elements
}

function decodeOne(type: string, cursor: Cursor): unknown {
  switch (type) {
    case 'int':
    case 'char':
      return next32(cursor) | 0
    case 'uint':
    case 'uchar':
    case 'ushort':
      return next32(cursor)
    case 'hyper':
      return narrow(cursor.bytes.readBigInt64BE(advance(cursor, 8)))
    case 'uhyper':
      return narrow(cursor.bytes.readBigUInt64BE(advance(cursor, 8)))
    case 'double':
      return cursor.bytes.readDoubleBE(advance(cursor, 8))
  }
  const named = typeFacts(type)
  if (named.kind === 'enum') return next32(cursor) | 0
  if (named.kind === 'alias') {
    if (!isUuidType(type)) return decodeShape(named, cursor)
    const hex = cursor.bytes.subarray(cursor.at, cursor.at + 16).toString('hex')
    cursor.at += 16
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
  if (named.kind === 'union') {
    const tag = next32(cursor)
    const chosen = named.cases.find((one) => one.case === tag)
    if (chosen === undefined) throw new Error(`${type} has no case ${tag}`)
    return { [named.switch.name]: tag, value: decodeOne(chosen.type, cursor) }
  }
  return Object.fromEntries(named.fields.map((field) => [field.name, decodeShape(field, cursor)]))
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}

function advance(cursor: Cursor, length: number): number {
  cursor.at += length
  return cursor.at - length
}

const next32 = (cursor: Cursor): number => cursor.bytes.readUInt32BE(advance(cursor, 4))

const narrow = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value
