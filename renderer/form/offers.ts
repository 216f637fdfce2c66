/** What a host offers for a field, from the lists it has told. */
import { whyNotAssignable } from '../../shared/model/assignable'
import type { HostChoice, Values } from '../../shared/model/hardware/field'
import type { HardwareContext } from '../../shared/model/hardware/kind'
import {
  takesCards,
  takesMacvtap,
  type HostChoices,
  type Listed,
  type VolumeList,
} from '../../shared/model/host-choices'
import type { HostCapabilities } from '../../shared/model/host-details'
import type { NodeDevice, PciDevice } from '../../shared/model/node-device'
import { formatBytes } from '../../shared/units'
import type { ComboOption } from '../ui/ComboField'

export type OfferSource = 'choices' | 'devices' | 'volumes' | 'capabilities' | 'guest' | 'none'

const sources: Record<HostChoice, OfferSource> = {
  network: 'choices',
  bridge: 'choices',
  interface: 'choices',
  'port-group': 'choices',
  filter: 'choices',
  pool: 'choices',
  secret: 'choices',
  volume: 'volumes',
  'pci-device': 'devices',
  'pci-network-card': 'devices',
  'pci-nvme-drive': 'devices',
  'usb-device': 'devices',
  'scsi-device': 'devices',
  // targets of the kernel are no devices, and hosts do not list them
  'scsi-host': 'none',
  'mdev-device': 'devices',
  'render-node': 'devices',
  machine: 'capabilities',
  'cpu-model': 'guest',
  'cpu-feature': 'guest',
  'operating-system': 'none',
}

export function sourceOf(choice: HostChoice): OfferSource {
  return sources[choice]
}

const option = (id: string, hint?: string, label?: string): ComboOption => ({
  id,
  hint,
  ...(label === undefined ? {} : { label }),
})

export function choiceOffers(of: HostChoice, choices: HostChoices, values: Values): ComboOption[] {
  switch (of) {
    case 'network':
      return items(choices.networks).map(({ name, isActive, forward }) =>
        option(name, isActive ? forward : `${forward}, not active`),
      )
    case 'bridge':
      return items(choices.interfaces)
        .filter(takesCards)
        .map(({ name, kind, addresses }) => option(name, [kind, ...addresses].join(', ')))
    case 'interface':
      return items(choices.interfaces)
        .filter(takesMacvtap)
        .map(({ name, kind, isUp, addresses }) =>
          option(name, [kind, ...(isUp === false ? ['down'] : []), ...addresses].join(', ')),
        )
    case 'port-group': {
      const used = new Set(Object.values(values))
      const named = items(choices.networks).filter(({ name }) => used.has(name))
      return (named.length > 0 ? named : items(choices.networks)).flatMap(({ name, portGroups }) =>
        portGroups.map((group) => option(group.name, group.isDefault ? `${name}, default` : name)),
      )
    }
    case 'filter':
      return items(choices.filters).map(({ name }) => option(name))
    case 'pool':
      return items(choices.pools).map(({ name, type, state, availableBytes }) =>
        option(
          name,
          [
            type,
            ...(state === 'running' ? [] : [state]),
            ...(availableBytes === undefined ? [] : [`${formatBytes(availableBytes)} free`]),
          ].join(', '),
        ),
      )
    case 'secret':
      return items(choices.secrets).map(({ uuid, usageType, usageId }) =>
        option(
          uuid,
          usageType === 'none' ? 'for nothing in particular' : `for ${usageType}`,
          usageId ?? uuid,
        ),
      )
    default:
      return []
  }
}

function items<T>(listed: Listed<T>): readonly T[] {
  return listed.items
}

/** The pool among an item's values, whose volumes are offered. */
export function poolOf(choices: HostChoices | undefined, values: Values): string | undefined {
  const names = new Set(choices?.pools.items.map(({ name }) => name))
  return Object.values(values).find((value): value is string => typeof value === 'string' && names.has(value))
}

export function volumeOffers({ volumes }: VolumeList): ComboOption[] {
  return volumes.map(({ name, format, capacityBytes }) =>
    option(
      name,
      [format, capacityBytes === undefined ? undefined : formatBytes(capacityBytes)]
        .filter((word) => word !== undefined)
        .join(', ') || undefined,
    ),
  )
}

/** How the class codes of those begin that a choice is for (PCI Code and ID Assignment Specification). */
const pciClasses: { readonly [choice in HostChoice]?: string } = {
  'pci-device': '',
  'pci-network-card': '02',
  'pci-nvme-drive': '0108',
}

/** A device whose class the host does not tell may be of any. */
function isOffered(of: HostChoice, { isBridge, classCode }: PciDevice): boolean {
  const begin = pciClasses[of]
  return begin !== undefined && !isBridge && (classCode?.startsWith(begin) ?? true)
}

export function deviceOffers(of: HostChoice, devices: readonly NodeDevice[]): ComboOption[] {
  const use = ({ usedBy, isHostCritical }: NodeDevice): string[] => [
    ...(usedBy.length > 0 ? [`used by ${usedBy.join(', ')}`] : []),
    ...(isHostCritical ? ['the host needs it'] : []),
  ]
  return devices.flatMap((device): ComboOption[] => {
    if (device.kind === 'pci' && isOffered(of, device)) {
      const name = device.productName ?? device.className
      return [option(device.addressText, [name, ...use(device)].join(', '))]
    }
    if (of === 'usb-device' && device.kind === 'usb' && !device.isHub) {
      if (device.vendorId === undefined || device.productId === undefined) return []
      const id = `${device.vendorId}:${device.productId}`
      return [option(id, [device.productName ?? 'USB device', ...use(device)].join(', '))]
    }
    if (of === 'scsi-device' && device.kind === 'scsi') {
      const id = `${device.host}:${device.bus}:${device.target}:${device.lun}`
      return [option(id, [device.model ?? device.type ?? 'SCSI device', ...use(device)].join(', '))]
    }
    if (of === 'mdev-device' && device.kind === 'mdev' && device.uuid !== undefined)
      return [option(device.uuid, [device.type ?? 'mediated device', ...use(device)].join(', '))]
    if (of === 'render-node' && device.kind === 'drm' && device.type === 'render' && device.node)
      return [option(device.node)]
    return []
  })
}

/** Why the VM cannot or should not have the device that an offer stands for; undefined also for what is not offered. */
export function whyNotDevice(
  of: HostChoice,
  chosen: string,
  devices: readonly NodeDevice[],
  vmName: string | undefined,
): string | undefined {
  const device = devices.find((one) => deviceOffers(of, [one]).some(({ id }) => id === chosen.toLowerCase()))
  return device && whyNotAssignable(device, devices, vmName)
}

export function machineOffers(capabilities: HostCapabilities, context: HardwareContext): ComboOption[] {
  const guest = capabilities.guests.find(
    ({ architecture, osType, virtTypes }) =>
      architecture === context.architecture &&
      osType === context.osType &&
      virtTypes.some(({ name }) => name === context.virtType),
  )
  return (guest?.machines ?? [])
    .toSorted((a, b) => Number(b.canonical !== undefined) - Number(a.canonical !== undefined))
    .map(({ name, canonical, isDeprecated }) =>
      option(
        name,
        canonical === undefined ? (isDeprecated ? 'deprecated' : undefined) : `newest: ${canonical}`,
      ),
    )
}

export function guestOffers(of: HostChoice, { capabilities }: HardwareContext): ComboOption[] {
  if (of === 'cpu-model') {
    const usable = { yes: 0, unknown: 1, no: 2 }
    return (capabilities?.cpuModels ?? [])
      .toSorted((a, b) => usable[a.usable] - usable[b.usable])
      .map(({ name, usable: can, blockers, isDeprecated }) =>
        option(
          name,
          can === 'no'
            ? `not on this host${blockers.length > 0 ? `: lacks ${blockers.slice(0, 4).join(', ')}` : ''}`
            : isDeprecated
              ? 'deprecated'
              : undefined,
        ),
      )
  }
  return (capabilities?.hostModel?.features ?? []).map(({ name }) => option(name, 'this host has it'))
}
