import { describe, expect, it } from 'vitest'
import { devicesFrom, pciNames } from './sysfs'

const card = 'bus/pci/devices/0000:01:00.0'
const text = [
  `l bus/pci/devices/0000:00:01.0\t../../../devices/pci0000:00/0000:00:01.0`,
  `l ${card}\t../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0`,
  `l bus/usb/devices/usb1\t../../../devices/pci0000:00/0000:00:14.0/usb1`,
  `l bus/usb/devices/1-2.4\t../../../devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2.4`,
  `l bus/usb/devices/1-2.4:1.0\t../../../devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2.4/1-2.4:1.0`,
  `l class/net/eth0\t../../devices/pci0000:00/0000:00:01.0/0000:01:00.0/net/eth0`,
  `l class/block/sda\t../../devices/pci0000:00/0000:00:17.0/ata1/host0/block/sda`,
  `l class/block/sda1\t../../devices/pci0000:00/0000:00:17.0/ata1/host0/block/sda/sda1`,
  `l class/block/loop0\t../../devices/virtual/block/loop0`,
  `l ${card}/driver\t../../../../bus/pci/drivers/e1000e`,
  `l ${card}/iommu_group\t../../../../kernel/iommu_groups/7`,
  `l ${card}/virtfn0\t../0000:01:10.0`,
  `f ${card}/class\t0x020000`,
  `f ${card}/vendor\t0x8086`,
  `f ${card}/device\t0x10d3`,
  `f ${card}/numa_node\t-1`,
  `f ${card}/sriov_totalvfs\t7`,
  `f bus/pci/devices/0000:00:01.0/class\t0x060400`,
  `f bus/usb/devices/usb1/busnum\t1`,
  `f bus/usb/devices/usb1/devnum\t1`,
  `f bus/usb/devices/usb1/bDeviceClass\t09`,
  `f bus/usb/devices/1-2.4/busnum\t1`,
  `f bus/usb/devices/1-2.4/devnum\t12`,
  `f bus/usb/devices/1-2.4/idVendor\t0951`,
  `f bus/usb/devices/1-2.4/idProduct\t1666`,
  `f bus/usb/devices/1-2.4/bDeviceClass\t00`,
  `f bus/usb/devices/1-2.4/manufacturer\tKingston`,
  `f bus/usb/devices/1-2.4/product\tDataTraveler`,
  `f class/net/eth0/address\t52:54:00:AA:BB:CC`,
  `f class/block/sda/size\t2048`,
].join('\n')

describe('devices of a host', () => {
  const names = pciNames('0000:01:00.0 "Ethernet controller" "Intel Corporation" "82574L" -r01 "" ""\n')
  const devices = devicesFrom(text, names)
  const of = (name: string) => devices.find((one) => one.name === name)

  it('are cards with what they are, their group and who drives them', () => {
    expect(of('pci_0000_01_00_0')).toMatchObject({
      kind: 'pci',
      addressText: '0000:01:00.0',
      classCode: '020000',
      vendorId: '8086',
      productId: '10d3',
      vendorName: 'Intel Corporation',
      productName: '82574L',
      driver: 'e1000e',
      iommuGroup: { number: 7, members: ['0000:01:00.0'] },
      sriov: { maxVfs: 7, vfs: ['0000:01:10.0'] },
      isBridge: false,
      parent: 'pci_0000_00_01_0',
    })
    expect(of('pci_0000_00_01_0')).toMatchObject({ isBridge: true })
  })

  it('are USB devices by their socket, and hubs, without the parts of a device', () => {
    expect(devices.filter(({ kind }) => kind === 'usb').map(({ name }) => name)).toEqual([
      'usb_usb1',
      'usb_1_2_4',
    ])
    expect(of('usb_1_2_4')).toMatchObject({
      bus: 1,
      device: 12,
      port: '2.4',
      vendorId: '0951',
      productName: 'DataTraveler',
      isHub: false,
      parent: 'usb_usb1',
    })
    expect(of('usb_usb1')).toMatchObject({ isHub: true })
  })

  it('are interfaces and whole disks, so that it is known what hangs on a card', () => {
    expect(of('net_eth0')).toMatchObject({ mac: '52:54:00:aa:bb:cc', parent: 'pci_0000_01_00_0' })
    expect(devices.flatMap((one) => (one.kind === 'storage' ? [one.block] : []))).toEqual(['/dev/sda'])
  })

  it('are none where nothing is told', () => {
    expect(devicesFrom('')).toEqual([])
    expect(devicesFrom('f nonsense\nl bus/pci/devices/what\t../x\n')).toEqual([])
  })
})
