/** What of a definition an OVF can say. */
import { guestFacts } from '../../domain-xml/hardware/view'
import { findItems, readValues } from '../../domain-xml/hardware/items'
import type { EditElement } from '../../domain-xml/edit/tree'

export interface OvfNic {
  readonly mac?: string
  readonly model?: string
  /** Name of the network or bridge. */
  readonly network: string
}

export interface OvfFacts {
  readonly name: string
  readonly description?: string
  readonly architecture: string
  readonly vcpuCount: number
  readonly memoryBytes: number
  readonly firmware: 'bios' | 'efi' | 'efi-secure'
  /** libosinfo's address. */
  readonly osId?: string
  readonly nics: readonly OvfNic[]
  /** Drives for discs, which are empty in the package. */
  readonly discCount: number
}

export function ovfFacts(root: EditElement): OvfFacts {
  const page = (kind: string): ReturnType<typeof readValues> => {
    const [item] = findItems(root, kind)
    return item ? readValues(item) : {}
  }
  const devices = (name: string): EditElement[] => root.find('devices')?.children(name) ?? []
  const osId = page('os')['id']
  const description = root.find('description')?.text()
  return {
    name: root.find('name')?.text() ?? 'vm',
    ...(description === undefined || description === '' ? {} : { description }),
    architecture: guestFacts(root).architecture,
    vcpuCount: numberOf(page('cpu')['maximum'], 1),
    memoryBytes: numberOf(page('memory')['maximum'], 1024 ** 3),
    firmware: firmwareOf(root),
    ...(typeof osId === 'string' && osId !== '' ? { osId } : {}),
    nics: devices('interface').map(nicOf),
    discCount: devices('disk').filter((disk) => disk.attribute('device') === 'cdrom').length,
  }
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise
}

/** https://libvirt.org/formatdomain.html#bios-bootloader */
function firmwareOf(root: EditElement): OvfFacts['firmware'] {
  const os = root.find('os')
  const loader = os?.find('loader')
  const isEfi = os?.attribute('firmware') === 'efi' || loader?.attribute('type') === 'pflash'
  if (!isEfi) return 'bios'
  const wantsSecure = os
    ?.find('firmware')
    ?.children('feature')
    .some((one) => one.attribute('name') === 'secure-boot' && one.attribute('enabled') === 'yes')
  return loader?.attribute('secure') === 'yes' || wantsSecure === true ? 'efi-secure' : 'efi'
}

function nicOf(nic: EditElement): OvfNic {
  const source = nic.find('source')
  const mac = nic.find('mac')?.attribute('address')
  const model = nic.find('model')?.attribute('type')
  const named = ['network', 'bridge', 'dev', 'portgroup'].map((name) => source?.attribute(name))
  return {
    network: named.find((name) => name !== undefined && name !== '') ?? 'NAT',
    ...(mac === undefined ? {} : { mac }),
    ...(model === undefined ? {} : { model }),
  }
}
