/** Copies of a volume, in the same or another pool and format. */
import { AppError } from '../../../../shared/errors'
import { hasImageFiles } from '../../../../shared/model/storage/volume-abilities'
import { parseXml } from '../../../domain-xml/document'
import {
  hyperNumber,
  isRpcError,
  RpcError,
  virStorageVolCreateFlags as createFlags,
  type StorageVolHandle,
} from '../../../libvirt-rpc/index'
import type { ActionContext } from '../../backend'
import type { CloneRequest } from '../../storage-session'
import { cancelled } from '../errors'
import type { LibvirtHost } from '../host'
import { quick } from '../host-choices-sweep'
import { onceTimed } from './once-timed'
import { need, nextName, refuseTaken } from './volume-create'
import { cloneXml } from '../../../domain-xml/storage/volume-document'
import { findVolume, poolFacts, whileActive, type PoolFacts } from './volume-handles'
import { readVolume } from './volume-read'

/** Between two looks at how far it is. */
const lookMs = 700

export async function cloneVolume(
  host: LibvirtHost,
  request: CloneRequest,
  context: ActionContext,
): Promise<void> {
  if (context.signal.aborted) throw cancelled()
  const from = await findVolume(host, request)
  const to = await poolFacts(host, request.toPool)
  need(to.type, 'clone')
  const { xml } = await host.rpc.callJob('STORAGE_VOL_GET_XML_DESC', { vol: from, flags: 0 }, quick)
  const { root } = parseXml(xml, `the description of volume ${from.name}`)
  const source = readVolume(root, from.name, from.key)
  const secret = root.find('target', 'encryption', 'secret')?.attribute('uuid')
  if (source.isEncrypted && secret === undefined) {
    throw new AppError('unsupported', 'The host has no passphrase for this encrypted volume', {
      cure: 'Give it a secret first; a copy without it could not be read.',
    })
  }
  const name = to.type === 'disk' ? await nextName(host, to) : request.name
  await refuseTaken(host, { pool: request.toPool, volume: name })
  // what is no image format (iso, a partition's type) is copied byte for byte
  const sourceFormat = imageFormats.has(source.format ?? '') ? source.format : 'raw'
  const format = hasImageFiles(to.type) ? (request.format ?? sourceFormat) : undefined
  if (source.isEncrypted && format !== undefined && !['raw', 'qcow2'].includes(format)) {
    throw new AppError('invalid', `${format} images cannot be encrypted`, { field: 'format' })
  }
  const copy = cloneXml(
    to.type,
    { capacityBytes: source.capacityBytes, encryption: secret },
    { name, format },
  )
  const isSame = request.toPool === request.pool && format === 'raw' && sourceFormat === 'raw'
  await whileActive(() =>
    copied(
      host,
      { from, to, copy, name, totalBytes: source.allocationBytes, reflink: isSame && !source.isEncrypted },
      context,
    ),
  )
}

const imageFormats = new Set(['raw', 'qcow2', 'qed', 'qcow', 'vmdk', 'vdi', 'vpc'])

interface Copy {
  readonly from: StorageVolHandle
  readonly to: PoolFacts
  readonly copy: string
  readonly name: string
  readonly totalBytes: number
  /** File systems that share blocks (Btrfs, XFS) copy in no time; others refuse before anything is written. */
  readonly reflink: boolean
}

/** Tells how far it is; a copy that is given up does not stay. */
export async function copied(host: LibvirtHost, job: Copy, context: ActionContext): Promise<void> {
  const { from, to, copy } = job
  const make = (flags: number): Promise<unknown> =>
    onceTimed(() =>
      host.rpc.callJob('STORAGE_VOL_CREATE_XML_FROM', { pool: to.handle, xml: copy, clonevol: from, flags }),
    )
  const working = job.reflink
    ? make(createFlags.VIR_STORAGE_VOL_CREATE_REFLINK).catch((error: unknown) => {
        if (error instanceof RpcError && !isRpcError(error, 'VIR_ERR_STORAGE_VOL_EXIST')) return make(0)
        throw error
      })
    : make(0)
  const progress = { isOver: false }
  const end = (): void => void (progress.isOver = true)
  const ended = working.then(end, end)
  const target = { pool: to.handle.name, name: job.name, key: '' }
  for (;;) {
    await next(ended, context.signal)
    if (progress.isOver) break
    if (context.signal.aborted) return await giveUp(host, target, working)
    await look(host, target, job.totalBytes, context)
  }
  await working
  context.onProgress(1)
}

async function look(
  host: LibvirtHost,
  vol: StorageVolHandle,
  totalBytes: number,
  { onProgress }: ActionContext,
): Promise<void> {
  try {
    const { allocation } = await host.rpc.call('STORAGE_VOL_GET_INFO', { vol }, quick)
    const doneBytes = Math.min(hyperNumber(allocation), totalBytes)
    if (totalBytes > 0) onProgress(Math.min(0.99, doneBytes / totalBytes), { doneBytes, totalBytes })
  } catch (error) {
    // not there yet, or not to be asked while it is written
    if (!(error instanceof RpcError)) throw error
  }
}

/** libvirt cannot stop a copy, and deletes none that is being written (VIR_ERR_OPERATION_INVALID). */
async function giveUp(host: LibvirtHost, vol: StorageVolHandle, working: Promise<unknown>): Promise<never> {
  const remove = (): Promise<unknown> => host.rpc.callJob('STORAGE_VOL_DELETE', { vol, flags: 0 })
  try {
    await remove()
    working.catch(() => {})
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    working.then(remove).catch(() => {})
    throw new AppError('cancelled', 'Nobody waits for the copy any longer, but the host cannot stop it', {
      cure: `"${vol.name}" is deleted once it is complete, if the host is still connected then.`,
      cause: error,
    })
  }
  throw cancelled()
}

/** Until it is time to look again, unless it is over or given up before. */
function next(ended: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, lookMs)
    signal.addEventListener('abort', wake)
    void ended.then(wake)
  })
}
