/** The data of one disk into the package: straight from its volume, or from an image the host makes first. */
import { AppError } from '../../shared/errors'
import { formatBytes } from '../../shared/units'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import type { VolumeAt } from '../backends/storage-session'
import { freeName } from '../new-vm/free-name'
import type { PackageWriter, WrittenFile } from '../packages/package-writer'
import { cancelled, unlessAborted } from '../transfers/unless-aborted'
import type { WorkedOutDisk } from './disks'
import { withTemporaryImage } from './temporary-image'

/** So much of a disk's time goes by while the host makes an image of it, as a guess. */
const makingShare = 0.5

export interface FetchParts {
  readonly session: HypervisorSession
  readonly writer: PackageWriter
  readonly vmName: string
  /** Where images are made. */
  readonly pool: { readonly name: string; readonly path: string } | undefined
}

export async function fetchDisk(
  { session, writer, vmName, pool }: FetchParts,
  { planned, way }: WorkedOutDisk,
  context: ActionContext,
): Promise<WrittenFile> {
  const { file, target } = planned
  if (!way || file === undefined) throw new AppError('internal', `${target} was not to be exported`)
  if (way.kind === 'as-is') return fetchVolume(session, writer, way, file, context)
  if (!pool) throw new AppError('invalid', 'There is no pool for the image that has to be made first')
  const { storage, images } = session
  const taken = new Set((await storage.volumeNames(pool.name)).volumes.map(({ name }) => name))
  const name = freeName(
    { stem: vmName, what: `-${target}-export`, ending: `.${way.format === 'raw' ? 'img' : way.format}` },
    (one) => taken.has(one),
  )
  const at: VolumeAt = { pool: pool.name, volume: name }
  const making: ActionContext = {
    signal: context.signal,
    onProgress: (share) => context.onProgress(share * makingShare),
  }
  return withTemporaryImage(session, at, context.signal, {
    make: async () => {
      if (way.kind === 'copy') {
        const { format, pool: from, volume } = way
        await storage.cloneVolume({ pool: from, volume, toPool: pool.name, name, format }, making)
        return
      }
      await images.imageAction(
        way.path,
        {
          kind: 'convert',
          to: `${pool.path}/${name}`,
          format: way.format,
          isCompressed: false,
          // the only kind that VMware and VirtualBox take in a package
          options: way.format === 'vmdk' ? { subformat: 'streamOptimized' } : {},
        },
        making,
      )
      await storage.poolAction(pool.name, 'refresh')
    },
    use: () =>
      fetchVolume(session, writer, at, file, {
        signal: context.signal,
        onProgress: (share, amount) => context.onProgress(makingShare + share * (1 - makingShare), amount),
      }),
  })
}

async function fetchVolume(
  { storage }: HypervisorSession,
  writer: PackageWriter,
  { pool, volume }: VolumeAt,
  name: string,
  { signal, onProgress }: ActionContext,
): Promise<WrittenFile> {
  const range = { offsetBytes: 0, lengthBytes: 0, isSparse: true }
  const opening = storage.openDownload({ pool, volume }, range, signal)
  const source = await unlessAborted(signal, opening, (late) => void late.abort())
  // ends a reading that waits, too
  const stop = (): void => void source.abort()
  signal.addEventListener('abort', stop)
  try {
    const file = await writer.begin(name)
    const { sizeBytes } = source
    let done = 0
    for (;;) {
      const part = await source.read()
      if (part === null) break
      if (part.kind === 'hole') await file.hole(part.lengthBytes)
      else await file.write(part.bytes)
      done += part.kind === 'hole' ? part.lengthBytes : part.bytes.byteLength
      if (signal.aborted) throw cancelled()
      if (sizeBytes !== undefined && sizeBytes > 0)
        onProgress(done / sizeBytes, { doneBytes: done, totalBytes: sizeBytes })
    }
    if (signal.aborted) throw cancelled()
    await unlessAborted(signal, source.finish())
    if (sizeBytes !== undefined && done !== sizeBytes)
      throw new AppError(
        'internal',
        `The host sent ${formatBytes(done)} of ${formatBytes(sizeBytes)} of ${volume}`,
        { cure: 'Export the VM again.' },
      )
    return await file.finish()
  } catch (error) {
    await source.abort()
    throw signal.aborted ? cancelled() : error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
