import { describe, expect, it } from 'vitest'
import { RpcProtocolError } from '../errors'
import { packetMaxBytes, stringMaxBytes } from './limits'
import { XdrReader } from './reader'
import { XdrWriter } from './writer'

const written = (write: (w: XdrWriter) => void): string => {
  const writer = new XdrWriter()
  write(writer)
  return writer.finish().toString('hex')
}
const reader = (hex: string) => new XdrReader(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

describe('XdrWriter', () => {
  it('pads strings and opaque data to four bytes with zeros', () => {
    expect(written((w) => w.string('abcde'))).toBe('000000056162636465000000')
    expect(written((w) => w.opaque(Uint8Array.of(1, 2, 3), 8))).toBe('0000000301020300')
    expect(written((w) => w.string(''))).toBe('00000000')
  })

  it('gives each char of an array four bytes, with its sign', () => {
    expect(written((w) => w.chars(Uint8Array.of(0x41, 0xff), 4))).toBe('0000000200000041ffffffff')
  })

  it('writes uuids however they are spelled', () => {
    const hex = '00112233445566778899aabbccddeeff'
    expect(written((w) => w.uuid('00112233-4455-6677-8899-AABBCCDDEEFF'))).toBe(hex)
    expect(written((w) => w.uuid(hex))).toBe(hex)
  })

  it('writes 64-bit values from numbers and from bigints', () => {
    expect(written((w) => w.hyper(-2))).toBe('fffffffffffffffe')
    expect(written((w) => w.uhyper(2n ** 64n - 1n))).toBe('ffffffffffffffff')
  })

  it.each<[string, (w: XdrWriter) => void]>([
    ['an int above 2^31-1', (w) => w.int(2 ** 31)],
    ['a fraction as int', (w) => w.int(1.5)],
    ['NaN as uint', (w) => w.uint(Number.NaN)],
    ['a negative uint', (w) => w.uint(-1)],
    ['an inexact number as hyper', (w) => w.hyper(2 ** 60)],
    ['a hyper of 2^63', (w) => w.hyper(2n ** 63n)],
    ['a negative uhyper', (w) => w.uhyper(-1)],
    ['a string longer than the limit', (w) => w.string('x'.repeat(stringMaxBytes + 1))],
    ['a string that fits in characters but not in bytes', (w) => w.string('é'.repeat(5), 9)],
    ['a string with a NUL', (w) => w.string('disk\0.img')],
    ['opaque data longer than its limit', (w) => w.opaque(new Uint8Array(9), 8)],
    ['fixed data of the wrong length', (w) => w.fixedOpaque(new Uint8Array(15), 16)],
    ['an array longer than its limit', (w) => w.array([1, 2, 3], 2, (each, v) => each.int(v))],
    ['text that is no uuid', (w) => w.uuid('not-a-uuid')],
    ['more than a packet can hold', (w) => w.opaque(new Uint8Array(packetMaxBytes), packetMaxBytes)],
  ])('refuses %s', (_what, write) => {
    expect(() => write(new XdrWriter())).toThrow(RpcProtocolError)
  })
})

describe('XdrReader', () => {
  it('gives 64-bit values as numbers while exact, and as bigints beyond', () => {
    expect(reader('001fffffffffffff').uhyper()).toBe(Number.MAX_SAFE_INTEGER)
    expect(reader('0020000000000000').uhyper()).toBe(2n ** 53n)
    expect(reader('ffe0000000000001').hyper()).toBe(-Number.MAX_SAFE_INTEGER)
    expect(reader('8000000000000000').hyper()).toBe(-(2n ** 63n))
    expect(reader('ffffffffffffffff').uhyper()).toBe(2n ** 64n - 1n)
  })

  it('reads text with bytes that are not UTF-8 instead of failing', () => {
    expect(reader('00000003 61ff6200').string()).toBe('a\ufffdb')
  })

  it.each<[string, string, (r: XdrReader) => unknown]>([
    ['an int cut short', '000000', (r) => r.int()],
    ['a hyper cut short', '00000000 000000', (r) => r.hyper()],
    ['a string longer than what is left', '00000005 61626364', (r) => r.string()],
    ['a string without its padding', '00000003 616263', (r) => r.string()],
    ['a string length of 2^32-1', 'ffffffff', (r) => r.string()],
    ['a string above its own limit', '00000005 6162636465000000', (r) => r.string(4)],
    ['opaque data above its limit', '00000005 6162636465000000', (r) => r.opaque(4)],
    ['a char array counted in bytes instead of words', '00000004 00000041', (r) => r.chars(32)],
    [
      'an array count above its limit',
      '00000003 000000010000000200000003',
      (r) => r.array(2, 4, (e) => e.int()),
    ],
    ['an array count that cannot fit', '00004000 00000001', (r) => r.array(16384, 4, (e) => e.int())],
    ['a presence flag that is neither 0 nor 1', '00000002 00000000', (r) => r.optional((e) => e.int())],
    ['left-over bytes', '00000000', (r) => r.end()],
  ])('refuses %s', (_what, hex, read) => {
    expect(() => read(reader(hex))).toThrow(RpcProtocolError)
  })

  it('does not read past its own bytes into a shared buffer', () => {
    const shared = Buffer.from('0000000100000002', 'hex')
    const r = new XdrReader(shared.subarray(0, 4))
    expect(r.int()).toBe(1)
    expect(() => r.int()).toThrow(RpcProtocolError)
  })

  it('copies opaque data out of the packet', () => {
    const packet = Buffer.from('0000000461626364', 'hex')
    const data = new XdrReader(packet).opaque(16)
    packet.fill(0)
    expect(data).toEqual(Uint8Array.from(Buffer.from('abcd')))
  })
})
