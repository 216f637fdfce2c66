/** The hardware of the demo host: two graphics cards, a network card in parts, disks and USB devices. */
import {
  pciClassName,
  type MdevType,
  type NetDevice,
  type NodeDevice,
  type PciDevice,
  type UsbDevice,
} from '../../../shared/model/node-device'

const free = { usedBy: [], isUseUncertain: false, isHostCritical: false } as const

type PciWish = Pick<PciDevice, 'classCode' | 'vendorId' | 'productId' | 'vendorName' | 'productName'> &
  Partial<PciDevice>

/** `place`: "41:00.0". */
function pci(place: string, group: number, members: readonly string[], wish: PciWish): PciDevice {
  const [bus = 0, slot = 0, fn = 0] = place.split(/[:.]/).map((part) => Number.parseInt(part, 16))
  return {
    ...free,
    kind: 'pci',
    name: `pci_0000_${place.replace(/[:.]/g, '_')}`,
    parent: 'computer',
    path: `/sys/devices/pci0000:00/0000:${place}`,
    address: { domain: 0, bus, slot, function: fn },
    addressText: `0000:${place}`,
    className: pciClassName(wish.classCode),
    iommuGroup: { number: group, members: members.map((one) => `0000:${one}`) },
    numaNode: bus < 0x80 ? 0 : 1,
    isBridge: false,
    mdevTypes: [],
    ...wish,
  }
}

const vgpus: MdevType[] = [
  { id: 'nvidia-222', name: 'GRID T4-1B', deviceApi: 'vfio-pci', availableInstances: 15 },
  { id: 'nvidia-230', name: 'GRID T4-4Q', deviceApi: 'vfio-pci', availableInstances: 3 },
]

const intel = { vendorId: '8086', vendorName: 'Intel Corporation' }
const amd = { vendorId: '1022', vendorName: 'Advanced Micro Devices, Inc. [AMD]' }
const ati = { vendorId: '1002', vendorName: 'Advanced Micro Devices, Inc. [AMD/ATI]' }
const nvidia = { vendorId: '10de', vendorName: 'NVIDIA Corporation' }

const e810 = {
  ...intel,
  classCode: '020000',
  productId: '1592',
  productName: 'Ethernet Controller E810-C for QSFP',
}
const vf = {
  ...intel,
  classCode: '020000',
  productId: '1889',
  productName: 'Ethernet Adaptive Virtual Function',
}

const vfPlaces = ['41:01.0', '41:01.1', '41:01.2', '41:01.3']

const pcis: PciDevice[] = [
  pci('00:01.1', 1, ['00:01.1'], {
    ...amd,
    classCode: '060400',
    productId: '1483',
    productName: 'Starship/Matisse GPP Bridge',
    driver: 'pcieport',
    isBridge: true,
    isHostCritical: true,
    whyCritical: 'Other devices of the host hang on it.',
  }),
  // a graphics card and the sound of its monitor cannot be told apart by the IOMMU
  pci('01:00.0', 16, ['01:00.0', '01:00.1'], {
    ...nvidia,
    classCode: '030000',
    productId: '2484',
    productName: 'GA104 [GeForce RTX 3070]',
    driver: 'nouveau',
    isBootVga: false,
    parent: 'pci_0000_00_01_1',
  }),
  pci('01:00.1', 16, ['01:00.0', '01:00.1'], {
    ...nvidia,
    classCode: '040300',
    productId: '228b',
    productName: 'GA104 High Definition Audio Controller',
    driver: 'snd_hda_intel',
    parent: 'pci_0000_00_01_1',
  }),
  pci('02:00.0', 17, ['02:00.0'], {
    vendorId: '1a03',
    vendorName: 'ASPEED Technology, Inc.',
    classCode: '030000',
    productId: '2000',
    productName: 'ASPEED Graphics Family',
    driver: 'ast',
    isBootVga: true,
  }),
  pci('41:00.0', 30, ['41:00.0'], {
    ...e810,
    driver: 'ice',
    sriov: { maxVfs: 8, vfs: [] },
    isHostCritical: true,
    whyCritical: 'The host reaches other networks through it (enp65s0f0).',
  }),
  pci('41:00.1', 31, ['41:00.1'], {
    ...e810,
    driver: 'ice',
    sriov: { maxVfs: 8, vfs: vfPlaces.map((place) => `0000:${place}`) },
  }),
  ...vfPlaces.map((place, index) =>
    pci(place, 40 + index, [place], {
      ...vf,
      driver: 'iavf',
      physicalFunction: '0000:41:00.1',
    }),
  ),
  pci('43:00.0', 50, ['43:00.0'], {
    vendorId: '1000',
    vendorName: 'Broadcom / LSI',
    classCode: '010700',
    productId: '0097',
    productName: 'SAS3008 PCI-Express Fusion-MPT SAS-3',
    driver: 'mpt3sas',
    isHostCritical: true,
    whyCritical: 'The host has it, or a part of it, mounted at /.',
  }),
  pci('44:00.3', 51, ['44:00.3'], {
    ...amd,
    classCode: '0c0330',
    productId: '148c',
    productName: 'Starship USB 3.0 Host Controller',
    driver: 'xhci_hcd',
  }),
  pci('81:00.0', 60, ['81:00.0'], {
    ...nvidia,
    classCode: '030200',
    productId: '1eb8',
    productName: 'TU104GL [Tesla T4]',
    driver: 'nvidia',
    mdevTypes: vgpus,
  }),
  pci('82:00.0', 61, ['82:00.0', '82:00.1'], {
    ...ati,
    classCode: '030000',
    productId: '73e3',
    productName: 'Navi 23 WKS-XL [Radeon PRO W6600]',
    driver: 'vfio-pci',
    isBootVga: false,
  }),
  pci('82:00.1', 61, ['82:00.0', '82:00.1'], {
    ...ati,
    classCode: '040300',
    productId: 'ab28',
    productName: 'Navi 21/23 HDMI/DP Audio Controller',
    driver: 'vfio-pci',
  }),
]

function net(name: string, mac: string, parent: string, critical?: string): NetDevice {
  return {
    ...free,
    kind: 'net',
    name: `net_${name}_${mac.replaceAll(':', '_')}`,
    parent,
    interface: name,
    mac,
    isUp: true,
    speedMbit: 25_000,
    ...(critical === undefined ? {} : { isHostCritical: true, whyCritical: critical }),
  }
}

function usb(port: string, device: number, ids: string, vendorName: string, productName: string): UsbDevice {
  const [vendorId = '', productId = ''] = ids.split(':')
  return {
    ...free,
    kind: 'usb',
    name: `usb_3_${port.replaceAll('.', '_')}`,
    parent: 'usb_usb3',
    path: `/sys/devices/pci0000:00/0000:44:00.3/usb3/3-${port}`,
    driver: 'usb',
    bus: 3,
    device,
    port,
    vendorId,
    productId,
    vendorName,
    productName,
    isHub: false,
  }
}

function disk(target: number, letter: string, sizeBytes: number, critical?: string): NodeDevice[] {
  const common = {
    ...free,
    ...(critical === undefined ? {} : { isHostCritical: true, whyCritical: critical }),
  }
  const make = { model: 'ST4000NM0295', vendor: 'SEAGATE', sizeBytes }
  const name = `scsi_0_0_${target}_0`
  return [
    {
      ...common,
      ...make,
      kind: 'scsi',
      name,
      parent: 'scsi_host0',
      driver: 'sd',
      host: 0,
      bus: 0,
      target,
      lun: 0,
      type: 'disk',
      block: `/dev/sd${letter}`,
      generic: `/dev/sg${target}`,
    },
    {
      ...common,
      ...make,
      kind: 'storage',
      name: `block_sd${letter}_ST4000NM0295_ZC1${target}`,
      parent: name,
      block: `/dev/sd${letter}`,
      bus: 'scsi',
      driveType: 'disk',
      serial: `ZC1${target}`,
      isRemovable: false,
    },
    {
      ...common,
      kind: 'scsi-generic',
      name: `scsi_generic_sg${target}`,
      parent: name,
      char: `/dev/sg${target}`,
    },
  ]
}

const terabyte = 1e12

export const deviceCatalogue: readonly NodeDevice[] = [
  ...pcis,
  net(
    'enp65s0f0',
    '3c:ec:ef:10:20:30',
    'pci_0000_41_00_0',
    'The host reaches other networks through it (enp65s0f0).',
  ),
  net('enp65s0f1', '3c:ec:ef:10:20:31', 'pci_0000_41_00_1'),
  { ...usb('0', 1, '1d6b:0003', 'Linux Foundation', '3.0 root hub'), name: 'usb_usb3', isHub: true },
  usb('1', 2, '096e:0006', 'Feitian Technologies', 'HID Dongle'),
  usb('2', 3, '0403:6001', 'Future Technology Devices International', 'FT232 Serial (UART)'),
  usb('4.1', 5, '0781:5583', 'SanDisk Corp.', 'Ultra Fit'),
  usb('4.2', 6, '0781:5583', 'SanDisk Corp.', 'Ultra Fit'),
  { ...free, kind: 'scsi-host', name: 'scsi_host0', parent: 'pci_0000_43_00_0', host: 0 },
  ...disk(0, 'a', 4 * terabyte, 'The host has it, or a part of it, mounted at /.'),
  ...disk(1, 'b', 4 * terabyte),
  ...disk(2, 'c', 4 * terabyte),
  {
    ...free,
    kind: 'mdev',
    name: 'mdev_3627463d_b7f0_4fea_b468_f1da537d301b_0000_81_00_0',
    parent: 'pci_0000_81_00_0',
    driver: 'vfio_mdev',
    uuid: '3627463d-b7f0-4fea-b468-f1da537d301b',
    type: 'nvidia-222',
    parentAddress: '0000:81:00.0',
    iommuGroup: 71,
    attributes: [],
  },
  {
    ...free,
    kind: 'drm',
    name: 'drm_renderD128',
    parent: 'pci_0000_01_00_0',
    type: 'render',
    node: '/dev/dri/renderD128',
  },
]
