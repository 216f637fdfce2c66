/** A file of this computer as pieces of data and holes, read ahead of whoever takes them. */
import { AppError } from '../../shared/errors'
import type { VolumePart } from '../backends/storage-session'
import type { DataRange } from './data-map'
import { runsOf } from './zeros'

/** What is read at places: a FileHandle, or a part of one. */
export interface ReadableFile {
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>
}

/** One is being sent, one is read, and one is ready. */
const aheadBlocks = 2
const blockBytes = 1024 * 1024

type Piece = { readonly start: number; readonly end: number; readonly isHole: boolean }

/**
 * From `offset` to the end. The bytes of a piece are good until the next one is asked for. Data is searched for zeros too,
 * as copied images are often written out in full.
 */
export async function* localParts(
  file: ReadableFile,
  sizeBytes: number,
  offset: number,
  map: readonly DataRange[] | undefined,
): AsyncGenerator<VolumePart, void, void> {
  const buffers = Array.from({ length: aheadBlocks + 1 }, () => Buffer.allocUnsafeSlow(blockBytes))
  const pieces = piecesOf(sizeBytes, offset, map ?? [{ start: 0, end: sizeBytes }])
  const reads: Promise<{ readonly piece: Piece; readonly bytes: Buffer }>[] = []
  let count = 0
  const readAhead = (): void => {
    const next = pieces.next()
    if (next.done) return
    const piece = next.value
    const buffer = buffers[count % buffers.length] as Buffer
    if (!piece.isHole) count += 1
    const reading = readPiece(file, piece, buffer).then((bytes) => ({ piece, bytes }))
    // looked at when its turn comes
    reading.catch(() => undefined)
    reads.push(reading)
  }
  for (let at = 0; at < aheadBlocks; at += 1) readAhead()
  let holeBytes = 0
  for (let reading = reads.shift(); reading !== undefined; reading = reads.shift()) {
    const { piece, bytes } = await reading
    readAhead()
    if (piece.isHole) {
      holeBytes += piece.end - piece.start
      continue
    }
    for (const { isZero, start, end } of runsOf(bytes)) {
      if (isZero) {
        holeBytes += end - start
        continue
      }
      if (holeBytes > 0) yield { kind: 'hole', lengthBytes: holeBytes }
      holeBytes = 0
      yield { kind: 'data', bytes: bytes.subarray(start, end) }
    }
  }
  if (holeBytes > 0) yield { kind: 'hole', lengthBytes: holeBytes }
}

function* piecesOf(
  sizeBytes: number,
  offset: number,
  map: readonly DataRange[],
): Generator<Piece, void, void> {
  let at = offset
  for (const range of map) {
    if (range.end <= at) continue
    if (range.start > at) yield { start: at, end: range.start, isHole: true }
    at = Math.max(at, range.start)
    while (at < range.end) {
      const end = Math.min(range.end, at + blockBytes)
      yield { start: at, end, isHole: false }
      at = end
    }
  }
  if (at < sizeBytes) yield { start: at, end: sizeBytes, isHole: true }
}

async function readPiece(file: ReadableFile, { start, end, isHole }: Piece, buffer: Buffer): Promise<Buffer> {
  if (isHole) return buffer.subarray(0, 0)
  return readFully(file, buffer.subarray(0, end - start), start)
}

export async function readFully(file: ReadableFile, buffer: Buffer, position: number): Promise<Buffer> {
  let done = 0
  while (done < buffer.length) {
    const { bytesRead } = await file.read(buffer, done, buffer.length - done, position + done)
    if (bytesRead === 0) {
      throw new AppError('invalid', 'The file became shorter while it was read', {
        cure: 'Wait until whatever writes to it has finished, then upload it again.',
      })
    }
    done += bytesRead
  }
  return buffer
}
