/** One file of this computer into a volume of a host: what is checked first, what is sent, and what is left when it fails. */
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../shared/errors'
import { whyNotInPool } from '../../shared/model/storage/volume-abilities'
import type { HypervisorSession } from '../backends/backend'
import type { VolumeSink } from '../backends/storage-session'
import type { TaskContext } from '../tasks/task-list'
import { dataMap, type DataRange } from './data-map'
import { localError } from './local-target'
import { readFully } from './local-source'
import { poolType, prepareVolume, type Prepared } from './prepare-volume'
import { farBytes, resumePoint } from './resume-point'
import { sendFile } from './send-file'
import { sniffFormat } from './sniff-format'
import { unlessAborted } from './unless-aborted'
import type { UnfinishedEntry, UnfinishedUploads, UploadPlace } from './unfinished-uploads'
import { failedError, isLost, lostError, removeRest } from './upload-failure'

export interface UploadJob extends UploadPlace {
  readonly path: string
  readonly format?: string | undefined
  readonly overwrite: boolean
  readonly resume: boolean
}

export interface UploadParts {
  readonly session: HypervisorSession
  readonly unfinished: UnfinishedUploads
  now(): number
}

/** How often what was sent is noted on disk. What a crash forgets is found by comparing. */
const noteIntervalMs = 2_000
/** Compared after the upload, to know that the end has arrived. */
const tailBytes = 1024 * 1024

interface LocalFacts {
  readonly file: FileHandle
  readonly sizeBytes: number
  readonly modifiedAtMs: number
  /** What it takes on the disk: holes take nothing there either. */
  readonly storedBytes: number
  readonly map: readonly DataRange[] | undefined
}

export async function upload(job: UploadJob, parts: UploadParts, context: TaskContext): Promise<void> {
  const local = await openLocal(job.path)
  try {
    const begun = job.resume
      ? await pickUp(job, parts, local, context)
      : await begin(job, parts, local, context)
    await send(job, parts, local, begun, context)
  } finally {
    await local.file.close()
  }
}

interface Begun {
  readonly from: number
  readonly prepared: Prepared
}

async function openLocal(path: string): Promise<LocalFacts> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const { size, mtimeMs, blocks } = await file.stat()
    if (size === 0) {
      throw new AppError('invalid', `${basename(path)} is empty`, { cure: 'Choose another file.' })
    }
    const storedBytes = process.platform === 'win32' ? size : Math.min(size, blocks * 512)
    const map = storedBytes < size ? await dataMap(path, size) : undefined
    return { file, sizeBytes: size, modifiedAtMs: mtimeMs, storedBytes, map }
  } catch (error) {
    await file?.close()
    throw localError(error, path)
  }
}

async function begin(
  job: UploadJob,
  { session, unfinished, now }: UploadParts,
  local: LocalFacts,
  { signal }: TaskContext,
): Promise<Begun> {
  const format = job.format ?? (await sniffFormat(local.file))
  const { sizeBytes, storedBytes } = local
  const wanted = { sizeBytes, storedBytes, format, overwrite: job.overwrite }
  // not given up halfway: what it has made must be known, to be removed again
  const prepared = await prepareVolume(session.storage, job, wanted, signal)
  await unfinished.put(entryOf(job, local, 0, now()))
  return { from: 0, prepared }
}

async function pickUp(
  job: UploadJob,
  { session, unfinished }: UploadParts,
  local: LocalFacts,
  { signal }: TaskContext,
): Promise<Begun> {
  const known = await unfinished.find(job)
  if (!known) {
    throw new AppError('not-found', `No interrupted upload to ${job.volume} is known`, {
      cure: 'Upload the file from its beginning.',
    })
  }
  if (known.sizeBytes !== local.sizeBytes || known.modifiedAtMs !== local.modifiedAtMs) {
    throw new AppError('invalid', `${basename(job.path)} was changed since the upload was interrupted`, {
      cure: 'Upload it from its beginning, over what is there.',
    })
  }
  const { volumes } = await session.storage.volumeDetails(job.pool, [job.volume])
  const [volume] = volumes
  if (!volume) {
    await unfinished.remove(job)
    throw new AppError('not-found', `${job.volume} is no longer in pool ${job.pool}`, {
      cure: 'Upload the file from its beginning.',
    })
  }
  const { file, map } = local
  const compared = resumePoint(
    { storage: session.storage, volume: job, file, map, signal },
    Math.min(known.sentBytes, local.sizeBytes),
  )
  const type = await poolType(session.storage, job.pool)
  return {
    from: await unlessAborted(signal, compared),
    prepared: {
      canHaveHoles: volume.type === 'file',
      canBeRemoved: whyNotInPool(type, 'delete') === undefined,
    },
  }
}

async function send(
  job: UploadJob,
  parts: UploadParts,
  local: LocalFacts,
  { from, prepared }: Begun,
  context: TaskContext,
): Promise<void> {
  const { storage } = parts.session
  const note = noteOf(job, parts, local)
  let done = from
  let sink: VolumeSink | undefined
  try {
    const { signal } = context
    const range = { offsetBytes: from, lengthBytes: 0, isSparse: prepared.canHaveHoles }
    sink = await unlessAborted(signal, storage.openUpload(job, range, signal), (late) => void late.abort())
    const { file, sizeBytes, map } = local
    await sendFile(sink, {
      file,
      sizeBytes,
      map,
      from,
      signal,
      onSent: (doneBytes) => {
        done = doneBytes
        context.onProgress(done / sizeBytes, { doneBytes, totalBytes: sizeBytes })
        note.soon(done)
      },
    })
    await checkEnd(job, parts, local, signal)
  } catch (error) {
    await note.stop()
    const { aborted: isCancelled } = context.signal
    const failed = { ...job, sentBytes: done, sizeBytes: local.sizeBytes }
    if (!isCancelled && isLost(error)) {
      void sink?.abort()
      await parts.unfinished.put(entryOf(job, local, done, parts.now()))
      throw lostError(failed, error)
    }
    await sink?.abort()
    await parts.unfinished.remove(job)
    const rest = await removeRest(storage, failed, prepared.canBeRemoved)
    throw failedError(failed, localError(error, job.path), rest, isCancelled)
  }
  await note.stop()
  await parts.unfinished.remove(job)
  // the host sees its format only when it reads the pool again
  await storage.poolAction(job.pool, 'refresh').catch(() => undefined)
}

/** The file is still what was read, and its last bytes lie where they belong. */
async function checkEnd(
  job: UploadJob,
  { session }: UploadParts,
  local: LocalFacts,
  signal: AbortSignal,
): Promise<void> {
  const { size, mtimeMs } = await local.file.stat()
  if (size !== local.sizeBytes || mtimeMs !== local.modifiedAtMs) {
    throw new AppError('invalid', `${basename(job.path)} was changed while it was uploaded`, {
      cure: 'Wait until whatever writes to it has finished, then upload it again.',
    })
  }
  const length = Math.min(tailBytes, size)
  const [here, there] = await Promise.all([
    readFully(local.file, Buffer.alloc(length), size - length),
    unlessAborted(signal, farBytes({ storage: session.storage, volume: job, signal }, size - length, length)),
  ])
  if (there?.equals(here)) return
  throw new AppError('internal', `The end of ${job.volume} is not what was sent`, {
    cure: 'Check the disk of the host, then upload the file again.',
  })
}

/** Notes on disk how far it is, now and then. */
function noteOf(job: UploadJob, { unfinished, now }: UploadParts, local: LocalFacts) {
  let lastMs = now()
  let writing: Promise<void> = Promise.resolve()
  return {
    soon(sentBytes: number): void {
      if (now() - lastMs < noteIntervalMs) return
      lastMs = now()
      // without a note an interrupted upload begins anew
      writing = unfinished.put(entryOf(job, local, sentBytes, lastMs)).catch(() => undefined)
    },
    stop: () => writing,
  }
}

function entryOf(
  { host, pool, volume, path }: UploadJob,
  { sizeBytes, modifiedAtMs }: LocalFacts,
  sentBytes: number,
  endedAtMs: number,
): UnfinishedEntry {
  return { host, pool, volume, path, sizeBytes, modifiedAtMs, sentBytes, endedAtMs }
}
