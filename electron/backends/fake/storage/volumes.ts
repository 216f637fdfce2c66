/** Volumes of a demo host. */
import { AppError } from '../../../../shared/errors'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import {
  hasImageFiles,
  volumeFormatsOf,
  whyNotInPool,
  whyNotResized,
  type VolumeAbility,
} from '../../../../shared/model/storage/volume-abilities'
import { volumeFault } from '../../../../shared/model/storage/volume-rules'
import type { Volume } from '../../../../shared/model/storage/volume'
import { newVolumeXml, writesTables } from '../../../domain-xml/storage/volume-document'
import { writtenVolume } from '../../../domain-xml/storage/written-volume'
import type { ActionContext } from '../../backend'
import { refuseWhileUsed } from '../../image-usage'
import type { CloneRequest, StorageSession, VolumeAt } from '../../storage-session'
import { cancelled } from '../clock'
import type { FakeFile } from '../model'
import { pathIn, type FakePool, type FakeStorage } from './model'
import { usageOf } from './usage'
import { valuesOfVolume } from '../../../domain-xml/storage/volume-values'

type VolumesPart = Pick<
  StorageSession,
  | 'volumeNames'
  | 'volumeDetails'
  | 'usage'
  | 'previewVolume'
  | 'createVolume'
  | 'createVolumeFromXml'
  | 'cloneVolume'
  | 'resizeVolume'
  | 'wipeVolume'
  | 'deleteVolume'
  | 'prepareUpload'
>

const createMs = 400
const steps = 20
const copyBytesPerMs = 400_000
const kib = 1024

export function volumesPart(storage: FakeStorage, answerTime: () => Promise<void>): VolumesPart {
  const { host } = storage
  const changed = (pool: FakePool): void => host.resourceChanged('pool', pool.name)
  return {
    async volumeNames(name) {
      await answerTime()
      const pool = storage.active(name)
      const names = [...storage.volumes(pool).keys()]
      return { volumes: names.map((one) => ({ name: one, key: pathIn(pool, one) })), isTruncated: false }
    },
    async volumeDetails(name, names) {
      await answerTime()
      const pool = storage.active(name)
      const all = storage.volumes(pool)
      const found = names.flatMap((one) => {
        const file = all.get(one)
        return file ? [asVolume(pool, one, file)] : []
      })
      return { volumes: found }
    },
    async usage() {
      await answerTime()
      return usageOf(storage.host)
    },
    async previewVolume(name, given) {
      await answerTime()
      const pool = storage.active(name)
      const values = { ...given, poolType: pool.type }
      return {
        xml: newVolumeXml(pool.type, values, nameOf(storage, pool, values)),
        writesTables: writesTables(pool.type, values),
      }
    },
    async createVolumeFromXml(name, xml, { from }, context) {
      await answerTime()
      const pool = storage.active(name)
      const { root, name: volume } = writtenVolume(xml)
      const values = valuesOfVolume(root, pool.type)
      const source = from === undefined ? undefined : storage.volume(pool, from)
      const file = newFile(storage, pool, values)
      if (source) await overTime(storage, source.allocationBytes, context)
      else await host.clock.delay(createMs, context.signal)
      await answerTime()
      storage.put(pool, pool.type === 'disk' ? nameOf(storage, pool, values) : volume, {
        ...file,
        ...(source ? { allocationBytes: Math.min(source.allocationBytes, file.sizeBytes) } : {}),
        ...(source?.content ? { content: source.content.copy() } : {}),
      })
      changed(pool)
    },
    async createVolume(name, values, { signal }) {
      await answerTime()
      const pool = storage.active(name)
      const file = newFile(storage, pool, values)
      await host.clock.delay(createMs, signal)
      await answerTime()
      storage.put(pool, nameOf(storage, pool, values), file)
      changed(pool)
    },
    async cloneVolume(request, context) {
      await answerTime()
      await clone(storage, request, context)
      await answerTime()
      changed(storage.active(request.toPool))
    },
    async resizeVolume(at, { capacityBytes, allocate, shrink }) {
      await answerTime()
      const pool = storage.active(at.pool)
      need(pool, 'resize')
      const file = storage.volume(pool, at.volume)
      const why = whyNotResized(file.format)
      if (why !== undefined) throw new AppError('unsupported', why)
      if (capacityBytes < file.sizeBytes && !shrink) {
        throw new AppError('invalid', 'This would cut off the end of the volume', {
          field: 'capacityBytes',
          cure: 'Enter a larger capacity, or say that it shall shrink.',
        })
      }
      const users = usageOf(storage.host).users[pathIn(pool, at.volume)] ?? []
      const overlays = users.filter(({ kind }) => kind === 'image' || kind === 'backing')
      refuseWhileUsed(at.volume, overlays, [], 'Resize the image that is built on it instead.')
      storage.put(pool, at.volume, {
        ...file,
        sizeBytes: capacityBytes,
        allocationBytes: allocate ? capacityBytes : Math.min(file.allocationBytes, capacityBytes),
      })
      changed(pool)
    },
    async wipeVolume(at, _algorithm, context) {
      await answerTime()
      const pool = storage.active(at.pool)
      need(pool, 'wipe')
      const file = storage.volume(pool, at.volume)
      refuseRunning(storage, pool, at)
      await overTime(storage, file.allocationBytes, context)
      const { content: _, ...rest } = storage.volume(pool, at.volume)
      storage.put(pool, at.volume, { ...rest, format: 'raw', modifiedAtMs: host.clock.now() })
      changed(pool)
    },
    async deleteVolume(at, evenUsed) {
      await answerTime()
      const pool = storage.active(at.pool)
      need(pool, 'delete')
      storage.volume(pool, at.volume)
      if (!evenUsed) {
        const users = usageOf(storage.host).users[pathIn(pool, at.volume)] ?? []
        refuseWhileUsed(at.volume, users, [], 'Remove it there first, or delete it nevertheless.')
      }
      storage.take(pool, at.volume)
      changed(pool)
    },
    async prepareUpload(at, sizeBytes, format) {
      await answerTime()
      const pool = storage.active(at.pool)
      need(pool, 'upload')
      refuseTaken(storage, pool, at.volume)
      storage.put(pool, at.volume, {
        sizeBytes,
        allocationBytes: 0,
        format: hasImageFiles(pool.type) ? format : 'raw',
        modifiedAtMs: host.clock.now(),
      })
      changed(pool)
    },
  }
}

function asVolume(pool: FakePool, name: string, file: FakeFile): Volume {
  const isFile = hasImageFiles(pool.type)
  const path = pathIn(pool, name)
  return {
    name,
    key: path,
    path,
    type: isFile ? 'file' : 'block',
    format: file.format,
    capacityBytes: file.sizeBytes,
    allocationBytes: file.allocationBytes,
    ...(file.backingPath === undefined ? {} : { backingPath: file.backingPath }),
    ...(file.backingFormat === undefined ? {} : { backingFormat: file.backingFormat }),
    isEncrypted: file.isEncrypted === true,
    modifiedAtMs: file.modifiedAtMs ?? 1_700_000_000_000,
    permissions: { mode: file.mode ?? '0600', owner: file.owner ?? 0, group: file.group ?? 0 },
    ...(file.format === 'qcow2' ? { clusterSizeBytes: file.clusterSizeBytes ?? 64 * kib } : {}),
  }
}

function need(pool: FakePool, ability: VolumeAbility): void {
  const why = whyNotInPool(pool.type, ability)
  if (why !== undefined) throw new AppError('unsupported', why)
}

function refuseTaken(storage: FakeStorage, pool: FakePool, name: string): void {
  if (!storage.volumes(pool).has(name)) return
  throw new AppError('already-exists', 'A storage volume with this name exists already', {
    field: 'name',
    cure: 'Choose another name.',
  })
}

function refuseRunning(storage: FakeStorage, pool: FakePool, at: VolumeAt): void {
  const users = usageOf(storage.host).users[pathIn(pool, at.volume)] ?? []
  refuseWhileUsed(at.volume, users, [], 'Remove it there first.')
}

function nameOf(storage: FakeStorage, pool: FakePool, values: Values): string {
  if (pool.type !== 'disk') return plain(values['name'])
  const base = (pool.source ?? 'sdb').replace(/^.*\//, '')
  for (let number = 1; ; number += 1)
    if (!storage.volumes(pool).has(`${base}${number}`)) return `${base}${number}`
}

function newFile(storage: FakeStorage, pool: FakePool, given: Values): FakeFile {
  const values = { ...given, poolType: pool.type }
  need(pool, 'create')
  refuseTaken(storage, pool, plain(given['name']))
  const fault = volumeFault(values, { availableBytes: storage.availableBytes(pool) })
  if (fault) throw new AppError('invalid', fault.message, fault)
  const backingPath = plain(given['backingPath'])
  const base = backingPath === '' ? undefined : storage.host.files.get(backingPath)
  if (backingPath !== '' && !base) {
    throw new AppError('not-found', 'The image that it shall be built on is not there', {
      field: 'backingPath',
      detail: backingPath,
    })
  }
  const sizeBytes = Number(given['capacityBytes'] ?? base?.sizeBytes ?? 0)
  const [usual = 'raw'] = volumeFormatsOf(pool.type)
  const format = plain(given['format']) || usual
  const isFull = given['allocation'] === 'full' || !(hasImageFiles(pool.type) || pool.type === 'zfs')
  return {
    sizeBytes,
    allocationBytes: isFull ? sizeBytes : Math.min(sizeBytes, 196 * kib),
    format,
    ...(base ? { backingPath, backingFormat: plain(given['backingFormat']) } : {}),
    ...(given['encrypted'] === true ? { isEncrypted: true } : {}),
    ...(given['clusterSizeBytes'] === undefined
      ? {}
      : { clusterSizeBytes: Number(given['clusterSizeBytes']) }),
    ...(given['mode'] === undefined ? {} : { mode: plain(given['mode']) }),
    modifiedAtMs: storage.host.clock.now(),
  }
}

async function clone(storage: FakeStorage, request: CloneRequest, context: ActionContext): Promise<void> {
  const from = storage.active(request.pool)
  const to = storage.active(request.toPool)
  need(to, 'clone')
  // a copy stands alone: what the base had is in it
  const { content, backingPath: _, backingFormat: __, ...file } = storage.volume(from, request.volume)
  refuseTaken(storage, to, request.name)
  if (file.allocationBytes > storage.availableBytes(to)) {
    throw new AppError('busy', 'The pool has less space than this left', { cure: 'Choose another pool.' })
  }
  const format = hasImageFiles(to.type) ? (request.format ?? file.format) : 'raw'
  storage.put(to, request.name, { ...file, format, allocationBytes: 0 })
  try {
    await overTime(storage, file.allocationBytes, context)
  } catch (error) {
    storage.take(to, request.name)
    storage.host.resourceChanged('pool', to.name)
    throw error
  }
  storage.put(to, request.name, {
    ...file,
    format,
    modifiedAtMs: storage.host.clock.now(),
    ...(content ? { content: content.copy() } : {}),
  })
}

/** As long as a copy of this size takes, within what a demonstration bears. */
async function overTime(
  { host }: FakeStorage,
  totalBytes: number,
  { signal, onProgress }: ActionContext,
): Promise<void> {
  const totalMs = Math.min(12_000, Math.max(400, totalBytes / copyBytesPerMs))
  for (let step = 1; step <= steps; step += 1) {
    await host.clock.delay(totalMs / steps, signal)
    if (signal.aborted) throw cancelled()
    onProgress(step / steps, { doneBytes: Math.floor((totalBytes * step) / steps), totalBytes })
  }
}
