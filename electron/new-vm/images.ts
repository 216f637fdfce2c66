/** Images that are there already, as a definition names them. */
import type { PlaceOnHost } from '../../shared/model/new-vm/new-vm'
import type { Pool } from '../../shared/model/storage/pool'
import type { Volume } from '../../shared/model/storage/volume'
import type { ResolvedImage } from './facts'
import { isDevice, placeKey, type Surroundings } from './surroundings'

/** Volumes of such pools have no place on the host. */
export function isOnNetwork({ type }: Pool): boolean {
  return ['rbd', 'sheepdog', 'gluster', 'iscsi-direct'].includes(type)
}

export function existingImage(
  place: PlaceOnHost,
  around: Surroundings,
  what: 'disk' | 'disc',
): ResolvedImage {
  const key = placeKey(place)
  const volume = around.volumes.get(key)
  if (volume) {
    if (place.kind === 'volume') return ofVolume(place.pool, volume, around)
    return {
      source: { kind: isDevice(place.path) ? 'block' : 'file', path: place.path },
      format: driverFormat(volume.format),
    }
  }
  const path = place.kind === 'path' ? place.path : pathIn(place, around)
  if (path === undefined) return { source: { ...asVolume(place) }, format: 'raw' }
  return {
    source: { kind: isDevice(path) ? 'block' : 'file', path },
    format: what === 'disc' ? 'raw' : driverFormat(around.formats.get(path) ?? byEnding(path)),
  }
}

function asVolume(place: PlaceOnHost): Extract<ResolvedImage['source'], { kind: 'volume' }> {
  return place.kind === 'volume'
    ? { kind: 'volume', pool: place.pool, volume: place.volume }
    : { kind: 'volume', pool: '', volume: place.path }
}

function pathIn(place: Extract<PlaceOnHost, { kind: 'volume' }>, around: Surroundings): string | undefined {
  const pool = around.pools.byName.get(place.pool)
  return pool?.path === undefined || isOnNetwork(pool) ? undefined : `${pool.path}/${place.volume}`
}

export function ofVolume(pool: string, volume: Volume, around: Surroundings): ResolvedImage {
  const format = driverFormat(volume.format)
  const known = around.pools.byName.get(pool)
  if (volume.type === 'network' || (known && isOnNetwork(known)) || !volume.path.startsWith('/'))
    return { source: { kind: 'volume', pool, volume: volume.name }, format }
  const isBlock = volume.type === 'block' || isDevice(volume.path)
  return { source: { kind: isBlock ? 'block' : 'file', path: volume.path }, format }
}

export interface VolumeInPool {
  readonly pool: string
  readonly volume: Volume
}

/** The pool and name of an image: chosen as such, or found by its path. */
export function volumeAt(place: PlaceOnHost, around: Surroundings): VolumeInPool | undefined {
  const volume = around.volumes.get(placeKey(place))
  if (!volume) return undefined
  if (place.kind === 'volume') return { pool: place.pool, volume }
  const pool = [...around.pools.byName.values()].find(
    ({ name }) => around.volumes.get(`${name}/${volume.name}`)?.path === volume.path,
  )
  return pool && { pool: pool.name, volume }
}

const imageFormats = ['qcow2', 'qcow', 'qed', 'vmdk', 'vdi', 'vpc', 'vhdx', 'parallels', 'luks']

/** How a hypervisor reads it: what is no image format (an ISO, a partition) is read as it is. */
function driverFormat(format: string | undefined): string {
  return format !== undefined && imageFormats.includes(format) ? format : 'raw'
}

function byEnding(path: string): string {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return ending === 'vhd' ? 'vpc' : ending
}

/** Nobody could look into the image: its ending alone tells the format. */
export function isGuessedFormat(place: PlaceOnHost, around: Surroundings): boolean {
  const key = placeKey(place)
  if (around.volumes.has(key)) return false
  return place.kind === 'volume' || (!around.formats.has(place.path) && !isDevice(place.path))
}
