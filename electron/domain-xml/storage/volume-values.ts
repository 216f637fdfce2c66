/** What a host that has no libvirt makes of a volume's definition. */
import { AppError } from '../../../shared/errors'
import type { Values } from '../../../shared/model/hardware/field'
import { hasImageFiles } from '../../../shared/model/storage/volume-abilities'
import type { XmlElement } from '../document'
import { sizeOf } from '../sizes'

export function valuesOfVolume(volume: XmlElement, poolType: string): Values {
  const target = volume.find('target')
  const secret = target?.find('encryption', 'secret')?.attribute('uuid')
  const backingPath = volume.textOf('backingStore', 'path')
  const capacityBytes = sizeOf(volume.find('capacity'), 'bytes')
  if (capacityBytes === undefined && backingPath === undefined) throw notTaken('missing capacity element')
  const format = target?.find('format')?.attribute('type') ?? (hasImageFiles(poolType) ? 'raw' : undefined)
  const allocationBytes = sizeOf(volume.find('allocation'), 'bytes')
  const isFull = capacityBytes !== undefined && (allocationBytes ?? capacityBytes) >= capacityBytes
  const values = {
    name: volume.textOf('name'),
    format,
    capacityBytes,
    ...(isFull && backingPath === undefined && ['raw', 'qcow2'].includes(format ?? '')
      ? { allocation: 'full' }
      : {}),
    backingPath,
    backingFormat: volume.find('backingStore', 'format')?.attribute('type'),
    ...(target?.find('encryption') ? { encrypted: true, secret } : {}),
    mode: target?.textOf('permissions', 'mode'),
    clusterSizeBytes: sizeOf(target?.find('clusterSize'), 'bytes')?.toString(),
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values
}

/** In the words of the daemon, as a real host would. */
function notTaken(detail: string): AppError {
  return new AppError('invalid', 'The host does not accept this definition', {
    cure: 'See what the host says about it.',
    detail,
  })
}
