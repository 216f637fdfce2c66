/** Disks and what they hang on, and network cards, out of node device XML. */
import type { NodeDevice, NodeDeviceCommon } from '../../../../shared/model/node-device'
import type { XmlElement } from '../../../domain-xml/document'
import { integerOf } from '../../../domain-xml/numbers'
import { sizeOf } from '../../../domain-xml/sizes'
import { given } from '../../../../shared/given'

export function readScsi(common: NodeDeviceCommon, capability: XmlElement): NodeDevice | undefined {
  const [host, bus, target, lun] = ['host', 'bus', 'target', 'lun'].map((name) =>
    integerOf(capability.textOf(name)),
  )
  if (host === undefined || bus === undefined || target === undefined || lun === undefined) return undefined
  return { ...common, kind: 'scsi', host, bus, target, lun, ...given('type', capability.textOf('type')) }
}

export function readScsiHost(common: NodeDeviceCommon, capability: XmlElement): NodeDevice | undefined {
  const host = integerOf(capability.textOf('host'))
  if (host === undefined) return undefined
  const inner = (type: string): XmlElement | undefined =>
    capability.children('capability').find((one) => one.attribute('type') === type)
  const fibre = inner('fc_host')
  const ports = inner('vport_ops')
  const max = integerOf(ports?.textOf('max_vports'))
  const count = integerOf(ports?.textOf('vports'))
  return {
    ...common,
    kind: 'scsi-host',
    host,
    ...given('uniqueId', integerOf(capability.textOf('unique_id'))),
    ...given(
      'fibreChannel',
      fibre && {
        ...given('wwnn', fibre.textOf('wwnn')),
        ...given('wwpn', fibre.textOf('wwpn')),
        ...given('fabricWwn', fibre.textOf('fabric_wwn')),
      },
    ),
    ...given('virtualPorts', max === undefined || count === undefined ? undefined : { max, count }),
  }
}

export function readStorage(common: NodeDeviceCommon, capability: XmlElement): NodeDevice | undefined {
  const block = capability.textOf('block')
  if (block === undefined) return undefined
  const removable = capability.children('capability').find((one) => one.attribute('type') === 'removable')
  const hasMedia = removable?.textOf('media_available') === '1'
  const size = removable ? (hasMedia ? removable.find('media_size') : undefined) : capability.find('size')
  return {
    ...common,
    kind: 'storage',
    block,
    ...given('bus', capability.textOf('bus')),
    ...given('driveType', capability.textOf('drive_type')),
    ...given('model', capability.textOf('model')),
    ...given('vendor', capability.textOf('vendor')),
    ...given('serial', capability.textOf('serial')),
    ...given('sizeBytes', sizeOf(size, 'bytes')),
    isRemovable: removable !== undefined,
  }
}

export function readNetDevice(common: NodeDeviceCommon, capability: XmlElement): NodeDevice | undefined {
  const name = capability.textOf('interface')
  // every host has it, and no VM can
  if (name === undefined || name === 'lo') return undefined
  const link = capability.find('link')
  const state = link?.attribute('state')
  return {
    ...common,
    kind: 'net',
    interface: name,
    ...given('mac', capability.textOf('address')?.toLowerCase()),
    // tunnels and bridges of some kernels say "unknown"
    ...given('isUp', state === 'up' ? true : state === 'down' ? false : undefined),
    ...given('speedMbit', integerOf(link?.attribute('speed'))),
  }
}
