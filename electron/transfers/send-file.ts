/** A local file into an opened volume, data as data and holes as holes. */
import type { VolumeSink } from '../backends/storage-session'
import type { DataRange } from './data-map'
import { localParts, type ReadableFile } from './local-source'
import { unlessAborted } from './unless-aborted'

export interface SendOptions {
  readonly file: ReadableFile
  readonly sizeBytes: number
  readonly from: number
  readonly map: readonly DataRange[] | undefined
  readonly signal: AbortSignal
  /** So much of the file is dealt with. */
  onSent(doneBytes: number): void
}

const zeroBlock = Buffer.alloc(1024 * 1024)

/** Ends when the host has stored all of it. */
export async function sendFile(
  sink: VolumeSink,
  { file, sizeBytes, from, map, signal, onSent }: SendOptions,
): Promise<void> {
  let done = from
  for await (const part of localParts(file, sizeBytes, from, map)) {
    const isData = part.kind === 'data'
    await unlessAborted(signal, isData ? sink.write(part.bytes) : writeZeros(sink, part.lengthBytes))
    done += isData ? part.bytes.length : part.lengthBytes
    onSent(done)
  }
  await unlessAborted(signal, sink.finish())
}

export async function writeZeros(sink: VolumeSink, lengthBytes: number): Promise<void> {
  if (sink.isSparse) return sink.writeHole(lengthBytes)
  for (let left = lengthBytes; left > 0; left -= zeroBlock.length) {
    await sink.write(left < zeroBlock.length ? zeroBlock.subarray(0, left) : zeroBlock)
  }
}
