/** Which VMs a device of the host is given to, by what their definitions take. */
import type { ErrorData } from '../../../shared/errors'
import type { NodeDevice } from '../../../shared/model/node-device'
import { isAssigned, type AssignedDevice } from '../../domain-xml/assigned-devices'

export interface DeviceUsers {
  readonly items: readonly { readonly vmName: string; readonly found: readonly AssignedDevice[] }[]
  /** Definitions could not all be read. */
  readonly error?: ErrorData
}

export function withUsers(devices: readonly NodeDevice[], { items, error }: DeviceUsers): NodeDevice[] {
  return devices.map((device) => ({
    ...device,
    usedBy: items
      .filter(({ found }) => found.some((assigned) => isAssigned(device, assigned)))
      .map(({ vmName }) => vmName),
    isUseUncertain: error !== undefined,
  }))
}
