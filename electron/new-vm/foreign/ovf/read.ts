/** What an OVF descriptor (DMTF DSP0243, 1.x and 2.0) says about its VM, with what VMware and VirtualBox add to it. */
import type { ForeignNic, ForeignVm } from '../../../../shared/model/new-vm/foreign'
import type { XmlElement } from '../../../domain-xml/document'
import { badFile } from '../foreign-error'
import { cpuCountOf, macOf } from '../numbers'
import { ovfDisks } from './disks'
import { attributeOf, childOf, childrenOf, envelopeOf, textIn } from './elements'
import { itemsOf, itemTypes, type OvfItem } from './items'
import { amountBytes } from './units'

const maxNics = 16
const mostMemoryBytes = 2 ** 52

export function readOvf(text: string): ForeignVm {
  const envelope = envelopeOf(text)
  const notes: string[] = []
  const system = systemOf(envelope)
  const [hardware, ...otherHardware] = childrenOf(system, 'VirtualHardwareSection')
  if (!hardware) throw badFile('It describes no hardware of a VM')
  if (otherHardware.length > 0)
    notes.push('It describes several kinds of hardware to choose from: the first is taken.')
  const items = itemsOf(hardware, configurationOf(envelope, notes))
  const of = (type: number): OvfItem[] => items.filter((item) => item.type === type)
  const name = textIn(system, 'Name') ?? attributeOf(system, 'id')
  const osHint = osOf(system)
  const { firmware, hasTpm } = firmwareOf(system, hardware)
  if (hasTpm)
    notes.push(
      'Not taken along: the TPM and the keys in it: unlock what it protects, such as BitLocker, before the VM moves.',
    )
  for (const [type, what] of lostItems) if (of(type).length > 0) notes.push(`Not taken along: ${what}.`)
  if (childrenOf(system, 'ProductSection').some((one) => childrenOf(one, 'Property').length > 0))
    notes.push('Not taken along: the properties that the appliance asks its user for. Set them in the guest.')
  return {
    format: 'ovf',
    ...(name === undefined ? {} : { name }),
    memoryBytes: memoryOf(of(itemTypes.memory)),
    vcpuCount: cpusOf(of(itemTypes.cpu)),
    firmware,
    isParavirtual: false,
    ...(osHint === undefined ? {} : { osHint }),
    disks: ovfDisks(envelope, items, notes),
    nics: nicsOf(of(itemTypes.nic), notes),
    notes,
  }
}

const lostItems = [
  [itemTypes.floppy, 'the floppy drive'],
  [itemTypes.serial, 'the serial port'],
  [itemTypes.parallel, 'the parallel port'],
] as const

function systemOf(envelope: XmlElement): XmlElement {
  const systems = [
    ...childrenOf(envelope, 'VirtualSystem'),
    ...childrenOf(envelope, 'VirtualSystemCollection').flatMap((one) => childrenOf(one, 'VirtualSystem')),
  ]
  const [system] = systems
  if (!system)
    throw badFile(
      'It describes no VM; drafts of the standard before 1.0, which say it in other words, are not read',
    )
  if (systems.length > 1) throw badFile(`It describes ${systems.length} VMs at once. Export them one by one`)
  return system
}

function configurationOf(envelope: XmlElement, notes: string[]): string | undefined {
  const all = childrenOf(childOf(envelope, 'DeploymentOptionSection'), 'Configuration')
  const usual = all.find((one) => ['true', '1'].includes(attributeOf(one, 'default') ?? '')) ?? all[0]
  if (all.length > 1)
    notes.push(
      `It has ${all.length} sizes to choose from: "${textIn(usual, 'Label') ?? attributeOf(usual, 'id') ?? ''}" is taken.`,
    )
  return attributeOf(usual, 'id')
}

/** VMware and VirtualBox name it in their own way, which says more than the number of the standard. */
function osOf(system: XmlElement): string | undefined {
  const section = childOf(system, 'OperatingSystemSection')
  return attributeOf(section, 'osType') ?? textIn(section, 'OSType') ?? textIn(section, 'Description')
}

function firmwareOf(
  system: XmlElement,
  hardware: XmlElement,
): { readonly firmware: NonNullable<ForeignVm['firmware']>; readonly hasTpm: boolean } {
  const settings = new Map(
    childrenOf(hardware, 'Config', 'ExtraConfig').map((one) => [
      attributeOf(one, 'key')?.toLowerCase() ?? '',
      attributeOf(one, 'value')?.toLowerCase() ?? '',
    ]),
  )
  const box = childOf(system, 'Machine', 'Hardware')
  const boxFirmware = childOf(box, 'Firmware') ?? childOf(box, 'BIOS', 'Firmware')
  const isEfi = settings.get('firmware') === 'efi' || /^efi/i.test(attributeOf(boxFirmware, 'type') ?? '')
  const isSecure = settings.get('bootoptions.efisecurebootenabled') === 'true'
  const boxTpm =
    attributeOf(childOf(box, 'TrustedPlatformModule'), 'type') ??
    attributeOf(childOf(box, 'BIOS', 'TrustedPlatformModule'), 'type')
  return {
    firmware: isEfi ? (isSecure ? 'efi-secure' : 'efi') : 'bios',
    hasTpm:
      (boxTpm !== undefined && boxTpm !== 'None') ||
      childrenOf(hardware, 'Item').some((one) => /vtpm/i.test(textIn(one, 'ResourceSubType') ?? '')),
  }
}

function memoryOf([item]: readonly OvfItem[]): number {
  if (!item) throw badFile('It does not say how much memory the VM has')
  const bytes = amountBytes(item.quantity, item.units)
  if (bytes === undefined || bytes > mostMemoryBytes)
    throw badFile(`The memory is not usable: ${item.quantity ?? 'nothing'} ${item.units ?? ''}`.trim())
  return bytes
}

function cpusOf([item]: readonly OvfItem[]): number {
  if (!item) return 1
  const count = cpuCountOf(item.quantity)
  if (count === undefined)
    throw badFile(`The number of processors is not usable: ${item.quantity ?? 'nothing'}`)
  return count
}

const models: readonly (readonly [part: string, model: string])[] = [
  ['e1000e', 'e1000e'],
  ['e1000', 'e1000'],
  ['vmxnet3', 'vmxnet3'],
  ['pcnet', 'pcnet'],
  ['virtio', 'virtio'],
]

function nicsOf(items: readonly OvfItem[], notes: string[]): ForeignNic[] {
  if (items.length > maxNics) notes.push(`Of the network cards only the first ${maxNics} are taken.`)
  return items.slice(0, maxNics).map(({ subtype, name, address, connection }, at) => {
    // several may be named, in the order they are wanted
    const [wanted = ''] = subtype.split(/\s+/)
    const model = models.find(([part]) => wanted.includes(part))?.[1]
    if (model === undefined && wanted !== '')
      notes.push(`The model ${wanted} of ${name === '' ? `network card ${at + 1}` : name} is not known here.`)
    const mac = macOf(address)
    return {
      ...(mac === undefined ? {} : { mac }),
      ...(model === undefined ? {} : { model }),
      ...(connection === undefined ? {} : { network: connection }),
    }
  })
}
