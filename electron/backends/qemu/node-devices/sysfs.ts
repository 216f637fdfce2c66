/** The PCI and USB devices of a Linux host, and the disks and interfaces that hang on them, as its kernel shows them in /sys. */
import { given } from '../../../../shared/given'
import {
  pciClassName,
  pciText,
  type NodeDevice,
  type NodeDeviceCommon,
  type PciAddress,
} from '../../../../shared/model/node-device'

/**
 * Two kinds of lines: "l LINK<tab>TARGET" for links, "f FILE<tab>TEXT" for the first lines of files. Programs are started
 * once, not for each device, as a host may have hundreds.
 */
export const script = `
cd /sys || exit 0
set -- bus/pci/devices bus/usb/devices class/net class/block
for d; do [ -d "$d" ] && find "$d" -maxdepth 1 -type l -printf 'l %p\\t%l\\n'; done
[ -d bus/pci/devices ] && find bus/pci/devices/*/ -maxdepth 1 -type l \\( -name driver -o -name iommu_group -o -name physfn -o -name 'virtfn*' \\) -printf 'l %p\\t%l\\n' 2>/dev/null
[ -d bus/usb/devices ] && find bus/usb/devices/*/ -maxdepth 1 -type l -name driver -printf 'l %p\\t%l\\n' 2>/dev/null
for f in bus/pci/devices/*/class bus/pci/devices/*/vendor bus/pci/devices/*/device bus/pci/devices/*/numa_node bus/pci/devices/*/sriov_totalvfs \\
  bus/usb/devices/*/busnum bus/usb/devices/*/devnum bus/usb/devices/*/idVendor bus/usb/devices/*/idProduct bus/usb/devices/*/bDeviceClass \\
  bus/usb/devices/*/manufacturer bus/usb/devices/*/product class/net/*/address class/block/*/size class/block/*/removable; do
  v=; { read -r v <"$f"; } 2>/dev/null
  [ -n "$v" ] && printf 'f %s\\t%s\\n' "$f" "$v"
done
exit 0`

interface Entry {
  /** "bus/pci/devices/0000:00:02.0". */
  readonly folder: string
  readonly name: string
  /** Absolute, of the device itself. */
  readonly path: string
  readonly links: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, string>
}

export type FoundDevices = readonly NodeDevice[]

/** `names`: of PCI devices by address, as lspci tells them. */
export function devicesFrom(
  text: string,
  names: ReadonlyMap<string, { readonly vendor: string; readonly product: string }> = new Map(),
): FoundDevices {
  const entries = entriesFrom(text)
  const devices = entries.flatMap((entry): NodeDevice[] => {
    if (entry.folder.startsWith('bus/pci/')) return pci(entry, entries, names)
    if (entry.folder.startsWith('bus/usb/')) return usb(entry)
    if (entry.folder.startsWith('class/net/')) return net(entry)
    return block(entry)
  })
  return devices.map((device) => ({ ...device, ...given('parent', parentOf(device, devices)) }))
}

function entriesFrom(text: string): Entry[] {
  const found = new Map<string, { target: string; links: Map<string, string>; files: Map<string, string> }>()
  for (const line of text.split('\n')) {
    const [, sort, place = '', value = ''] = /^([lf]) ([^\t]+)\t(.*)$/.exec(line) ?? []
    const parts = place.split('/').filter((part) => part !== '')
    const isDevice = parts.length === (parts[0] === 'bus' ? 4 : 3)
    if (sort === 'l' && isDevice)
      found.set(parts.join('/'), { target: value, links: new Map(), files: new Map() })
    else if (sort !== undefined) {
      const one = found.get(parts.slice(0, -1).join('/'))
      const name = parts.at(-1) ?? ''
      if (sort === 'l') one?.links.set(name, value)
      else one?.files.set(name, value.slice(0, 256))
    }
  }
  return [...found].map(([folder, { target, links, files }]) => ({
    folder,
    name: folder.split('/').at(-1) ?? '',
    // "../../../devices/pci0000:00/0000:00:02.0"
    path: `/sys/${target.replace(/^(\.\.\/)+/, '')}`,
    links,
    files,
  }))
}

function common(name: string, { path, links }: Entry): NodeDeviceCommon {
  return {
    name: name.replaceAll(/[^A-Za-z0-9_]/g, '_'),
    path,
    ...given('driver', links.get('driver')?.split('/').at(-1)),
    usedBy: [],
    isUseUncertain: false,
    isHostCritical: false,
  }
}

function parentOf({ path = '' }: NodeDevice, devices: readonly NodeDevice[]): string | undefined {
  const above = devices.filter((one) => one.path !== undefined && path.startsWith(`${one.path}/`))
  return above.toSorted((one, other) => (other.path?.length ?? 0) - (one.path?.length ?? 0))[0]?.name
}

function pci(
  entry: Entry,
  all: readonly Entry[],
  names: ReadonlyMap<string, { readonly vendor: string; readonly product: string }>,
): NodeDevice[] {
  const address = addressOf(entry.name)
  if (!address) return []
  const classCode = /^0x([\da-f]{6})$/i.exec(entry.files.get('class') ?? '')?.[1]
  const group = groupOf(entry)
  const node = Number(entry.files.get('numa_node') ?? -1)
  const named = names.get(entry.name)
  const targets = (prefix: string): string[] =>
    [...entry.links].flatMap(([name, target]) =>
      name.startsWith(prefix) ? (target.split('/').at(-1) ?? []) : [],
    )
  const maxVfs = Number(entry.files.get('sriov_totalvfs') ?? 0)
  return [
    {
      ...common(`pci_${entry.name}`, entry),
      kind: 'pci',
      address,
      addressText: pciText(address),
      ...given('classCode', classCode),
      className: pciClassName(classCode),
      ...given('vendorId', hexIn(entry, 'vendor')),
      ...given('productId', hexIn(entry, 'device')),
      ...given('vendorName', named?.vendor),
      ...given('productName', named?.product),
      ...(group === undefined
        ? {}
        : {
            iommuGroup: {
              number: group,
              members: all.filter((one) => groupOf(one) === group).map(({ name }) => name),
            },
          }),
      ...(Number.isInteger(node) && node >= 0 ? { numaNode: node } : {}),
      isBridge: classCode?.startsWith('06') === true,
      ...(maxVfs > 0 ? { sriov: { maxVfs, vfs: targets('virtfn') } } : {}),
      ...given('physicalFunction', targets('physfn')[0]),
      mdevTypes: [],
    },
  ]
}

function addressOf(name: string): PciAddress | undefined {
  const parts = /^([\da-f]{4,8}):([\da-f]{2}):([\da-f]{2})\.([0-7])$/i.exec(name)?.slice(1)
  const [domain, bus, slot, fn] = (parts ?? []).map((part) => Number.parseInt(part, 16))
  return domain === undefined || bus === undefined || slot === undefined || fn === undefined
    ? undefined
    : { domain, bus, slot, function: fn }
}

function groupOf({ links }: Entry): number | undefined {
  const group = links.get('iommu_group')?.split('/').at(-1)
  return group !== undefined && /^\d{1,6}$/.test(group) ? Number(group) : undefined
}

function hexIn({ files }: Entry, name: string): string | undefined {
  return /^(?:0x)?([\da-f]{4})$/i.exec(files.get(name) ?? '')?.[1]?.toLowerCase()
}

/** "1-2.4" is socket 4 of a hub in socket 2 of bus 1; "usb1" the root of the bus; "1-2:1.0" a part of a device. */
function usb(entry: Entry): NodeDevice[] {
  const [bus, device] = ['busnum', 'devnum'].map((name) => Number(entry.files.get(name)))
  if (entry.name.includes(':') || !Number.isInteger(bus) || !Number.isInteger(device)) return []
  return [
    {
      ...common(`usb_${entry.name}`, entry),
      kind: 'usb',
      bus: bus ?? 0,
      device: device ?? 0,
      ...given('port', /^\d+-(\d+(?:\.\d+)*)$/.exec(entry.name)?.[1]),
      ...given('vendorId', hexIn(entry, 'idVendor')),
      ...given('productId', hexIn(entry, 'idProduct')),
      ...given('vendorName', entry.files.get('manufacturer')),
      ...given('productName', entry.files.get('product')),
      isHub: entry.files.get('bDeviceClass') === '09',
    },
  ]
}

function net(entry: Entry): NodeDevice[] {
  const mac = entry.files.get('address')?.toLowerCase()
  return [
    {
      ...common(`net_${entry.name}`, entry),
      kind: 'net',
      interface: entry.name,
      ...given('mac', mac),
    },
  ]
}

/** Whole disks that are hardware; parts of them and what software makes are none. */
function block(entry: Entry): NodeDevice[] {
  const above = entry.path.split('/').at(-2)
  if (above !== 'block' || entry.path.includes('/virtual/')) return []
  const sectors = Number(entry.files.get('size'))
  return [
    {
      ...common(`block_${entry.name}`, entry),
      kind: 'storage',
      block: `/dev/${entry.name}`,
      // in sectors of 512 bytes, whatever the disk has
      ...given('sizeBytes', Number.isFinite(sectors) ? sectors * 512 : undefined),
      isRemovable: entry.files.get('removable') === '1',
    },
  ]
}

/** `lspci -Dmm`: `0000:00:02.0 "Class" "Maker" "Product" …`. */
export function pciNames(text: string): Map<string, { readonly vendor: string; readonly product: string }> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, address, vendor, product] = /^(\S+) "[^"]*" "([^"]*)" "([^"]*)"/.exec(line) ?? []
      return address === undefined || vendor === undefined || product === undefined
        ? []
        : [[address, { vendor, product }] as const]
    }),
  )
}
