/**
 * Decides, for a field of the protocol, its TypeScript type, the code that reads and writes it, and the fewest bytes it
 * can occupy. Aliases disappear here: a remote_string is `string | null`, a remote_uuid is text.
 */
import type { FieldFacts, TypeFacts, UnionCaseFacts } from './facts'
import { typeName } from './names'

/** How one field is spelled in the generated files. `write` takes the expression of the value. */
export interface Spelling {
  type: string
  read: string
  write: (value: string) => string
  minBytes: number
}

const wideTypes = new Set(['hyper', 'uhyper', 'double'])
const plainTypes = new Set(['int', 'uint', 'char', 'uchar', 'ushort', ...wideTypes])
/** Where the protocol file with the bound was not at hand: only the packet's size limits the array. */
const unknownMax = 33554408
const stringMax = 4194304

export class Resolver {
  private readonly minBytesOfStruct = new Map<string, number>()

  constructor(private readonly types: ReadonlyMap<string, TypeFacts>) {}

  field(field: Omit<FieldFacts, 'name'>): Spelling {
    if (field.array === 'var') return this.varArray(field.type, field.max ?? unknownMax)
    if (field.array === 'fixed') return this.fixedArray(field.type, field.len ?? 0)
    return field.optional === true ? this.optional(this.single(field.type)) : this.single(field.type)
  }

  /** The size below which no value of this struct can be; used to refuse impossible array counts. */
  structMinBytes(name: string): number {
    const known = this.minBytesOfStruct.get(name)
    if (known !== undefined) return known
    const facts = this.facts(name)
    if (facts.kind !== 'struct') throw new Error(`${name} is not a struct`)
    const minBytes = facts.fields.reduce((sum, field) => sum + this.field(field).minBytes, 0)
    this.minBytesOfStruct.set(name, minBytes)
    return minBytes
  }

  private single(type: string): Spelling {
    if (plainTypes.has(type)) {
      return {
        type: type === 'hyper' || type === 'uhyper' ? 'Hyper' : 'number',
        read: `r.${type}()`,
        write: (value) => `w.${type}(${value})`,
        minBytes: wideTypes.has(type) ? 8 : 4,
      }
    }
    const facts = this.facts(type)
    if (facts.kind === 'alias') return isUuid(type) ? uuid : this.field(facts)
    if (facts.kind === 'enum') return { ...this.single('int') }
    const name = typeName(type)
    return {
      type: `T.${name}`,
      read: `read${name}(r)`,
      write: (value) => `write${name}(w, ${value})`,
      minBytes: facts.kind === 'union' ? 4 + this.unionMinBytes(facts.cases) : this.structMinBytes(type),
    }
  }

  private unionMinBytes(cases: UnionCaseFacts[]): number {
    return Math.min(...cases.map((one) => this.single(one.type).minBytes))
  }

  private optional(inner: Spelling): Spelling {
    return {
      type: `${inner.type} | null`,
      read: `r.optional((r) => ${inner.read})`,
      write: (value) => `w.optional(${value}, (w, v) => ${inner.write('v')})`,
      minBytes: 4,
    }
  }

  private varArray(type: string, max: number): Spelling {
    if (type === 'string') {
      const limit = max === stringMax ? '' : String(max)
      return {
        type: 'string',
        read: `r.string(${limit})`,
        write: (value) => `w.string(${value}${limit && `, ${limit}`})`,
        minBytes: 4,
      }
    }
    if (type === 'opaque' || type === 'char') {
      const method = type === 'opaque' ? 'opaque' : 'chars'
      return {
        type: 'Uint8Array',
        read: `r.${method}(${max})`,
        write: (value) => `w.${method}(${value}, ${max})`,
        minBytes: 4,
      }
    }
    const element = this.single(type)
    return {
      type: element.type.includes(' ') ? `(${element.type})[]` : `${element.type}[]`,
      read: `r.array(${max}, ${element.minBytes}, (r) => ${element.read})`,
      write: (value) => `w.array(${value}, ${max}, (w, v) => ${element.write('v')})`,
      minBytes: 4,
    }
  }

  private fixedArray(type: string, len: number): Spelling {
    if (type !== 'opaque' && type !== 'char') throw new Error(`fixed array of ${type} is not provided for`)
    const method = type === 'opaque' ? 'fixedOpaque' : 'fixedChars'
    return {
      type: 'Uint8Array',
      read: `r.${method}(${len})`,
      write: (value) => `w.${method}(${value}, ${len})`,
      minBytes: type === 'opaque' ? Math.ceil(len / 4) * 4 : len * 4,
    }
  }

  private facts(type: string): TypeFacts {
    const facts = this.types.get(type)
    if (facts === undefined) throw new Error(`the facts do not describe the type ${type}`)
    return facts
  }
}

const isUuid = (type: string): boolean => type === 'remote_uuid' || type === 'virNetMessageUUID'

const uuid: Spelling = {
  type: 'string',
  read: 'r.uuid()',
  write: (value) => `w.uuid(${value})`,
  minBytes: 16,
}
