import type { VolumeChoice } from '../../../shared/model/host-choices'
import type { LocalDisk, PlaceOnHost } from '../../../shared/model/new-vm/new-vm'

export function chosenPlace(volume: VolumeChoice, pool: string): PlaceOnHost {
  return pool === '' ? { kind: 'path', path: volume.path } : { kind: 'volume', pool, volume: volume.name }
}

/** "default/web-01.qcow2", or the path. */
export function placeText(place: PlaceOnHost | LocalDisk): string {
  if (place.kind === 'local') return place.member
  return place.kind === 'path' ? place.path : `${place.pool}/${place.volume}`
}

/** The way back: what begins with a slash is a path. */
export function placeOf(text: string): PlaceOnHost {
  const at = text.indexOf('/')
  if (at <= 0) return { kind: 'path', path: text }
  return { kind: 'volume', pool: text.slice(0, at), volume: text.slice(at + 1) }
}
