import { expect, test } from 'vitest'
import { descriptorsAt, descriptorsBytes, readIsoHeader } from '../os-catalogue/iso-header'
import { seedIso, type DiscFile } from './seed-iso'

const madeAt = new Date('2026-11-29T03:04:05Z')
const sector = 2048
const file = (name: string, text: string): DiscFile => ({ name, bytes: new TextEncoder().encode(text) })
const seed = (userData: string): Buffer =>
  Buffer.from(
    seedIso(
      'cidata',
      [file('user-data', userData), file('meta-data', 'instance-id: x\n'), file('network-config', '')],
      madeAt,
    ),
  )

/** A reader that shares nothing with the writer: ECMA-119 from the descriptor of this type down. */
function read(image: Buffer, type: 1 | 2): Record<string, string> {
  let at = 16 * sector
  while (image[at] !== type) {
    if (image[at] === 255) throw new Error('There is no such descriptor')
    at += sector
  }
  const root = image.subarray(at + 156, at + 190)
  const begin = root.readUInt32LE(2) * sector
  const folder = image.subarray(begin, begin + root.readUInt32LE(10))
  const found: Record<string, string> = {}
  for (let place = 0; (folder[place] ?? 0) > 0; place += folder[place] ?? 0) {
    const entry = folder.subarray(place, place + (folder[place] ?? 0))
    expect(entry.readUInt32LE(2)).toBe(entry.readUInt32BE(6))
    expect(entry.readUInt32LE(10)).toBe(entry.readUInt32BE(14))
    if (((entry[25] ?? 0) & 2) !== 0) continue
    const raw = entry.subarray(33, 33 + (entry[32] ?? 0))
    const name = type === 2 ? Buffer.from(raw).swap16().toString('utf16le') : raw.toString('latin1')
    const data = entry.readUInt32LE(2) * sector
    found[name] = image.toString('utf8', data, data + entry.readUInt32LE(10))
  }
  return found
}

test('cloud-init finds its three files by their long names, whatever their size', () => {
  for (const length of [0, 1, sector - 1, sector, sector + 1, 5 * sector, 300_000]) {
    const text = 'ü'.repeat(length >> 1) + 'x'.repeat(length % 2)
    const image = seed(text)
    expect(image.length % sector).toBe(0)
    expect(read(image, 2)).toEqual({
      'user-data;1': text,
      'meta-data;1': 'instance-id: x\n',
      'network-config;1': '',
    })
  }
})

test('a reader without Joliet finds the same by short names', () => {
  const files = read(seed('#cloud-config\n'), 1)
  expect(files).toEqual({
    'META_DA1.;1': 'instance-id: x\n',
    'NETWORK2.;1': '',
    'USER_DA0.;1': '#cloud-config\n',
  })
  // as ECMA-119, 9.3 has it
  expect(Object.keys(files)).toEqual(Object.keys(files).toSorted())
})

test('the disc says that it is cloud-init’s, and how large it is', () => {
  const image = seed('#cloud-config\n')
  const header = readIsoHeader(image.subarray(descriptorsAt, descriptorsAt + descriptorsBytes))
  expect(header).toMatchObject({ volumeId: 'cidata', sizeBytes: image.length })
  expect(header?.bootCatalogAt).toBeUndefined()
  const joliet = image.subarray(17 * sector, 18 * sector)
  expect(joliet.toString('latin1', 88, 91)).toBe('%/E')
  expect(Buffer.from(joliet.subarray(40, 72)).swap16().toString('utf16le').trimEnd()).toBe('cidata')
})

test('a label that Joliet has no room for is refused', () => {
  expect(() => seedIso('a-label-that-is-too-long', [], madeAt)).toThrow(/no name/)
})
