/**
 * A disc with a few small files in its root: ISO 9660 (ECMA-119) with Joliet names beside the short ones, as cloud-init's
 * NoCloud reads it. A reader without Joliet sees "USER_DA0", so both trees lead to the same data.
 */

const sectorBytes = 2048

export interface DiscFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Where everything is, in sectors. The first sixteen are the system's own area. */
const place = {
  primary: 16,
  joliet: 17,
  terminator: 18,
  primaryPathsLittle: 19,
  primaryPathsBig: 20,
  jolietPathsLittle: 21,
  jolietPathsBig: 22,
  primaryRoot: 23,
  jolietRoot: 24,
  files: 25,
} as const

interface PlacedFile extends DiscFile {
  readonly sector: number
}

/** `volumeId`: of at most 16 signs of ASCII, as Joliet has no room for more. */
export function seedIso(volumeId: string, files: readonly DiscFile[], madeAt: Date): Uint8Array {
  if (!/^[ -~]{1,16}$/.test(volumeId)) throw new Error(`"${volumeId}" is no name for a volume`)
  let next: number = place.files
  const placed = files.map((file): PlacedFile => {
    const sector = next
    next += Math.max(1, Math.ceil(file.bytes.length / sectorBytes))
    return { ...file, sector }
  })
  const image = Buffer.alloc(next * sectorBytes)
  const sector = (number: number): Buffer => image.subarray(number * sectorBytes, (number + 1) * sectorBytes)
  for (const tree of [primary, joliet]) {
    tree.describe(sector(tree.descriptor), volumeId, next, madeAt)
    writePathTable(sector(tree.pathsLittle), tree.root, false)
    writePathTable(sector(tree.pathsBig), tree.root, true)
    writeDirectory(sector(tree.root), tree, placed, madeAt)
  }
  sector(place.terminator).write('\xffCD001\x01', 0, 'latin1')
  for (const file of placed) Buffer.from(file.bytes).copy(image, file.sector * sectorBytes)
  return image
}

interface Tree {
  readonly descriptor: number
  readonly pathsLittle: number
  readonly pathsBig: number
  readonly root: number
  /** A file's name as its directory has it. */
  nameOf(name: string, at: number): Buffer
  describe(at: Buffer, volumeId: string, sectors: number, madeAt: Date): void
}

const primary: Tree = {
  descriptor: place.primary,
  pathsLittle: place.primaryPathsLittle,
  pathsBig: place.primaryPathsBig,
  root: place.primaryRoot,
  nameOf: (name, at) => Buffer.from(shortName(name, at), 'latin1'),
  describe(at, volumeId, sectors, madeAt) {
    at.write('\x01CD001\x01', 0, 'latin1')
    at.fill(0x20, 8, 72)
    // small letters, against 7.4.1, as everything that looks for the seed expects them
    at.write(volumeId, 40, 'latin1')
    writeDescriptor(at, this, sectors, madeAt, ' ')
  },
}

const joliet: Tree = {
  descriptor: place.joliet,
  pathsLittle: place.jolietPathsLittle,
  pathsBig: place.jolietPathsBig,
  root: place.jolietRoot,
  nameOf: (name) => wide(`${name};1`),
  describe(at, volumeId, sectors, madeAt) {
    at.write('\x02CD001\x01', 0, 'latin1')
    wide(' '.repeat(16)).copy(at, 8)
    wide(volumeId.padEnd(16)).copy(at, 40)
    // the escape sequence of UCS-2, level 3
    at.write('%/E', 88, 'latin1')
    writeDescriptor(at, this, sectors, madeAt, '\0 ')
  },
}

/** What both descriptors have at the same places (ECMA-119, 8.4 and 8.5). */
function writeDescriptor(at: Buffer, tree: Tree, sectors: number, madeAt: Date, blank: string): void {
  both32(at, 80, sectors)
  both16(at, 120, 1)
  both16(at, 124, 1)
  both16(at, 128, sectorBytes)
  both32(at, 132, pathTableBytes)
  at.writeUInt32LE(tree.pathsLittle, 140)
  at.writeUInt32BE(tree.pathsBig, 148)
  record(Buffer.from([0]), tree.root, sectorBytes, true, madeAt).copy(at, 156)
  at.fill(blank, 190, 813, 'latin1')
  const stamp = longDate(madeAt)
  at.write(stamp, 813, 'latin1')
  at.write(stamp, 830, 'latin1')
  at.write('0'.repeat(16), 847, 'latin1')
  at.write(stamp, 864, 'latin1')
  at[881] = 1
}

const pathTableBytes = 10

/** One entry: the root, which is its own parent (9.4). */
function writePathTable(at: Buffer, root: number, isBig: boolean): void {
  at[0] = 1
  if (isBig) {
    at.writeUInt32BE(root, 2)
    at.writeUInt16BE(1, 6)
  } else {
    at.writeUInt32LE(root, 2)
    at.writeUInt16LE(1, 6)
  }
}

function writeDirectory(at: Buffer, tree: Tree, files: readonly PlacedFile[], madeAt: Date): void {
  const entries = files
    .map((file, index) => ({ file, name: tree.nameOf(file.name, index) }))
    .toSorted((a, b) => Buffer.compare(a.name, b.name))
    .map(({ file, name }) => record(name, file.sector, file.bytes.length, false, madeAt))
  const all = Buffer.concat([
    record(Buffer.from([0]), tree.root, sectorBytes, true, madeAt),
    record(Buffer.from([1]), tree.root, sectorBytes, true, madeAt),
    ...entries,
  ])
  // records do not cross sectors, and a seed has three files
  if (all.length > sectorBytes) throw new Error('There is no room for so many files')
  all.copy(at)
}

/** A directory record (9.1): of even length. */
function record(name: Buffer, sector: number, lengthBytes: number, isFolder: boolean, madeAt: Date): Buffer {
  const entry = Buffer.alloc(33 + name.length + ((name.length + 1) % 2))
  entry[0] = entry.length
  both32(entry, 2, sector)
  both32(entry, 10, lengthBytes)
  entry.set(
    [
      madeAt.getUTCFullYear() - 1900,
      madeAt.getUTCMonth() + 1,
      madeAt.getUTCDate(),
      madeAt.getUTCHours(),
      madeAt.getUTCMinutes(),
      madeAt.getUTCSeconds(),
    ],
    18,
  )
  entry[25] = isFolder ? 2 : 0
  both16(entry, 28, 1)
  entry[32] = name.length
  name.copy(entry, 33)
  return entry
}

/** Eight signs that level 1 knows; the number keeps two of them apart. */
function shortName(name: string, at: number): string {
  const stem = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9_]/g, '_')
    .slice(0, 7)
  return `${stem}${at}.;1`
}

/** UCS-2, the high byte first. */
function wide(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

function longDate(date: Date): string {
  return `${date.toISOString().replaceAll(/\D/g, '').slice(0, 14)}00`
}

/** Both orders of bytes, one behind the other (7.2.3, 7.3.3). */
function both16(at: Buffer, offset: number, value: number): void {
  at.writeUInt16LE(value, offset)
  at.writeUInt16BE(value, offset + 2)
}

function both32(at: Buffer, offset: number, value: number): void {
  at.writeUInt32LE(value, offset)
  at.writeUInt32BE(value, offset + 4)
}
