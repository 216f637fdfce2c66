/** What a machine type can have (https://libvirt.org/formatdomaincaps.html). Names nobody knows yet are kept. */
import type { CapabilityGroup, CpuModel, GuestCapabilities } from '../../../../shared/model/host-details'
import { given } from '../../../../shared/given'
import type { XmlElement } from '../../../domain-xml/document'
import { countOf } from '../../../domain-xml/sizes'

export function readGuestCapabilities(root: XmlElement): GuestCapabilities {
  const cpu = root.find('cpu')
  return {
    ...given('emulator', root.textOf('path')),
    virtType: root.textOf('domain') ?? 'unknown',
    architecture: root.textOf('arch') ?? 'unknown',
    ...given('machine', root.textOf('machine')),
    ...given('maxVcpus', countOf(root.find('vcpu')?.attribute('max'))),
    firmware: firmwareOf(root.find('os')),
    cpuModes: (cpu?.children('mode') ?? []).flatMap((mode) => {
      const name = mode.attribute('name')
      return name === undefined ? [] : [{ name, isSupported: isSupported(mode) }]
    }),
    ...given('hostModel', hostModelOf(cpu)),
    cpuModels: cpuModelsOf(cpu),
    devices: [
      ...groupsOf(root.find('devices')),
      // beside the devices, but of the same kind for a reader
      ...groupsIn(root.children('memoryBacking')),
      ...groupsIn(root.children('iothreads')),
    ],
    features: groupsOf(root.find('features')),
  }
}

function isSupported(element: XmlElement): boolean {
  return element.attribute('supported') !== 'no'
}

function enumValues(element: XmlElement | undefined, name: string): string[] | undefined {
  const found = element?.children('enum').find((one) => one.attribute('name') === name)
  return found && found.children('value').flatMap((value) => value.text() ?? [])
}

function firmwareOf(os: XmlElement | undefined): GuestCapabilities['firmware'] {
  const loader = os?.find('loader')
  const secure = enumValues(loader, 'secure')
  const kinds = enumValues(os, 'firmware') ?? []
  // "secure" lists what loaders may be declared to be, which is "yes" only where a matching firmware is installed
  // (formatdomaincaps.html#bios-bootloader)
  const secureBoot = secure === undefined ? 'unknown' : secure.includes('yes') ? 'yes' : 'no'
  return {
    kinds,
    loaders: (loader?.children('value') ?? []).flatMap((value) => value.text() ?? []),
    secureBoot,
  }
}

function hostModelOf(cpu: XmlElement | undefined): GuestCapabilities['hostModel'] {
  const mode = cpu?.children('mode').find((one) => one.attribute('name') === 'host-model')
  const model = mode?.textOf('model')
  if (!mode || model === undefined || !isSupported(mode)) return undefined
  return {
    model,
    ...given('vendor', mode.textOf('vendor')),
    features: mode.children('feature').flatMap((feature) => {
      const name = feature.attribute('name')
      return name === undefined ? [] : [{ name, policy: feature.attribute('policy') ?? 'require' }]
    }),
  }
}

function cpuModelsOf(cpu: XmlElement | undefined): CpuModel[] {
  const custom = cpu?.children('mode').find((one) => one.attribute('name') === 'custom')
  const blockers = new Map(
    (custom?.children('blockers') ?? []).map((one) => [
      one.attribute('model'),
      one.children('feature').flatMap((feature) => feature.attribute('name') ?? []),
    ]),
  )
  return (custom?.children('model') ?? []).flatMap((model) => {
    const name = model.text()
    if (name === undefined) return []
    const usable = model.attribute('usable')
    return [
      {
        name,
        ...given('vendor', model.attribute('vendor')),
        usable: usable === 'yes' || usable === 'no' ? usable : 'unknown',
        isDeprecated: model.attribute('deprecated') === 'yes',
        blockers: blockers.get(name) ?? [],
      },
    ]
  })
}

function groupsOf(parent: XmlElement | undefined): CapabilityGroup[] {
  return groupsIn(parent?.children() ?? [])
}

function groupsIn(elements: readonly XmlElement[]): CapabilityGroup[] {
  return elements.map((element) => ({
    name: element.name,
    isSupported: isSupported(element),
    values: [
      ...element.children('enum').map((one) => ({
        name: one.attribute('name') ?? 'values',
        values: one.children('value').flatMap((value) => value.text() ?? []),
      })),
      // plain facts such as <cbitpos>47</cbitpos> of SEV
      ...element
        .children()
        .filter((child) => child.name !== 'enum')
        .flatMap((child) => {
          const text = child.text()
          return text === undefined ? [] : [{ name: child.name, values: [text] }]
        }),
    ],
  }))
}
