/** Rules for giving devices of the host to VMs: what must go together, and what stays. */
import type { NodeDevice, PciDevice } from './node-device'

export interface IommuGroup {
  readonly number: number
  /** Names of all members that are no bridges: a VM gets all of them or none. */
  readonly together: readonly string[]
  /** Bridges of the group stay with the host. */
  readonly bridges: readonly string[]
  /** Members that the host names but that are not among the devices: address texts. */
  readonly unlisted: readonly string[]
}

/** By number. Devices without IOMMU group are in none. */
export function iommuGroups(devices: readonly NodeDevice[]): IommuGroup[] {
  const byAddress = new Map(pciOf(devices).map((device) => [device.addressText, device]))
  const members = new Map<number, Set<string>>()
  for (const { addressText, iommuGroup } of byAddress.values()) {
    if (!iommuGroup) continue
    const known = members.get(iommuGroup.number) ?? new Set<string>()
    for (const member of [addressText, ...iommuGroup.members]) known.add(member)
    members.set(iommuGroup.number, known)
  }
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([number, addresses]) => {
      const sorted = [...addresses].sort()
      const listed = sorted.flatMap((address) => byAddress.get(address) ?? [])
      return {
        number,
        together: listed.filter((one) => !one.isBridge).map(({ name }) => name),
        bridges: listed.filter((one) => one.isBridge).map(({ name }) => name),
        unlisted: sorted.filter((address) => !byAddress.has(address)),
      }
    })
}

/** Everything that goes to the VM with this device, itself included; only itself without a group. */
export function goingTogether(device: PciDevice, devices: readonly NodeDevice[]): PciDevice[] {
  const number = device.iommuGroup?.number
  if (number === undefined) return [device]
  return pciOf(devices).filter((one) => one.iommuGroup?.number === number && !one.isBridge)
}

/** True when PCI devices are there and none has a group: the IOMMU is off, or the host does not tell. */
export function lacksIommu(devices: readonly NodeDevice[]): boolean {
  const pci = pciOf(devices)
  return pci.length > 0 && pci.every(({ iommuGroup }) => iommuGroup === undefined)
}

/**
 * Why a VM cannot or should not have it: one sentence, or undefined. With the other devices, what would go along with it
 * and what is made from it is looked at too; with the VM's name, its own use is no reason.
 */
export function whyNotAssignable(
  device: NodeDevice,
  devices: readonly NodeDevice[] = [],
  vmName?: string,
): string | undefined {
  return (
    whyNotByKind(device) ??
    whyNotNow(device, vmName) ??
    (device.kind === 'pci' ? whyNotByOthers(device, devices, vmName) : undefined)
  )
}

function whyNotByKind(device: NodeDevice): string | undefined {
  switch (device.kind) {
    case 'pci':
      return device.isBridge ? 'It connects other devices and stays with the host.' : undefined
    case 'usb':
      return device.isHub ? 'It is a hub: choose what is plugged into it.' : undefined
    case 'scsi-generic':
      return 'Choose the SCSI device it belongs to.'
    case 'ap-card':
    case 'ap-queue':
    case 'ap-matrix':
      return 'A VM gets crypto adapters and domains through a mediated device.'
    case 'css':
      return 'A VM gets a channel device through a mediated device.'
    case 'ccw':
      return 'Choose the subchannel it hangs on.'
    case 'scsi':
    case 'scsi-host':
    case 'storage':
    case 'net':
    case 'mdev':
    case 'drm':
    case 'vdpa':
      return undefined
  }
}

function whyNotNow(device: NodeDevice, vmName: string | undefined): string | undefined {
  if (device.isHostCritical) return device.whyCritical ?? 'The host needs it.'
  // any number of VMs may draw on one
  if (device.kind === 'drm') return undefined
  const others = device.usedBy.filter((name) => name !== vmName)
  return others.length > 0 ? `It is given to ${named(others)}.` : undefined
}

function whyNotByOthers(
  device: PciDevice,
  devices: readonly NodeDevice[],
  vmName: string | undefined,
): string | undefined {
  const parts = devices.filter(
    (one) => (one.kind === 'mdev' || one.kind === 'pci') && isPartOf(one, device) && one.usedBy.length > 0,
  )
  if (parts.length > 0) return `Parts of it are given to ${named(parts.flatMap(({ usedBy }) => usedBy))}.`
  for (const member of goingTogether(device, devices)) {
    const why = member.name === device.name ? undefined : whyNotNow(member, vmName)
    if (why !== undefined) {
      return `${member.addressText} would go with it, as both are in IOMMU group ${device.iommuGroup?.number ?? 0}. ${why}`
    }
  }
  return undefined
}

function isPartOf(one: NodeDevice, whole: PciDevice): boolean {
  if (one.kind === 'pci') return one.physicalFunction === whole.addressText
  return one.kind === 'mdev' && (one.parentAddress === whole.addressText || one.parent === whole.name)
}

function named(names: readonly string[]): string {
  const all = [...new Set(names)]
  const quoted = all.slice(0, 3).map((name) => `"${name}"`)
  const last = all.length > 3 ? `${all.length - 3} more` : quoted.pop()
  return quoted.length === 0 ? `${last}` : `${quoted.join(', ')} and ${last}`
}

function pciOf(devices: readonly NodeDevice[]): PciDevice[] {
  return devices.filter((device): device is PciDevice => device.kind === 'pci')
}
