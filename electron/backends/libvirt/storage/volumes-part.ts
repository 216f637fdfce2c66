/** Volumes of a host's pools. The daemon has no event for them, so what is changed here is told here. */
import type { StorageSession } from '../../storage-session'
import type { LibvirtHost } from '../host'
import { readUsage, type FreshUsage } from './usage'
import { deleteVolume, resizeVolume, wipeVolume } from './volume-change'
import { cloneVolume } from './volume-clone'
import { createVolume, prepareUpload } from './volume-create'
import { volumeDetails, volumeNames } from './volume-list'
import { createVolumeFromXml, previewVolume } from './volume-xml'

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

export function volumesOf(
  host: LibvirtHost,
  changed: (pool: string) => void,
  fresh: FreshUsage,
): VolumesPart {
  /** Also what ended badly may have left something. */
  const told = async (pool: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } finally {
      changed(pool)
    }
  }
  const changing = async (pool: string, work: () => Promise<void>): Promise<void> => {
    try {
      await told(pool, work)
    } finally {
      fresh.drop()
    }
  }
  return {
    volumeNames: (pool) => volumeNames(host, pool),
    volumeDetails: (pool, names) => volumeDetails(host, pool, names),
    usage: () => readUsage(host),
    previewVolume: (pool, values) => previewVolume(host, pool, values),
    createVolumeFromXml: (pool, xml, options, context) =>
      changing(pool, () => createVolumeFromXml(host, pool, xml, options, context)),
    createVolume: (pool, values, context) => changing(pool, () => createVolume(host, pool, values, context)),
    cloneVolume: (request, context) => changing(request.toPool, () => cloneVolume(host, request, context)),
    resizeVolume: (at, request) => changing(at.pool, () => resizeVolume(host, at, request)),
    wipeVolume: (at, algorithm, context) => changing(at.pool, () => wipeVolume(host, at, algorithm, context)),
    deleteVolume: (at, evenUsed) => told(at.pool, () => deleteVolume(host, at, evenUsed, fresh)),
    prepareUpload: (at, sizeBytes) => changing(at.pool, () => prepareUpload(host, at, sizeBytes)),
  }
}
