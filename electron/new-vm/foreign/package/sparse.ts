/**
 * Files with holes as GNU tar stores them (type "S", in its manual under "Old GNU format"): the header lists where data belongs,
 * and only that data follows. Images of disks in boxes of Vagrant are packed so.
 */
import { readFully, type ReadableFile } from '../../../transfers/local-source'
import { badFile } from '../foreign-error'
import { numberIn } from './tar-number'

export interface DataRun {
  /** In the file as it is unpacked. */
  readonly start: number
  readonly lengthBytes: number
}

export interface SparseMap {
  readonly runs: readonly DataRun[]
  /** Unpacked. */
  readonly sizeBytes: number
  /** Of the blocks with more of the list, between the header and the data. */
  readonly listBytes: number
}

const blockBytes = 512
const entryBytes = 24
/** An image in pieces of a cluster has some thousands. */
const maxRuns = 200_000

/** `at`: behind the header. */
export async function sparseMap(file: ReadableFile, header: Buffer, at: number): Promise<SparseMap> {
  const runs: DataRun[] = []
  const sizeBytes = numberIn(header.subarray(483, 495))
  addRuns(runs, header.subarray(386, 386 + 4 * entryBytes))
  let listBytes = 0
  for (let isMore = header[482] !== 0; isMore; listBytes += blockBytes) {
    const block = await readFully(file, Buffer.alloc(blockBytes), at + listBytes)
    addRuns(runs, block.subarray(0, 21 * entryBytes))
    isMore = block[504] !== 0
  }
  let end = 0
  for (const { start, lengthBytes } of runs) {
    if (start < end) throw badFile('The package is damaged: pieces of a file in it overlap')
    end = start + lengthBytes
  }
  if (end > sizeBytes) throw badFile('The package is damaged: a file in it ends before its data does')
  return { runs, sizeBytes, listBytes }
}

function addRuns(runs: DataRun[], list: Buffer): void {
  for (let at = 0; at + entryBytes <= list.length; at += entryBytes) {
    if (list[at] === 0) break
    const start = numberIn(list.subarray(at, at + 12))
    const lengthBytes = numberIn(list.subarray(at + 12, at + 24))
    // the last one says where the file ends, if that is in a hole
    if (lengthBytes > 0) runs.push({ start, lengthBytes })
    if (runs.length > maxRuns) throw badFile('A file in the package has too many pieces')
  }
}

/** As if its holes were there: zeros. */
export class SparseFile implements ReadableFile {
  /** Of each run: where its data is in the package. */
  readonly #stored: readonly number[]

  constructor(
    private readonly file: ReadableFile,
    private readonly runs: readonly DataRun[],
    private readonly sizeBytes: number,
    offset: number,
  ) {
    let at = offset
    this.#stored = runs.map(({ lengthBytes }) => {
      const here = at
      at += lengthBytes
      return here
    })
  }

  async read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }> {
    const most = Math.min(length, this.sizeBytes - position)
    if (most <= 0) return { bytesRead: 0 }
    const at = this.#firstEndingAfter(position)
    const run = this.runs[at]
    if (!run || run.start >= position + most) {
      buffer.fill(0, offset, offset + most)
      return { bytesRead: most }
    }
    if (run.start > position) {
      buffer.fill(0, offset, offset + run.start - position)
      return { bytesRead: run.start - position }
    }
    const inside = position - run.start
    return this.file.read(
      buffer,
      offset,
      Math.min(most, run.lengthBytes - inside),
      (this.#stored[at] ?? 0) + inside,
    )
  }

  #firstEndingAfter(position: number): number {
    let [low, high] = [0, this.runs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const run = this.runs[middle]
      if (run && run.start + run.lengthBytes <= position) low = middle + 1
      else high = middle
    }
    return low
  }
}
