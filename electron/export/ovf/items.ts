/**
 * The hardware of an OVF as items of CIM's kinds. Only devices that VMware, VirtualBox and the systems in their guests all know:
 * disks on SATA, cards of Intel's. The elements of an item are in the order of their names, as the schema wants them.
 */
import { encodeText } from '../../domain-xml/entities'
import type { OvfFacts } from './facts'

export interface OvfDisk {
  readonly file: string
  readonly format: 'vmdk' | 'qcow2' | 'raw'
  readonly capacityBytes: number
  /** Known once it is written. */
  readonly sizeBytes: number
}

type Item = Readonly<Record<string, string | number | undefined>>

/** CIM_ResourceAllocationSettingData.ResourceType. */
const types = { cpu: 3, memory: 4, ide: 5, nic: 10, dvd: 15, disk: 17, sata: 20 } as const
/** An AHCI controller has no more. */
const sataPorts = 30
/** As products name the models; virtio is of none of them. */
const cardModels: Readonly<Record<string, string>> = {
  e1000e: 'E1000e',
  vmxnet3: 'VmxNet3',
  pcnet: 'PCNet32',
}

export function itemsText(facts: OvfFacts, disks: readonly OvfDisk[]): string {
  return itemsOf(facts, disks).map(itemText).join('\n')
}

function itemsOf(facts: OvfFacts, disks: readonly OvfDisk[]): Item[] {
  const { vcpuCount, memoryBytes, nics, discCount } = facts
  const items: Item[] = []
  const add = (item: Item): number => {
    const id = items.length + 1
    items.push({ InstanceID: id, Caption: item['ElementName'], ...item })
    return id
  }
  add({
    AllocationUnits: 'hertz * 10^6',
    Description: 'Number of virtual CPUs',
    ElementName: `${vcpuCount} virtual CPU${vcpuCount === 1 ? '' : 's'}`,
    ResourceType: types.cpu,
    VirtualQuantity: vcpuCount,
  })
  const mebibytes = Math.ceil(memoryBytes / 1024 ** 2)
  add({
    AllocationUnits: 'byte * 2^20',
    Description: 'Memory size',
    ElementName: `${mebibytes} MB of memory`,
    ResourceType: types.memory,
    VirtualQuantity: mebibytes,
  })
  for (let first = 0; first < disks.length; first += sataPorts) {
    const number = first / sataPorts
    const controller = add({
      Address: number,
      Description: 'SATA controller',
      ElementName: `SATA controller ${number}`,
      ResourceSubType: 'vmware.sata.ahci',
      ResourceType: types.sata,
    })
    for (const [port, at] of disks
      .slice(first, first + sataPorts)
      .map((_, one) => [one, first + one] as const))
      add({
        AddressOnParent: port,
        Description: 'Disk',
        ElementName: `Disk ${at + 1}`,
        HostResource: `ovf:/disk/vmdisk${at + 1}`,
        Parent: controller,
        ResourceType: types.disk,
      })
  }
  if (discCount > 0) {
    const controller = add({
      Address: 0,
      Description: 'IDE controller',
      ElementName: 'IDE controller 0',
      ResourceSubType: 'PIIX4',
      ResourceType: types.ide,
    })
    add({
      AddressOnParent: 0,
      AutomaticAllocation: 'true',
      Description: 'CD/DVD drive',
      ElementName: 'CD/DVD drive 1',
      Parent: controller,
      ResourceType: types.dvd,
    })
  }
  for (const [at, { mac, model = '', network }] of nics.entries()) {
    const subtype = (Object.hasOwn(cardModels, model) ? cardModels[model] : undefined) ?? 'E1000'
    add({
      Address: mac,
      AutomaticAllocation: 'true',
      Connection: network,
      Description: `${subtype} network card`,
      ElementName: `Network card ${at + 1}`,
      ResourceSubType: subtype,
      ResourceType: types.nic,
    })
  }
  return items
}

function itemText(item: Item): string {
  const lines = Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `        <rasd:${name}>${encodeText(String(value))}</rasd:${name}>`)
  return ['      <Item>', ...lines, '      </Item>'].join('\n')
}
