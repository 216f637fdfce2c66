import type { NodeDeviceCommon } from '../../../../shared/model/node-device'
import type { XmlElement } from '../../../domain-xml/document'
import { given } from '../../../../shared/given'

/** Who uses it and whether the host needs it is found out afterwards, from definitions and the host's files. */
export function commonOf(device: XmlElement): NodeDeviceCommon | undefined {
  const name = device.textOf('name')
  if (name === undefined) return undefined
  return {
    name,
    ...given('parent', device.textOf('parent')),
    ...given('path', device.textOf('path')),
    ...given('driver', device.textOf('driver', 'name')),
    usedBy: [],
    isUseUncertain: false,
    isHostCritical: false,
  }
}
