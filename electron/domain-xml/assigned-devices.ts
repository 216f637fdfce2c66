/** Which hardware of the host a definition takes for its VM (https://libvirt.org/formatdomain.html#host-device-assignment). */
import { pciText, type NodeDevice } from '../../shared/model/node-device'
import type { XmlElement } from './document'
import { integerOf } from './numbers'
import { pciAddressOf } from './pci-address'

export type AssignedDevice =
  | { readonly kind: 'pci'; readonly address: string }
  | { readonly kind: 'usb-id'; readonly vendorId: string; readonly productId: string }
  | { readonly kind: 'usb-address'; readonly bus: number; readonly device: number }
  | { readonly kind: 'usb-port'; readonly bus: number; readonly port: string }
  | {
      readonly kind: 'scsi'
      readonly host: number
      readonly bus: number
      readonly target: number
      readonly lun: number
    }
  | { readonly kind: 'wwpn'; readonly wwpn: string }
  | { readonly kind: 'mdev'; readonly uuid: string }
  | { readonly kind: 'block'; readonly path: string }
  | { readonly kind: 'char'; readonly path: string }
  | { readonly kind: 'net'; readonly interface: string }

export function readAssignedDevices(domain: XmlElement): AssignedDevice[] {
  const devices = domain.find('devices')
  if (!devices) return []
  return [
    ...devices.children('hostdev').flatMap(ofHostdev),
    ...devices.children('interface').flatMap(ofInterface),
    ...devices.children('disk').flatMap(ofDisk),
  ]
}

function ofHostdev(hostdev: XmlElement): AssignedDevice[] {
  const source = hostdev.find('source')
  if (!source) return []
  switch (hostdev.attribute('type')) {
    case 'pci':
      return ofPci(source)
    case 'usb':
      return ofUsb(source)
    case 'scsi':
      return ofScsi(source)
    case 'scsi_host': {
      const wwpn = source.attribute('wwpn')?.replace(/^naa\./, '')
      return wwpn === undefined ? [] : [{ kind: 'wwpn', wwpn: wwpn.toLowerCase() }]
    }
    case 'mdev': {
      const uuid = source.find('address')?.attribute('uuid')
      return uuid === undefined ? [] : [{ kind: 'mdev', uuid: uuid.toLowerCase() }]
    }
    // of containers
    case 'storage':
      return pathOf('block', source.textOf('block'))
    case 'misc':
      return pathOf('char', source.textOf('char'))
    case 'net': {
      const name = source.textOf('interface')
      return name === undefined ? [] : [{ kind: 'net', interface: name }]
    }
    default:
      return []
  }
}

function ofPci(source: XmlElement): AssignedDevice[] {
  const address = pciAddressOf(source.find('address'))
  return address ? [{ kind: 'pci', address: pciText(address) }] : []
}

/** Of a running VM the address says which of several equal sticks it is. */
function ofUsb(source: XmlElement): AssignedDevice[] {
  const address = source.find('address')
  const bus = integerOf(address?.attribute('bus'))
  const device = integerOf(address?.attribute('device'))
  const port = address?.attribute('port')
  if (bus !== undefined && device !== undefined) return [{ kind: 'usb-address', bus, device }]
  if (bus !== undefined && port !== undefined) return [{ kind: 'usb-port', bus, port }]
  const [vendor, product] = ['vendor', 'product'].map((name) => integerOf(source.find(name)?.attribute('id')))
  if (vendor === undefined || product === undefined) return []
  return [{ kind: 'usb-id', vendorId: hexId(vendor), productId: hexId(product) }]
}

function ofScsi(source: XmlElement): AssignedDevice[] {
  const host = /^scsi_host(\d{1,9})$/.exec(source.find('adapter')?.attribute('name') ?? '')?.[1]
  const address = source.find('address')
  const [bus, target, lun] = ['bus', 'target', 'unit'].map((name) => integerOf(address?.attribute(name)))
  if (host === undefined || bus === undefined || target === undefined || lun === undefined) return []
  return [{ kind: 'scsi', host: Number(host), bus, target, lun }]
}

function ofInterface(nic: XmlElement): AssignedDevice[] {
  const source = nic.find('source')
  if (!source) return []
  switch (nic.attribute('type')) {
    case 'hostdev':
      return ofPci(source)
    case 'vdpa':
      return pathOf('char', source.attribute('dev'))
    case 'direct': {
      // the other modes share the card
      const name = source.attribute('mode') === 'passthrough' ? source.attribute('dev') : undefined
      return name === undefined ? [] : [{ kind: 'net', interface: name }]
    }
    default:
      return []
  }
}

function ofDisk(disk: XmlElement): AssignedDevice[] {
  const source = disk.find('source')
  if (!source) return []
  switch (disk.attribute('type')) {
    case 'block':
      return pathOf('block', source.attribute('dev'))
    case 'nvme':
      return ofPci(source)
    default:
      return []
  }
}

function pathOf(kind: 'block' | 'char', path: string | undefined): AssignedDevice[] {
  return path === undefined ? [] : [{ kind, path }]
}

/** As lspci and lsusb write ids of vendors and products. */
export function hexId(value: number): string {
  return value.toString(16).padStart(4, '0')
}

/** Whether the definition means this device of the host. */
export function isAssigned(device: NodeDevice, assigned: AssignedDevice): boolean {
  switch (assigned.kind) {
    case 'pci':
      return device.kind === 'pci' && device.addressText === assigned.address
    case 'usb-id':
      return (
        device.kind === 'usb' &&
        device.vendorId === assigned.vendorId &&
        device.productId === assigned.productId
      )
    case 'usb-address':
      return device.kind === 'usb' && device.bus === assigned.bus && device.device === assigned.device
    case 'usb-port':
      return device.kind === 'usb' && device.bus === assigned.bus && device.port === assigned.port
    case 'scsi':
      return (
        device.kind === 'scsi' &&
        device.host === assigned.host &&
        device.bus === assigned.bus &&
        device.target === assigned.target &&
        device.lun === assigned.lun
      )
    case 'wwpn':
      return device.kind === 'scsi-host' && device.fibreChannel?.wwpn?.toLowerCase() === assigned.wwpn
    case 'mdev':
      return device.kind === 'mdev' && device.uuid?.toLowerCase() === assigned.uuid
    case 'block':
      return (device.kind === 'storage' || device.kind === 'scsi') && device.block === assigned.path
    case 'char':
      return (
        (device.kind === 'vdpa' && device.char === assigned.path) ||
        (device.kind === 'scsi-generic' && device.char === assigned.path)
      )
    case 'net':
      return device.kind === 'net' && device.interface === assigned.interface
  }
}

/** MAC addresses of all network cards, in lower case. */
export function readMacs(domain: XmlElement): string[] {
  return (domain.find('devices')?.children('interface') ?? []).flatMap(
    (nic) => nic.find('mac')?.attribute('address')?.toLowerCase() ?? [],
  )
}
