/** The hardware of an OVF: items of CIM's kinds, of which each disk and drive names its controller. */
import type { XmlElement } from '../../../domain-xml/document'
import { attributeOf, childrenOf, textIn } from './elements'

export interface OvfItem {
  /** CIM_ResourceAllocationSettingData.ResourceType. */
  readonly type: number
  readonly id: string
  readonly name: string
  readonly subtype: string
  readonly parent: string | undefined
  readonly place: number
  readonly quantity: string | undefined
  readonly units: string | undefined
  /** "ovf:/disk/vmdisk1", without the scheme. */
  readonly resource: string | undefined
  readonly connection: string | undefined
  readonly address: string | undefined
}

export const itemTypes = {
  cpu: 3,
  memory: 4,
  ide: 5,
  scsi: 6,
  nic: 10,
  floppy: 14,
  cd: 15,
  dvd: 16,
  disk: 17,
  otherStorage: 20,
  serial: 21,
  parallel: 22,
} as const

/** Of the configuration that is used where nobody chooses one; those that only bound a range are left out. */
export function itemsOf(hardware: XmlElement | undefined, configuration: string | undefined): OvfItem[] {
  const items = new Map<string, OvfItem>()
  for (const [at, element] of childrenOf(hardware, 'Item', 'StorageItem', 'EthernetPortItem').entries()) {
    const bound = attributeOf(element, 'bound')
    const only = attributeOf(element, 'configuration')?.split(/\s+/)
    if (bound !== undefined && bound !== 'normal') continue
    if (only && (configuration === undefined || !only.includes(configuration))) continue
    const item = itemOf(element)
    // one of a configuration takes the place of the common one
    items.set(item.id === '' ? `at ${at}` : item.id, item)
  }
  return [...items.values()]
}

function itemOf(element: XmlElement): OvfItem {
  const text = (name: string): string | undefined => textIn(element, name)
  return {
    type: Number(text('ResourceType') ?? 0),
    // "InstanceId" in drafts of the standard
    id: text('InstanceID') ?? text('InstanceId') ?? '',
    name: text('ElementName') ?? text('Caption') ?? '',
    subtype: (text('ResourceSubType') ?? '').toLowerCase(),
    parent: text('Parent'),
    place: Number(text('AddressOnParent') ?? 0) || 0,
    quantity: text('VirtualQuantity'),
    units: text('AllocationUnits') ?? text('VirtualQuantityUnits'),
    resource: text('HostResource')?.replace(/^ovf:/, ''),
    connection: text('Connection'),
    address: text('Address'),
  }
}
