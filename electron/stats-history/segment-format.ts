/**
 * A file of rows that is only ever written at its end:
 *
 *   "INKSTATS", u32 version, then blocks: u32 length, u32 crc32 of what follows, u8 kind, content
 *
 * A block of kind 1 names series as JSON: [number, key, [figure, …]]; one of kind 2 has rows: u32 number, f64 time, and a
 * f32 for each figure of that series. A block that a crash cut off is found by its length or sum, and ends the file.
 */
import { crc32 } from '../packages/crc32'

const magic = Buffer.from('INKSTATS', 'latin1')
const version = 1
const headBytes = magic.length + 4
const blockHeadBytes = 9
const rowHeadBytes = 12
/** More than is ever written: a length beyond it is no length. */
const maxBlockBytes = 64 << 20

const kindSeries = 1
const kindRows = 2

export interface SeriesName {
  readonly number: number
  readonly key: string
  readonly figures: readonly string[]
}

export interface StoredRow {
  readonly number: number
  readonly atMs: number
  readonly row: Float32Array
}

export function fileHead(): Buffer {
  const head = Buffer.alloc(headBytes)
  magic.copy(head)
  head.writeUInt32LE(version, magic.length)
  return head
}

export function seriesBlock(names: readonly SeriesName[]): Buffer {
  const text = JSON.stringify(names.map(({ number, key, figures }) => [number, key, figures]))
  return block(kindSeries, Buffer.from(text))
}

export function rowsBlock(rows: readonly StoredRow[]): Buffer {
  const content = Buffer.allocUnsafe(rows.reduce((sum, { row }) => sum + rowHeadBytes + row.length * 4, 0))
  let at = 0
  for (const { number, atMs, row } of rows) {
    content.writeUInt32LE(number, at)
    content.writeDoubleLE(atMs, at + 4)
    at += rowHeadBytes
    for (const value of row) at = content.writeFloatLE(value, at)
  }
  return block(kindRows, content)
}

function block(kind: number, content: Buffer): Buffer {
  const whole = Buffer.allocUnsafe(blockHeadBytes + content.length)
  whole.writeUInt32LE(content.length + 1, 0)
  whole.writeUInt8(kind, 8)
  content.copy(whole, blockHeadBytes)
  whole.writeUInt32LE(crc32(whole.subarray(8)), 4)
  return whole
}

export interface Reader {
  series(name: SeriesName): void
  row(row: StoredRow): void
}

/** Reads one block after the other, so that the caller may stop between them; ends at the first that is not whole. */
export function* readSegment(file: Buffer, reader: Reader): Generator<void, void, undefined> {
  if (!file.subarray(0, magic.length).equals(magic) || file.length < headBytes) return
  // of a later Innkeeper: not ours to guess at
  if (file.readUInt32LE(magic.length) !== version) return
  const widths = new Map<number, number>()
  for (let at = headBytes; at + blockHeadBytes <= file.length; ) {
    const length = file.readUInt32LE(at)
    const end = at + 8 + length
    if (length < 1 || length > maxBlockBytes || end > file.length) return
    const whole = file.subarray(at + 8, end)
    if (crc32(whole) !== file.readUInt32LE(at + 4)) return
    const content = whole.subarray(1)
    if (whole[0] === kindSeries) readSeries(content, widths, reader)
    else if (whole[0] === kindRows) readRows(content, widths, reader)
    at = end
    yield
  }
}

function readSeries(content: Buffer, widths: Map<number, number>, reader: Reader): void {
  const names = JSON.parse(content.toString()) as readonly [number, string, readonly string[]][]
  for (const [number, key, figures] of names) {
    widths.set(number, figures.length)
    reader.series({ number, key, figures })
  }
}

function readRows(content: Buffer, widths: ReadonlyMap<number, number>, reader: Reader): void {
  for (let at = 0; at + rowHeadBytes <= content.length; ) {
    const number = content.readUInt32LE(at)
    const atMs = content.readDoubleLE(at + 4)
    const width = widths.get(number)
    if (width === undefined) return
    at += rowHeadBytes
    if (at + width * 4 > content.length) return
    const row = new Float32Array(width)
    for (let index = 0; index < width; index += 1) row[index] = content.readFloatLE(at + index * 4)
    at += width * 4
    reader.row({ number, atMs, row })
  }
}
