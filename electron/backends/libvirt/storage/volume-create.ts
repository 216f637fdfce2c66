/** New volumes: empty, built on another image, or to be filled by an upload. */
import { AppError } from '../../../../shared/errors'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import { whyNotInPool, type VolumeAbility } from '../../../../shared/model/storage/volume-abilities'
import { volumeFault } from '../../../../shared/model/storage/volume-rules'
import { virStorageVolCreateFlags, virStorageVolDeleteFlags } from '../../../libvirt-rpc/index'
import { newVolumeXml, uploadXml, writesTables } from '../../../domain-xml/storage/volume-document'
import type { ActionContext } from '../../backend'
import type { VolumeAt } from '../../storage-session'
import type { LibvirtHost } from '../host'
import { quick } from '../host-choices-sweep'
import { hasVolume, poolFacts, whileActive, type PoolFacts } from './volume-handles'
import { onceTimed } from './once-timed'
import { untilAborted } from './volume-wait'

export async function createVolume(
  host: LibvirtHost,
  poolName: string,
  given: Values,
  context: ActionContext,
): Promise<void> {
  const pool = await poolFacts(host, poolName)
  need(pool.type, 'create')
  const values = { ...given, poolType: pool.type }
  const fault = volumeFault(values)
  if (fault) throw new AppError('invalid', fault.message, fault)
  const name = plain(given['name']) || (await nextName(host, pool))
  await refuseTaken(host, { pool: poolName, volume: name })
  const xml = newVolumeXml(pool.type, values, name)
  await make(host, { pool, name, xml, writesTables: writesTables(pool.type, values) }, context)
}

interface Making {
  readonly pool: PoolFacts
  readonly name: string
  readonly xml: string
  readonly writesTables: boolean
}

/** Undone when nobody waits for it any longer. */
export async function make(
  host: LibvirtHost,
  { pool, name, xml, writesTables: wanted }: Making,
  context: ActionContext,
): Promise<void> {
  const flags = wanted ? virStorageVolCreateFlags.VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA : 0
  await untilAborted(
    context,
    () =>
      whileActive(() =>
        onceTimed(() => host.rpc.callJob('STORAGE_VOL_CREATE_XML', { pool: pool.handle, xml, flags })),
      ),
    {
      undo: async ({ vol }) => {
        await host.rpc.callJob('STORAGE_VOL_DELETE', {
          vol,
          flags: virStorageVolDeleteFlags.VIR_STORAGE_VOL_DELETE_NORMAL,
        })
      },
      meanwhile: `"${name}" is deleted once the host has made it, if it is still connected then.`,
    },
  )
}

export async function prepareUpload(host: LibvirtHost, at: VolumeAt, sizeBytes: number): Promise<void> {
  const pool = await poolFacts(host, at.pool)
  need(pool.type, 'upload')
  need(pool.type, 'create')
  const name = pool.type === 'disk' ? await nextName(host, pool) : at.volume
  if (name !== at.volume) {
    throw new AppError('invalid', `The next volume of this pool is called "${name}"`, {
      field: 'name',
      cure: 'Partitions are numbered by the host: give it this name.',
    })
  }
  await refuseTaken(host, at)
  const xml = uploadXml(pool.type, name, sizeBytes)
  await whileActive(() => host.rpc.callJob('STORAGE_VOL_CREATE_XML', { pool: pool.handle, xml, flags: 0 }))
}

/** Partitions are called as the kernel does: the first free number behind the disk's name. */
export async function nextName(host: LibvirtHost, pool: PoolFacts): Promise<string> {
  if (pool.type !== 'disk' || pool.device === undefined) throw new AppError('invalid', 'Enter a name')
  const args = { pool: pool.handle, need_results: 1, flags: 0 }
  const { vols } = await whileActive(() => host.rpc.callJob('STORAGE_POOL_LIST_ALL_VOLUMES', args, quick))
  const taken = new Set(vols.map(({ name }) => name))
  const disk = pool.device.replace(/^.*\//, '')
  const base = /\d$/.test(disk) ? `${disk}p` : disk
  let number = 1
  while (taken.has(`${base}${number}`)) number += 1
  return `${base}${number}`
}

export function need(poolType: string, ability: VolumeAbility): void {
  const why = whyNotInPool(poolType, ability)
  if (why !== undefined) throw new AppError('unsupported', why)
}

export async function refuseTaken(host: LibvirtHost, at: VolumeAt): Promise<void> {
  if (!(await hasVolume(host, at))) return
  throw new AppError('already-exists', 'A storage volume with this name exists already', {
    field: 'name',
    cure: 'Choose another name.',
  })
}
