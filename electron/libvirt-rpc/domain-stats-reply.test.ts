import { describe, expect, it } from 'vitest'
import { DomainStatsSieve, type SievedStats } from './domain-stats-reply'
import { encodeType } from './testing/reference-codec'
import { typedParam, type ParamType, type ParamValue } from './typed-params'

type Given = readonly [field: string, type: ParamType, value: ParamValue]

const uuidOf = (id: number): string => `6a1c0f3e-9a55-4c0e-8a1b-${String(id).padStart(12, '0')}`

function reply(...domains: (readonly Given[])[]): Uint8Array {
  const retStats = domains.map((params, index) => ({
    dom: { name: `vm-${index}`, uuid: uuidOf(index), id: index },
    params: params.map((one) => typedParam(...one)),
  }))
  return encodeType('remote_connect_get_all_domain_stats_ret', { retStats })
}

const patterns = ['cpu.time', 'state.state', 'balloon.rss', 'block.*.rd.bytes', 'net.*.rx.bytes', 'x.double']
const read = (bytes: Uint8Array, sieve = new DomainStatsSieve(patterns)): SievedStats[] => [
  ...sieve.read(bytes),
]
const values = (...domains: (readonly Given[])[]): Record<string, number>[] =>
  read(reply(...domains)).map((one) => Object.fromEntries(one.values))

const full: readonly Given[] = [
  ['state.state', 'int', 1],
  ['cpu.time', 'ullong', 2n ** 40n],
  ['cpu.user', 'ullong', 5],
  ['block.count', 'uint', 2],
  ['block.0.name', 'string', 'vda'],
  ['block.0.rd.bytes', 'ullong', 7],
  ['block.1.name', 'string', 'a longer name'],
  ['block.1.rd.bytes', 'ullong', 30],
  ['x.boolean', 'boolean', true],
  ['x.double', 'double', 0.5],
  ['balloon.rss', 'llong', -3],
]

describe('statistics of many domains', () => {
  it('keep each device by its own name when wanted, with its texts', () => {
    const sieve = new DomainStatsSieve(['block.count', 'block.*.name', 'block.*.rd.bytes'])
    const bytes = reply(full, [['block.0.name', 'string', 'sda']], full)
    expect([...sieve.readEach(bytes)].map(({ values: own }) => Object.fromEntries(own))).toEqual([
      {
        'block.count': 2,
        'block.0.name': 'vda',
        'block.0.rd.bytes': 7,
        'block.1.name': 'a longer name',
        'block.1.rd.bytes': 30,
      },
      { 'block.0.name': 'sda' },
      expect.objectContaining({ 'block.1.rd.bytes': 30 }),
    ])
  })

  it('keep the named fields and add up those of several devices', () => {
    expect(values(full)).toEqual([
      {
        'state.state': 1,
        'cpu.time': 2 ** 40,
        'block.*.rd.bytes': 37,
        'x.double': 0.5,
        'balloon.rss': -3,
      },
    ])
  })

  it('name each domain', () => {
    expect(read(reply([], full)).map(({ domain }) => domain)).toEqual([
      { name: 'vm-0', uuid: uuidOf(0), id: 0 },
      { name: 'vm-1', uuid: uuidOf(1), id: 1 },
    ])
  })

  it('are right for domains that have their fields in another order or number', () => {
    const turned = full.toReversed()
    const less = full.slice(2, 6)
    expect(values(full, turned, less, full)).toEqual([
      ...values(full),
      ...values(turned),
      ...values(less),
      ...values(full),
    ])
  })

  it('are not confused by names that begin alike or differ in the last letter', () => {
    expect(
      values(
        [['cpu.time', 'int', 1]],
        [['cpu.timf', 'int', 2]],
        [['cpu.tim', 'int', 3]],
        [['cpu.time.more', 'int', 4]],
        [['cpu.time', 'int', 5]],
      ),
    ).toEqual([{ 'cpu.time': 1 }, {}, {}, {}, { 'cpu.time': 5 }])
  })

  it('leave out a text where a number was wanted', () => {
    expect(values([['cpu.time', 'string', 'soon']])).toEqual([{}])
  })

  it('may be read again and again by one sieve', () => {
    const sieve = new DomainStatsSieve(patterns)
    expect(read(reply(full), sieve)).toEqual(read(reply(full), sieve))
  })

  it('that are cut anywhere are refused', () => {
    const bytes = reply(full, full)
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => read(bytes.subarray(0, length)), `cut at ${length}`).toThrow(/needed|does not fit|left/)
    }
  })

  it('with bytes left over, of an unknown type, or too many are refused', () => {
    expect(() => read(Buffer.concat([reply(full), Buffer.alloc(4)]))).toThrow('left over')
    const unknownType = Buffer.from(reply([['cpu.time', 'int', 1]]))
    unknownType.writeInt32BE(99, unknownType.length - 8)
    expect(() => read(unknownType)).toThrow('type 99')
    expect(() => read(Buffer.from([0x7f, 0xff, 0xff, 0xff]))).toThrow('domains')
  })
})
