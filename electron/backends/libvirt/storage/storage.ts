/** Pools and volumes of a libvirt host, put together from their parts. */
import { missingPart } from '../../missing-part'
import type { StorageSession } from '../../storage-session'
import type { LibvirtHost } from '../host'
import { openDownload, openUpload } from './transfer'

const missing = missingPart('This cannot be done yet')

function not<Name extends keyof StorageSession>(...names: Name[]): Pick<StorageSession, Name> {
  return Object.fromEntries(names.map((name) => [name, missing[name]])) as Pick<StorageSession, Name>
}

export function storageOf(host: LibvirtHost): StorageSession {
  return {
    // pools
    ...not('pools', 'pool', 'discover', 'previewPool', 'createPool', 'editPool', 'poolAction'),
    ...not('poolDeletePlan', 'deletePool', 'poolDefinition'),
    // volumes
    ...not('volumeNames', 'volumeDetails', 'usage', 'createVolume', 'cloneVolume', 'resizeVolume'),
    ...not('wipeVolume', 'deleteVolume', 'prepareUpload'),
    // transfers
    openUpload: (volume, range, signal) => openUpload(host, volume, range, signal),
    openDownload: (volume, range, signal) => openDownload(host, volume, range, signal),
  }
}
