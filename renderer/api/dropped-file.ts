import { AppError } from '../../shared/errors'
import type { LocalFile } from '../../shared/model/storage/image'

/** A file dropped on the window, as main knows it from then on. Rejects with an AppError for folders and what has no path. */
export async function droppedFile(file: File): Promise<LocalFile> {
  const reply = await window.innkeeper.dropped(file)
  if (reply.ok) return reply.value
  throw AppError.from(reply.error)
}
