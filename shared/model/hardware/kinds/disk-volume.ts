/** A volume of a pool as the medium of a disk: where it is and what is in it, said together. */
import type { VolumeChoice } from '../../host-choices'
import type { Values } from '../field'

/** Formats of images that a disk names as its own; what else a pool tells is read as it is. */
const imageFormats = [
  'raw',
  'qcow2',
  'qcow',
  'qed',
  'vmdk',
  'vdi',
  'vpc',
  'vhdx',
  'bochs',
  'cloop',
  'dmg',
  'cow',
]
const readAsItIs = ['iso', 'luks', 'lvm2']

/** The format a disk needs for it; undefined where the pool does not tell. */
export function formatOfVolume({ format, type }: Pick<VolumeChoice, 'format' | 'type'>): string | undefined {
  if (type === 'block' || (format !== undefined && readAsItIs.includes(format))) return 'raw'
  return format !== undefined && imageFormats.includes(format) ? format : undefined
}

const noMedium: Values = {
  file: undefined,
  blockDevice: undefined,
  directory: undefined,
  pool: undefined,
  volume: undefined,
}

/** What a disk has when it holds this volume. Without a format, guests could choose which file they read. */
export function mediumOf(volume: VolumeChoice, pool: string): Values {
  const format = formatOfVolume(volume)
  const place: Values =
    volume.type === 'block'
      ? { sourceType: 'block', blockDevice: volume.path }
      : volume.type === 'file'
        ? { sourceType: 'file', file: volume.path }
        : { sourceType: 'volume', pool, volume: volume.name }
  return { ...noMedium, ...place, ...(format === undefined ? {} : { format }) }
}

/** A drive without medium; what kind of place it was in stays where it can be empty. */
export function emptied(values: Values): Values {
  const type = values['sourceType']
  const canBeEmpty = type === undefined || type === 'file' || type === 'block' || type === 'volume'
  return canBeEmpty ? noMedium : { ...noMedium, sourceType: 'file' }
}
