/** Volumes that are small, or of which a small part is wanted, as bytes. */
import type { StorageSession, VolumeAt } from './storage-session'

export async function readVolumeBytes(
  storage: Pick<StorageSession, 'openDownload'>,
  at: VolumeAt,
  range: { readonly offsetBytes: number; readonly lengthBytes: number },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { lengthBytes } = range
  const source = await storage.openDownload(at, { ...range, isSparse: false }, signal)
  const bytes = new Uint8Array(lengthBytes)
  let length = 0
  let isAtEnd = false
  try {
    while (!isAtEnd) {
      signal.throwIfAborted()
      const part = await source.read()
      if (part === null) {
        await source.finish()
        isAtEnd = true
      } else {
        const room = lengthBytes - length
        if (part.kind === 'data') bytes.set(part.bytes.subarray(0, room), length)
        const taken = part.kind === 'hole' ? part.lengthBytes : part.bytes.length
        length += Math.min(room, taken)
        // a host that brings more than was asked for would never end
        if (taken > room) break
      }
    }
  } finally {
    // what is still on its way is not waited for
    if (!isAtEnd) await source.abort().catch(() => undefined)
  }
  return bytes.subarray(0, length)
}

/** Into a volume that was prepared for exactly that many. */
export async function writeVolumeBytes(
  storage: Pick<StorageSession, 'openUpload'>,
  at: VolumeAt,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const range = { offsetBytes: 0, lengthBytes: bytes.length, isSparse: false }
  const sink = await storage.openUpload(at, range, signal)
  try {
    await sink.write(bytes)
    await sink.finish()
  } catch (error) {
    // what failed before is told; the end of it can only fail as well
    await sink.abort().catch(() => undefined)
    throw error
  }
}
