/** A volume out of its description (https://libvirt.org/formatstorage.html#storage-volume-xml). */
import { volumeTypes } from '../../../../shared/model/host-choices'
import type { Volume } from '../../../../shared/model/storage/volume'
import type { XmlElement } from '../../../domain-xml/document'
import { sizeOf } from '../../../domain-xml/sizes'
import { given } from '../../../../shared/given'

export function readVolume(volume: XmlElement, name: string, key: string): Volume {
  const target = volume.find('target')
  const backingPath = volume.textOf('backingStore', 'path')
  return {
    name,
    key: volume.textOf('key') ?? key,
    type: volumeTypes.find((one) => one === volume.attribute('type')) ?? 'unknown',
    path: target?.textOf('path') ?? key,
    ...given('format', target?.find('format')?.attribute('type')),
    capacityBytes: sizeOf(volume.find('capacity'), 'bytes') ?? 0,
    allocationBytes: sizeOf(volume.find('allocation'), 'bytes') ?? 0,
    ...given('backingPath', backingPath),
    ...(backingPath === undefined
      ? {}
      : given('backingFormat', volume.find('backingStore', 'format')?.attribute('type'))),
    isEncrypted: target?.find('encryption') !== undefined,
    ...given('modifiedAtMs', timeOf(target?.textOf('timestamps', 'mtime'))),
    ...given('permissions', permissionsOf(target?.find('permissions'))),
    ...given('clusterSizeBytes', sizeOf(target?.find('clusterSize'), 'bytes')),
  }
}

/** Seconds with up to nine digits behind the point. */
function timeOf(text: string | undefined): number | undefined {
  const seconds = Number(text ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : undefined
}

function permissionsOf(element: XmlElement | undefined): Volume['permissions'] {
  const mode = element?.textOf('mode')
  if (mode === undefined) return undefined
  const owner = Number(element?.textOf('owner') ?? 0)
  const group = Number(element?.textOf('group') ?? 0)
  if (!Number.isSafeInteger(owner) || !Number.isSafeInteger(group)) return undefined
  return { mode, owner, group, ...given('label', element?.textOf('label')) }
}
