/**
 * The reply to CONNECT_GET_ALL_DOMAIN_STATS, read for a few fields only. A thousand domains send forty thousand
 * fields of which we show ten; making names and values of all of them takes ten times as long as passing them over.
 * Layout (libvirt's src/remote/remote_protocol.x):
 *
 *   u32 count, then for each domain: string name, opaque uuid[16], i32 id,
 *   u32 count, then for each parameter: string field, i32 type, value
 */
import { RpcProtocolError } from './errors'
import { virTypedParameterType as types } from './generated/enums.gen'
import type { DomainHandle } from './generated/types.gen'
import { padded, XdrReader } from './xdr/reader'

export interface SievedStats {
  readonly domain: DomainHandle
  /** By pattern. Beyond 2^53 a value is rounded. */
  readonly values: ReadonlyMap<string, number>
}

/** Fields of each device by itself, by their own names. */
export interface EachStats {
  readonly domain: DomainHandle
  readonly values: ReadonlyMap<string, number | string>
}

interface Field {
  readonly name: string
  readonly lengthBytes: number
  /** The name as it stands in the packet, padded with zeros to whole words. */
  readonly words: Int32Array
  readonly pattern: string | undefined
}

/** REMOTE_CONNECT_GET_ALL_DOMAIN_STATS_MAX and REMOTE_DOMAIN_LIST_MAX. */
const maxDomains = 16_384
const maxParams = 262_144
/** Domains with more devices than this are read a little slower. */
const maxLayout = 4096

/**
 * Keeps what matches its patterns: a field's name, where `*` stands for a number and the values of all such fields are
 * added up ("block.*.rd.bytes"). One sieve serves one host: it remembers where in a reply which field stood, as each
 * domain has nearly the same fields in the same order.
 */
export class DomainStatsSieve {
  readonly #exact: ReadonlySet<string>
  readonly #sums: ReadonlySet<string>
  readonly #layout: Field[] = []

  constructor(patterns: readonly string[]) {
    this.#exact = new Set(patterns.filter((pattern) => !pattern.includes('*')))
    this.#sums = new Set(patterns.filter((pattern) => pattern.includes('*')))
  }

  /** Reads one domain after the other, so that the caller may stop between them. Throws RpcProtocolError. */
  *read(reply: Uint8Array): Generator<SievedStats, void, undefined> {
    yield* this.#domains(reply, (reader) => this.#values(reader))
  }

  /** The same, with nothing added up; texts are kept as well. */
  *readEach(reply: Uint8Array): Generator<EachStats, void, undefined> {
    yield* this.#domains(reply, (reader) => this.#each(reader))
  }

  *#domains<T>(
    reply: Uint8Array,
    valuesOf: (reader: XdrReader) => T,
  ): Generator<{ domain: DomainHandle; values: T }, void, undefined> {
    const reader = new XdrReader(reply)
    const count = reader.uint()
    if (count > maxDomains) throw new RpcProtocolError(`statistics of ${count} domains`)
    for (let domain = 0; domain < count; domain += 1) {
      yield {
        domain: { name: reader.string(), uuid: reader.uuid(), id: reader.int() },
        values: valuesOf(reader),
      }
    }
    reader.end()
  }

  #each(reader: XdrReader): Map<string, number | string> {
    const values = new Map<string, number | string>()
    const count = paramCount(reader)
    for (let index = 0; index < count; index += 1) {
      const { name, pattern } = this.#field(reader, index)
      if (pattern === undefined) {
        skipValue(reader)
        continue
      }
      const value = plainValue(reader)
      values.set(name, value)
    }
    return values
  }

  #values(reader: XdrReader): Map<string, number> {
    const values = new Map<string, number>()
    const count = paramCount(reader)
    for (let index = 0; index < count; index += 1) {
      const { pattern } = this.#field(reader, index)
      if (pattern === undefined) {
        skipValue(reader)
        continue
      }
      const value = plainValue(reader)
      if (typeof value === 'string') continue
      values.set(pattern, this.#sums.has(pattern) ? (values.get(pattern) ?? 0) + value : value)
    }
    return values
  }

  #field(reader: XdrReader, index: number): Field {
    const expected = this.#layout[index]
    if (expected && reader.passesOver(expected.lengthBytes, expected.words)) return expected
    const name = reader.string()
    const field = { ...wordsOf(name), name, pattern: this.#patternOf(name) }
    if (index < maxLayout) this.#layout[index] = field
    return field
  }

  #patternOf(name: string): string | undefined {
    if (this.#exact.has(name)) return name
    const pattern = name.replace(/\.\d+\./, '.*.')
    return this.#sums.has(pattern) ? pattern : undefined
  }
}

function wordsOf(name: string): Pick<Field, 'lengthBytes' | 'words'> {
  const bytes = Buffer.from(name)
  const whole = Buffer.alloc(padded(bytes.length))
  bytes.copy(whole)
  const words = new Int32Array(whole.length / 4)
  for (let at = 0; at < words.length; at += 1) words[at] = whole.readInt32BE(at * 4)
  return { lengthBytes: bytes.length, words }
}

function paramCount(reader: XdrReader): number {
  const count = reader.uint()
  if (count > maxParams) throw new RpcProtocolError(`${count} statistics of one domain`)
  return count
}

function skipValue(reader: XdrReader): void {
  switch (reader.int()) {
    case types.VIR_TYPED_PARAM_INT:
    case types.VIR_TYPED_PARAM_UINT:
    case types.VIR_TYPED_PARAM_BOOLEAN:
      return reader.skip(4)
    case types.VIR_TYPED_PARAM_LLONG:
    case types.VIR_TYPED_PARAM_ULLONG:
    case types.VIR_TYPED_PARAM_DOUBLE:
      return reader.skip(8)
    case types.VIR_TYPED_PARAM_STRING:
      return reader.skip(padded(reader.uint()))
    default:
      throw new RpcProtocolError('a statistic of unknown type')
  }
}

function plainValue(reader: XdrReader): number | string {
  const type = reader.int()
  switch (type) {
    case types.VIR_TYPED_PARAM_INT:
    case types.VIR_TYPED_PARAM_BOOLEAN:
      return reader.int()
    case types.VIR_TYPED_PARAM_UINT:
      return reader.uint()
    case types.VIR_TYPED_PARAM_LLONG:
      return Number(reader.hyper())
    case types.VIR_TYPED_PARAM_ULLONG:
      return Number(reader.uhyper())
    case types.VIR_TYPED_PARAM_DOUBLE:
      return reader.double()
    case types.VIR_TYPED_PARAM_STRING:
      return reader.string()
    default:
      throw new RpcProtocolError(`a statistic of type ${type}`)
  }
}
