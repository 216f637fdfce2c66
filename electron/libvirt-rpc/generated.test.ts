import { describe, expect, it } from 'vitest'
import { typeName } from './codegen/names'
import * as readers from './generated/read.gen'
import * as writers from './generated/write.gen'
import { randomValue, seeded } from './testing/random'
import { decodeType, encodeType, types } from './testing/reference-codec'
import { XdrReader } from './xdr/reader'
import { XdrWriter } from './xdr/writer'

const read = readers as unknown as Record<string, (r: XdrReader) => unknown>
const write = writers as unknown as Record<string, (w: XdrWriter, value: unknown) => void>
const named = [...types]
  .filter(([, type]) => type.kind === 'struct' || type.kind === 'union')
  .map(([name]) => name)
const samplesPerType = 25

function samples(name: string, index: number): unknown[] {
  const random = seeded(index * 7919 + 1)
  return Array.from({ length: samplesPerType }, () => randomValue(name, random))
}

describe('the generated codecs', () => {
  it('exist for every struct and union of the protocol', () => {
    const expected = named.map((name) => typeName(name)).sort()
    expect(new Set(expected).size).toBe(expected.length)
    expect(Object.keys(read).sort()).toEqual(expected.map((name) => `read${name}`))
    expect(Object.keys(write).sort()).toEqual(expected.map((name) => `write${name}`))
    expect(named.length).toBeGreaterThan(700)
  })

  it('write the bytes that an independent reading of the facts expects', () => {
    for (const [index, name] of named.entries()) {
      for (const value of samples(name, index)) {
        const writer = new XdrWriter()
        write[`write${typeName(name)}`]?.(writer, value)
        if (!writer.finish().equals(encodeType(name, value))) expect(value, name).toBe('encoded alike')
      }
    }
  })

  it('read back, to the last byte, the values that an independent reading of the facts encoded', () => {
    for (const [index, name] of named.entries()) {
      for (const value of samples(name, index)) {
        const bytes = encodeType(name, value)
        const reader = new XdrReader(bytes)
        expect(read[`read${typeName(name)}`]?.(reader), name).toEqual(value)
        reader.end()
        expect(decodeType(name, bytes), name).toEqual(value)
      }
    }
  })

  it('refuse every payload that is cut short, with a typed error', () => {
    for (const [index, name] of named.entries()) {
      const bytes = encodeType(name, samples(name, index)[0])
      for (let length = 0; length < Math.min(bytes.length, 200); length += 4) {
        expect(() => read[`read${typeName(name)}`]?.(new XdrReader(bytes.subarray(0, length)))).toThrow(
          expect.objectContaining({ name: 'RpcProtocolError' }),
        )
      }
    }
  })
})
