/** Virtual networks, host interfaces, pools and volumes out of their XML (https://libvirt.org/format.html). */
import {
  volumeTypes,
  type HostInterface,
  type InterfaceKind,
  type NetworkChoice,
  type PoolChoice,
  type VolumeChoice,
} from '../../../shared/model/host-choices'
import type { XmlElement } from '../../domain-xml/document'
import { sizeOf } from '../../domain-xml/sizes'
import { given } from '../../../shared/given'

export function readNetwork(network: XmlElement): Omit<NetworkChoice, 'name' | 'isActive'> {
  const forward = network.find('forward')
  return {
    // without a mode libvirt takes nat
    forward: forward ? (forward.attribute('mode') ?? 'nat') : 'isolated',
    ...given('bridge', network.find('bridge')?.attribute('name')),
    portGroups: network.children('portgroup').flatMap((group) => {
      const name = group.attribute('name')
      return name === undefined ? [] : [{ name, isDefault: group.attribute('default') === 'yes' }]
    }),
  }
}

const interfaceTypes: Record<string, InterfaceKind> = {
  bridge: 'bridge',
  ethernet: 'physical',
  bond: 'bond',
  vlan: 'vlan',
}

export function readInterface(element: XmlElement): Pick<HostInterface, 'kind' | 'addresses'> {
  return {
    kind: interfaceTypes[element.attribute('type') ?? ''] ?? 'unknown',
    addresses: element.children('protocol').flatMap((protocol) =>
      protocol.children('ip').flatMap((ip) => {
        const address = ip.attribute('address')
        const prefix = ip.attribute('prefix')
        if (address === undefined) return []
        return [prefix === undefined ? address : `${address}/${prefix}`]
      }),
    ),
  }
}

export function readPool(pool: XmlElement): Pick<PoolChoice, 'type' | 'path'> {
  return { type: pool.attribute('type') ?? 'unknown', ...given('path', pool.textOf('target', 'path')) }
}

export function readVolume(volume: XmlElement, name: string, key: string): VolumeChoice {
  const type = volumeTypes.find((one) => one === volume.attribute('type'))
  return {
    name,
    path: volume.textOf('target', 'path') ?? key,
    type: type ?? 'unknown',
    ...given('format', volume.find('target', 'format')?.attribute('type')),
    ...given('capacityBytes', sizeOf(volume.find('capacity'), 'bytes')),
    ...given('allocationBytes', sizeOf(volume.find('allocation'), 'bytes')),
  }
}
