/**
 * Contents of volumes as streams of the daemon, each on a connection of its own: nothing slows down a single stream but
 * not reading its connection, and nothing else may wait for that.
 */
import { AppError } from '../../../../shared/errors'
import {
  hyperNumber,
  isRpcError,
  RpcError,
  virErrorNumber as codes,
  virStorageVolDownloadFlags as downloadFlags,
  virStorageVolInfoFlags as infoFlags,
  virStorageVolUploadFlags as uploadFlags,
  type LibvirtSession,
  type RpcStream,
  type StorageVolHandle,
} from '../../../libvirt-rpc/index'
import type { TransferRange, VolumeAt, VolumeSink, VolumeSource } from '../../storage-session'
import { toAppError } from '../errors'
import type { LibvirtHost } from '../host'

const quick = { timeoutMs: 30_000 }
/** The daemon opens the file meanwhile, which may lie on a slow server. */
const openingMs = 120_000
/** A host that does not confirm the end of a stream given up is left; the connection's own pings end it. */
const farewellMs = 5_000

export async function openUpload(
  { rpc }: LibvirtHost,
  at: VolumeAt,
  range: TransferRange,
  signal: AbortSignal,
): Promise<VolumeSink> {
  const volume = findVolume(rpc, at)
  const stream = await open(range.isSparse ? uploadFlags.VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM : 0, (flags) =>
    rpc.openStream('STORAGE_VOL_UPLOAD', argsOf(volume, range, flags), { signal, timeoutMs: openingMs }),
  )
  return {
    isSparse: stream.isSparse,
    write: (bytes) => told(at, stream.write(bytes)),
    writeHole: (lengthBytes) => told(at, stream.writeHole(lengthBytes)),
    finish: () => told(at, stream.finish()),
    abort: () => givenUp(stream),
  }
}

export async function openDownload(
  { rpc }: LibvirtHost,
  at: VolumeAt,
  range: TransferRange,
  signal: AbortSignal,
): Promise<VolumeSource> {
  const volume = findVolume(rpc, at)
  const size = volume.then((vol) => physicalSize(rpc, vol))
  // looked at when its turn comes
  size.catch(() => undefined)
  const sparse = range.isSparse ? downloadFlags.VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM : 0
  const stream = await open(sparse, (flags) =>
    rpc.openStream('STORAGE_VOL_DOWNLOAD', argsOf(volume, range, flags), { signal, timeoutMs: openingMs }),
  )
  const sizeBytes = await size.catch(async (error: unknown) => {
    await givenUp(stream)
    throw error
  })
  return {
    isSparse: stream.isSparse,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    read: () => told(at, stream.read()),
    finish: () => told(at, stream.finish()),
    abort: () => givenUp(stream),
  }
}

async function argsOf(
  volume: Promise<StorageVolHandle>,
  { offsetBytes: offset, lengthBytes: length }: TransferRange,
  flags: number,
) {
  return { vol: await volume, offset, length, flags }
}

async function findVolume(rpc: LibvirtSession, { pool: name, volume }: VolumeAt): Promise<StorageVolHandle> {
  const { pool } = await rpc.call('STORAGE_POOL_LOOKUP_BY_NAME', { name }, quick)
  return (await rpc.call('STORAGE_VOL_LOOKUP_BY_NAME', { pool, name: volume }, quick)).vol
}

/** Before libvirt 3.4 no stream knows holes, and some kinds of volumes never do: then without. */
async function open(
  sparseFlag: number,
  attempt: (flags: number) => Promise<{ stream: RpcStream }>,
): Promise<RpcStream> {
  if (sparseFlag === 0) return (await attempt(0)).stream
  try {
    return (await attempt(sparseFlag)).stream
  } catch (error) {
    const isRefused =
      isRpcError(error, 'VIR_ERR_INVALID_ARG') ||
      isRpcError(error, 'VIR_ERR_NO_SUPPORT') ||
      isRpcError(error, 'VIR_ERR_ARGUMENT_UNSUPPORTED') ||
      isRpcError(error, 'VIR_ERR_OPERATION_UNSUPPORTED')
    if (!isRefused) throw error
    return (await attempt(0)).stream
  }
}

/** What a stream brings, rather than what a guest sees: a qcow2 file has another size than its disk. */
async function physicalSize(rpc: LibvirtSession, vol: StorageVolHandle): Promise<number | undefined> {
  try {
    const flags = infoFlags.VIR_STORAGE_VOL_GET_PHYSICAL
    const info = await rpc.call('STORAGE_VOL_GET_INFO_FLAGS', { vol, flags }, quick)
    return hyperNumber(info.allocation)
  } catch (error) {
    // older than 3.0; then the end of the data is the end
    if (error instanceof RpcError) return undefined
    throw error
  }
}

async function givenUp(stream: RpcStream): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, farewellMs)
  })
  await Promise.race([stream.abort(), late])
  clearTimeout(timer)
}

/** No space on the device, and the user's share of it used up. */
const fullErrnos = new Set([28, 122])

async function told<T>({ pool }: VolumeAt, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof RpcError && isFull(error)) {
      throw new AppError('busy', `Pool ${pool} is full`, {
        cure: 'Free some space in it or choose another pool, then try again.',
        detail: error.message,
        cause: error,
      })
    }
    throw toAppError(error)
  }
}

function isFull({ code, details }: RpcError): boolean {
  return code === codes.VIR_ERR_SYSTEM_ERROR && fullErrnos.has(details.int1)
}
