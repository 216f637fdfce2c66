/** The devices of a host as rows to choose from: what each is, who has it, why not, and what choosing it sets. */
import { goingTogether, lacksIommu, whyNotAssignable } from '../assignable'
import type { NodeDevice, PciDevice, UsbDevice } from '../node-device'
import { plain, type Values } from './field'
import { adviceOf, factsOf, type Advice } from './host-device-facts'

export interface HostDeviceRow {
  /** The host's name of it; unique. */
  readonly key: string
  readonly title: string
  readonly maker?: string
  /** Where it is: as people and tools write it. */
  readonly address: string
  /** Vendor and product: "10de:2484". */
  readonly ids?: string
  readonly iommuGroup?: number
  readonly driver?: string
  readonly usedBy: readonly string[]
  /** More in few words: "NUMA node 1". */
  readonly facts: readonly string[]
  /** To be said when it is chosen. */
  readonly advice: readonly Advice[]
  /** Why this VM cannot or should not have it. */
  readonly whyNot?: string
  /** What choosing it sets; undefined unsets. */
  readonly values: Values
  /** It is what the values say now. */
  readonly isChosen: boolean
}

/** What of a kind's fields says which device is meant. */
const identities: Readonly<Record<string, (values: Values) => readonly string[]>> = {
  'pci-device': () => ['address'],
  'usb-device': ({ identifyBy }) =>
    identifyBy === 'port' ? ['busPort'] : identifyBy === 'address' ? ['busDevice'] : ['id'],
  'scsi-device': ({ from }) => (from === 'iscsi' ? [] : ['device']),
  'mdev-device': () => ['uuid'],
}

/** Fields of this kind that name a device of the host; none for other kinds, and where the device is elsewhere. */
export function identityFields(kind: string, values: Values): readonly string[] {
  return (Object.hasOwn(identities, kind) ? identities[kind] : undefined)?.(values) ?? []
}

export const hadAlready = 'The VM has it already.'

interface Wish {
  readonly kind: string
  readonly values: Values
  readonly devices: readonly NodeDevice[]
  readonly vmName?: string | undefined
  /** Values of the VM's other devices of this kind. */
  readonly others?: readonly Values[]
}

/** What can be had first, then by address. */
export function hostDeviceRows(wish: Wish): HostDeviceRow[] {
  return wish.devices
    .flatMap((device) => rowOf(device, wish) ?? [])
    .toSorted(
      (a, b) =>
        Number(a.whyNot !== undefined) - Number(b.whyNot !== undefined) ||
        a.address.localeCompare(b.address, 'en', { numeric: true }),
    )
}

function rowOf(device: NodeDevice, wish: Wish): HostDeviceRow | undefined {
  const face = faceOf(device, wish)
  if (!face) return undefined
  const fields = identityFields(wish.kind, wish.values)
  const isSame = (values: Values): boolean =>
    fields.every(
      (field) =>
        face.values[field] !== undefined &&
        plain(values[field]).toLowerCase() === plain(face.values[field]).toLowerCase(),
    ) && isSameTwin(face.values, values)
  const why =
    face.whyNot ??
    (wish.others?.some(isSame) ? hadAlready : undefined) ??
    whyNotAssignable(device, wish.devices, wish.vmName)
  const { driver } = device
  return {
    key: device.name,
    ...face,
    ...(driver === undefined ? {} : { driver }),
    usedBy: device.usedBy,
    facts: device.kind === 'pci' ? factsOf(device) : [],
    advice: device.kind === 'pci' ? adviceOf(device) : [],
    ...(why === undefined ? {} : { whyNot: why }),
    isChosen: isSame(wish.values),
  }
}

/** Of several equal USB devices the bus and device number say which. */
function isSameTwin(face: Values, values: Values): boolean {
  return face.id === undefined || face.busDevice === undefined || values.busDevice === face.busDevice
}

type Face = Pick<HostDeviceRow, 'title' | 'maker' | 'address' | 'ids' | 'iommuGroup' | 'whyNot' | 'values'>

function faceOf(device: NodeDevice, wish: Wish): Face | undefined {
  if (wish.kind === 'pci-device' && device.kind === 'pci') return pciFace(device)
  if (wish.kind === 'usb-device' && device.kind === 'usb') return usbFace(device, wish)
  if (wish.kind === 'scsi-device' && device.kind === 'scsi') {
    const address = `${device.host}:${device.bus}:${device.target}:${device.lun}`
    return {
      title: [device.model ?? device.type ?? 'SCSI device', device.block].filter(isThere).join(', '),
      ...optional('maker', device.vendor),
      address,
      values: { device: address },
    }
  }
  if (wish.kind === 'mdev-device' && device.kind === 'mdev') {
    const { uuid, type, parentAddress, iommuGroup } = device
    return {
      title: mdevTitle(type, device.parent, wish.devices),
      ...optional('maker', parentAddress === undefined ? undefined : `part of ${parentAddress}`),
      address: uuid ?? '',
      ...optional('iommuGroup', iommuGroup),
      ...optional(
        'whyNot',
        uuid === undefined ? 'It is defined without a UUID, so no VM can name it.' : undefined,
      ),
      values: { uuid, model: mdevModel(type, device.parent, wish.devices) },
    }
  }
  return undefined
}

function pciFace(device: PciDevice): Face {
  return {
    title: device.productName ?? device.className,
    ...optional('maker', device.vendorName),
    address: device.addressText,
    ...optional('ids', idsOf(device)),
    ...optional('iommuGroup', device.iommuGroup?.number),
    values: { address: device.addressText },
  }
}

function usbFace(device: UsbDevice, { values, devices }: Wish): Face {
  const id = idsOf(device)
  const busDevice = `${device.bus}.${device.device}`
  const busPort = device.port === undefined ? undefined : `${device.bus}-${device.port}`
  const hasTwin =
    devices.filter((one) => one.kind === 'usb' && id !== undefined && idsOf(one) === id).length > 1
  const by: { values: Values; whyNot?: string | undefined } =
    values['identifyBy'] === 'address'
      ? { values: { busDevice } }
      : values['identifyBy'] === 'port'
        ? {
            values: { busPort },
            whyNot: busPort === undefined ? 'The host does not tell which socket it is in.' : undefined,
          }
        : {
            values: { id, busDevice: hasTwin ? busDevice : undefined },
            whyNot:
              id === undefined ? 'The host does not tell what it is; choose it by where it is.' : undefined,
          }
  return {
    title: device.productName ?? 'USB device',
    ...optional('maker', device.vendorName),
    address: busPort === undefined ? busDevice : `${busPort} (${busDevice})`,
    ...optional('ids', id),
    values: by.values,
    // a hub has a better reason of its own
    ...optional('whyNot', device.isHub ? undefined : by.whyNot),
  }
}

function idsOf({ vendorId, productId }: PciDevice | UsbDevice): string | undefined {
  return vendorId === undefined || productId === undefined ? undefined : `${vendorId}:${productId}`
}

/** Types are listed by the device that was split. */
function mdevTypeOf(type: string | undefined, parent: string | undefined, devices: readonly NodeDevice[]) {
  const whole = devices.find(({ name }) => name === parent)
  return whole && 'mdevTypes' in whole ? whole.mdevTypes.find(({ id }) => id === type) : undefined
}

function mdevTitle(
  type: string | undefined,
  parent: string | undefined,
  devices: readonly NodeDevice[],
): string {
  return mdevTypeOf(type, parent, devices)?.name ?? type ?? 'Mediated device'
}

/** The kernel's own two begin with the driver's name; all others behave as PCI devices. */
function mdevModel(
  type: string | undefined,
  parent: string | undefined,
  devices: readonly NodeDevice[],
): string {
  const told = mdevTypeOf(type, parent, devices)?.deviceApi
  if (told !== undefined && /^vfio-(pci|ccw|ap)$/.test(told)) return told
  if (type?.startsWith('vfio_ap')) return 'vfio-ap'
  return type?.startsWith('vfio_ccw') ? 'vfio-ccw' : 'vfio-pci'
}

/** Everything that goes to a VM with this one, itself included: its IOMMU group without bridges. */
export function rowsTogether(
  row: HostDeviceRow,
  rows: readonly HostDeviceRow[],
  devices: readonly NodeDevice[],
): HostDeviceRow[] {
  const device = devices.find(({ name }) => name === row.key)
  if (device?.kind !== 'pci') return [row]
  const names = new Set(goingTogether(device, devices).map(({ name }) => name))
  return rows
    .filter(({ key }) => names.has(key))
    .toSorted((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }))
}

/** PCI devices can only be given away where the IOMMU is on. */
export function needsIommu(kind: string, devices: readonly NodeDevice[]): boolean {
  return kind === 'pci-device' && lacksIommu(devices)
}

function isThere(word: string | undefined): word is string {
  return word !== undefined
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]: Value })
}
