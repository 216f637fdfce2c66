/** One file of this computer into a volume of a host: what is checked first, what is sent, and what is left when it fails. */
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError, errorData, isKind } from '../../shared/errors'
import { formatBytes } from '../../shared/units'
import type { HypervisorSession } from '../backends/backend'
import type { VolumeSink } from '../backends/storage-session'
import type { TaskContext } from '../tasks/task-list'
import { dataMap, type DataRange } from './data-map'
import { localError } from './local-target'
import { readFully } from './local-source'
import { prepareVolume, type Prepared } from './prepare-volume'
import { farBytes, resumePoint } from './resume-point'
import { sendFile } from './send-file'
import { sniffFormat } from './sniff-format'
import { unlessAborted } from './unless-aborted'
import type { UnfinishedUploads, UploadPlace } from './unfinished-uploads'

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
  const prepared = await unlessAborted(
    signal,
    prepareVolume(session.storage, job, {
      sizeBytes: local.sizeBytes,
      storedBytes: local.storedBytes,
      format,
      overwrite: job.overwrite,
    }),
  )
  await unfinished.put({ ...placeOf(job), ...identityOf(job, local), sentBytes: 0, endedAtMs: now() })
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
  const isFile = volume.type === 'file'
  return {
    from: await unlessAborted(signal, compared),
    prepared: { canHaveHoles: isFile, canBeRemoved: isFile },
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
    sink = await unlessAborted(signal, storage.openUpload(job, range, signal))
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
    const abandoned = sink?.abort()
    throw await afterFailure(job, parts, {
      error: localError(error, job.path),
      done,
      local,
      prepared,
      context,
      abandoned,
    })
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

interface Failure {
  readonly error: unknown
  readonly done: number
  readonly local: LocalFacts
  readonly prepared: Prepared
  readonly context: TaskContext
  readonly abandoned: Promise<void> | undefined
}

/** A lost connection leaves what has arrived, so that it can go on; anything else takes it away again, or says that it could not. */
async function afterFailure(job: UploadJob, parts: UploadParts, failure: Failure): Promise<unknown> {
  const { error, done, local, context, abandoned } = failure
  const isCancelled = context.signal.aborted
  if (!isCancelled && isKind(error, 'unreachable', 'timed-out')) {
    const identity = identityOf(job, local)
    await parts.unfinished.put({ ...placeOf(job), ...identity, sentBytes: done, endedAtMs: parts.now() })
    const much = `${formatBytes(done)} of ${formatBytes(local.sizeBytes)}`
    return new AppError('unreachable', `The connection was lost after ${much} of ${basename(job.path)}`, {
      cure: `Once the host is connected again, resume the upload: pool ${job.pool} keeps what has arrived.`,
      detail: errorData(error).detail ?? errorData(error).message,
      cause: error,
    })
  }
  await abandoned
  const left = await takeAway(job, parts, failure.prepared)
  if (left === undefined && isCancelled) return new AppError('cancelled', 'Cancelled')
  const told = errorData(error)
  const message = isCancelled ? `The upload of ${basename(job.path)} was cancelled` : told.message
  const what =
    left ?? `The part that had arrived, ${formatBytes(done)} of ${formatBytes(local.sizeBytes)}, was removed.`
  return new AppError(
    isCancelled ? 'busy' : told.kind,
    left === undefined ? message : `${message}; ${lower(left)}`,
    {
      cure: isCancelled ? undefined : [what, told.cure].filter(Boolean).join(' '),
      detail: told.detail,
      cause: error,
    },
  )
}

/** Undefined when nothing is left; a sentence about what is left otherwise. */
async function takeAway(
  job: UploadJob,
  { session, unfinished }: UploadParts,
  prepared: Prepared,
): Promise<string | undefined> {
  await unfinished.remove(job)
  if (!prepared.canBeRemoved)
    return `Volume ${job.volume} of pool ${job.pool} now holds a part of the new contents.`
  try {
    await session.storage.deleteVolume({ pool: job.pool, volume: job.volume }, true)
    return undefined
  } catch (error) {
    if (isKind(error, 'not-found')) return undefined
    return `A part of it is left in pool ${job.pool} as ${job.volume}, as it could not be deleted (${errorData(error).message}).`
  }
}

function lower(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`
}

/** Notes on disk how far it is, now and then. */
function noteOf(job: UploadJob, { unfinished, now }: UploadParts, local: LocalFacts) {
  let lastMs = now()
  let writing: Promise<void> = Promise.resolve()
  return {
    soon(sentBytes: number): void {
      if (now() - lastMs < noteIntervalMs) return
      lastMs = now()
      const entry = { ...placeOf(job), ...identityOf(job, local), sentBytes, endedAtMs: lastMs }
      // without a note an interrupted upload begins anew
      writing = unfinished.put(entry).catch(() => undefined)
    },
    stop: () => writing,
  }
}

function placeOf({ host, pool, volume }: UploadPlace): UploadPlace {
  return { host, pool, volume }
}

function identityOf({ path }: UploadJob, { sizeBytes, modifiedAtMs }: LocalFacts) {
  return { path, sizeBytes, modifiedAtMs }
}
