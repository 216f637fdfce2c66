/** Node device XML → the model (https://libvirt.org/formatnode.html). */
import {
  pciClassName,
  pciText,
  type CcwAddress,
  type MdevType,
  type NodeDevice,
  type NodeDeviceCommon,
  type PciDevice,
} from '../../../../shared/model/node-device'
import { hexId } from '../../../domain-xml/assigned-devices'
import type { XmlElement } from '../../../domain-xml/document'
import { integerOf } from '../../../domain-xml/numbers'
import { pciAddressOf } from '../../../domain-xml/pci-address'
import { given } from '../../../../shared/given'
import { readNetDevice, readScsi, readScsiHost, readStorage } from './node-device-scsi'
import { commonOf } from './node-device-common'

/** What is read but goes to no VM itself: it tells what kind of thing its parent is. */
export interface UsbInterface {
  readonly kind: 'usb-interface'
  readonly parent?: string
  /** 9: hub (https://www.usb.org/defined-class-codes). */
  readonly interfaceClass: number
}

/** Undefined for what no VM can use, and for kinds this version does not know. */
export function readNodeDevice(device: XmlElement): NodeDevice | UsbInterface | undefined {
  const common = commonOf(device)
  if (!common) return undefined
  for (const capability of device.children('capability')) {
    const read = readers[capability.attribute('type') ?? '']?.(common, capability, device)
    if (read) return read
  }
  return undefined
}

type Reader = (
  common: NodeDeviceCommon,
  capability: XmlElement,
  device: XmlElement,
) => NodeDevice | UsbInterface | undefined

const readers: Record<string, Reader> = {
  pci: readPci,
  usb_device: readUsb,
  usb: (common, capability) => ({
    kind: 'usb-interface',
    ...given('parent', common.parent),
    interfaceClass: integerOf(capability.textOf('class')) ?? 0,
  }),
  scsi: readScsi,
  scsi_host: readScsiHost,
  scsi_generic: (common, capability) => {
    const char = capability.textOf('char')
    return char === undefined ? undefined : { ...common, kind: 'scsi-generic', char }
  },
  storage: readStorage,
  net: readNetDevice,
  mdev: readMdev,
  drm: (common, capability, device) => ({
    ...common,
    kind: 'drm',
    type: capability.textOf('type') ?? 'unknown',
    // others are links to it
    ...given(
      'node',
      device
        .children('devnode')
        .find((node) => node.attribute('type') === 'dev')
        ?.text(),
    ),
  }),
  vdpa: (common, capability) => ({ ...common, kind: 'vdpa', ...given('char', capability.textOf('chardev')) }),
  css: readCss,
  ccw: (common, capability) => {
    const address = ccwOf(capability)
    return address && { ...common, kind: 'ccw', address }
  },
  ap_card: (common, capability) => {
    const adapter = integerOf(capability.textOf('ap-adapter'))
    return adapter === undefined ? undefined : { ...common, kind: 'ap-card', adapter }
  },
  ap_queue: (common, capability) => {
    const adapter = integerOf(capability.textOf('ap-adapter'))
    const domain = integerOf(capability.textOf('ap-domain'))
    return adapter === undefined || domain === undefined
      ? undefined
      : { ...common, kind: 'ap-queue', adapter, domain }
  },
  ap_matrix: (common, capability) => ({ ...common, kind: 'ap-matrix', mdevTypes: mdevTypesOf(capability) }),
}

function readPci(common: NodeDeviceCommon, capability: XmlElement): PciDevice | undefined {
  const number = (name: string): number | undefined => integerOf(capability.textOf(name))
  const [domain, bus, slot, fn] = ['domain', 'bus', 'slot', 'function'].map(number)
  if (domain === undefined || bus === undefined || slot === undefined || fn === undefined) return undefined
  const address = { domain, bus, slot, function: fn }
  const classNumber = number('class')
  const classCode = classNumber === undefined ? undefined : classNumber.toString(16).padStart(6, '0')
  const inner = (type: string): XmlElement | undefined =>
    capability.children('capability').find((one) => one.attribute('type') === type)
  const vfs = inner('virt_functions')
  const pf = pciAddressOf(inner('phys_function')?.find('address'))
  return {
    ...common,
    kind: 'pci',
    address,
    addressText: pciText(address),
    ...given('classCode', classCode),
    className: pciClassName(classCode),
    ...makeOf(capability),
    ...given('iommuGroup', iommuGroupOf(capability)),
    ...given('numaNode', integerOf(capability.find('numa')?.attribute('node'))),
    isBridge: inner('pci-bridge') !== undefined || classCode?.startsWith('06') === true,
    ...given(
      'sriov',
      vfs && {
        ...given('maxVfs', integerOf(vfs.attribute('maxCount'))),
        vfs: addressesIn(vfs),
      },
    ),
    ...given('physicalFunction', pf && pciText(pf)),
    mdevTypes: mdevTypesOf(capability),
  }
}

function iommuGroupOf(capability: XmlElement): PciDevice['iommuGroup'] {
  const group = capability.find('iommuGroup')
  const number = integerOf(group?.attribute('number'))
  return group && number !== undefined ? { number, members: addressesIn(group) } : undefined
}

function addressesIn(element: XmlElement): string[] {
  return element.children('address').flatMap((one) => {
    const address = pciAddressOf(one)
    return address ? [pciText(address)] : []
  })
}

function mdevTypesOf(capability: XmlElement): MdevType[] {
  const types = capability.children('capability').find((one) => one.attribute('type') === 'mdev_types')
  return (types?.children('type') ?? []).flatMap((type) => {
    const id = type.attribute('id')
    if (id === undefined) return []
    return [
      {
        id,
        ...given('name', type.textOf('name')),
        ...given('deviceApi', type.textOf('deviceAPI')),
        ...given('availableInstances', integerOf(type.textOf('availableInstances'))),
      },
    ]
  })
}

/** Ids of maker and product, and their names where the host's table has them. */
function makeOf(
  capability: XmlElement,
): Partial<Record<'vendorId' | 'productId' | 'vendorName' | 'productName', string>> {
  const [vendor, product] = [capability.find('vendor'), capability.find('product')]
  const id = (element: XmlElement | undefined): string | undefined => {
    const value = integerOf(element?.attribute('id'))
    return value === undefined ? undefined : hexId(value)
  }
  return {
    ...given('vendorId', id(vendor)),
    ...given('productId', id(product)),
    ...given('vendorName', vendor?.text()),
    ...given('productName', product?.text()),
  }
}

function readUsb(common: NodeDeviceCommon, capability: XmlElement): NodeDevice | undefined {
  const bus = integerOf(capability.textOf('bus'))
  const device = integerOf(capability.textOf('device'))
  if (bus === undefined || device === undefined) return undefined
  // "1-2.4": socket 4 of a hub in socket 2 of bus 1; "usb1" is the root of the bus
  const last = common.path?.split('/').at(-1) ?? ''
  return {
    ...common,
    kind: 'usb',
    bus,
    device,
    ...given('port', /^\d+-(\d+(?:\.\d+)*)$/.exec(last)?.[1]),
    ...makeOf(capability),
    isHub: /^usb\d+$/.test(last),
  }
}

function readMdev(common: NodeDeviceCommon, capability: XmlElement): NodeDevice {
  const parentAddress = capability.textOf('parent_addr')
  return {
    ...common,
    kind: 'mdev',
    ...given('uuid', capability.textOf('uuid')?.toLowerCase() ?? uuidInName(common.name)),
    ...given('type', capability.find('type')?.attribute('id')),
    ...given('parentAddress', parentAddress),
    ...given('iommuGroup', integerOf(capability.find('iommuGroup')?.attribute('number'))),
    attributes: capability.children('attr').flatMap((attr) => {
      const name = attr.attribute('name')
      return name === undefined ? [] : [{ name, value: attr.attribute('value') ?? '' }]
    }),
  }
}

/** Before 7.3 libvirt told it only there: "mdev_3627463d_b7f0_4fea_b468_f1da537d301b". */
function uuidInName(name: string): string | undefined {
  return /^mdev_([0-9a-f]{8}(?:_[0-9a-f]{4}){3}_[0-9a-f]{12})/.exec(name)?.[1]?.replaceAll('_', '-')
}

function readCss(common: NodeDeviceCommon, capability: XmlElement): NodeDevice | undefined {
  const address = ccwOf(capability)
  return (
    address && {
      ...common,
      kind: 'css',
      address,
      ...given('channelDevice', ccwOf(capability.find('channel_dev_addr'))),
      mdevTypes: mdevTypesOf(capability),
    }
  )
}

function ccwOf(element: XmlElement | undefined): CcwAddress | undefined {
  const [cssid, ssid, devno] = ['cssid', 'ssid', 'devno'].map((name) => integerOf(element?.textOf(name)))
  return cssid === undefined || ssid === undefined || devno === undefined ? undefined : { cssid, ssid, devno }
}
