import type { AssignedDevice } from '../../domain-xml/assigned-devices'

/** "the PCI device 0000:82:00.0". */
export function assignedTitle(device: AssignedDevice): string {
  switch (device.kind) {
    case 'pci':
      return `the PCI device ${device.address}`
    case 'usb-id':
    case 'usb-address':
    case 'usb-port':
      return 'a USB device'
    case 'scsi':
    case 'wwpn':
      return 'a SCSI device'
    case 'mdev':
      return 'a mediated device'
    case 'block':
    case 'char':
      return `the device ${device.path}`
    case 'net':
      return `the network interface ${device.interface}`
  }
}
