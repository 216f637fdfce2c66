import { describe, expect, it } from 'vitest'
import { pciText, type NodeDevice } from '../../shared/model/node-device'
import { isAssigned, readAssignedDevices, readMacs, type AssignedDevice } from './assigned-devices'
import { parseXml } from './document'

const read = (devices: string): AssignedDevice[] =>
  readAssignedDevices(parseXml(`<domain><devices>${devices}</devices></domain>`).root)

const common = { name: 'n', usedBy: [], isUseUncertain: false, isHostCritical: false } as const
const address = { domain: 0, bus: 0x41, slot: 2, function: 3 }
const card: NodeDevice = {
  ...common,
  kind: 'pci',
  address,
  addressText: pciText(address),
  className: 'PCI device',
  isBridge: false,
  mdevTypes: [],
}
const stick: NodeDevice = {
  ...common,
  kind: 'usb',
  bus: 3,
  device: 7,
  port: '1.4',
  vendorId: '0781',
  productId: '5583',
  isHub: false,
}
const lun: NodeDevice = { ...common, kind: 'scsi', host: 2, bus: 0, target: 3, lun: 1, block: '/dev/sdb' }
const disk: NodeDevice = { ...common, kind: 'storage', block: '/dev/sdb', isRemovable: false }
const mdev: NodeDevice = {
  ...common,
  kind: 'mdev',
  uuid: '3627463d-b7f0-4fea-b468-f1da537d301b',
  attributes: [],
}
const nic: NodeDevice = { ...common, kind: 'net', interface: 'eno1' }
const fibre: NodeDevice = {
  ...common,
  kind: 'scsi-host',
  host: 5,
  fibreChannel: { wwpn: '5001405df3e54061' },
}
const vdpa: NodeDevice = { ...common, kind: 'vdpa', char: '/dev/vhost-vdpa-0' }
const everything = { card, stick, lun, disk, mdev, nic, fibre, vdpa }

const pciSource = (fn: number) =>
  `<source><address domain='0x0000' bus='0x41' slot='0x02' function='0x${fn}'/></source>`

/** What of the definition is which device: names of all that it takes. */
function taken(devices: string): string[] {
  const assigned = read(devices)
  return Object.entries(everything)
    .filter(([, device]) => assigned.some((one) => isAssigned(device, one)))
    .map(([name]) => name)
}

describe('hardware of the host in a definition', () => {
  it.each([
    [
      'a PCI device',
      `<hostdev mode='subsystem' type='pci' managed='yes'>${pciSource(3)}</hostdev>`,
      ['card'],
    ],
    ['another function of it', `<hostdev mode='subsystem' type='pci'>${pciSource(2)}</hostdev>`, []],
    [
      'a network card of its own',
      `<interface type='hostdev' managed='yes'>${pciSource(3)}</interface>`,
      ['card'],
    ],
    [
      'an NVMe drive as disk',
      `<disk type='nvme' device='disk'><source type='pci' managed='yes' namespace='1'>
        <address domain='0x0000' bus='0x41' slot='0x02' function='0x3'/></source></disk>`,
      ['card'],
    ],
    [
      'a USB device by its ids',
      `<hostdev mode='subsystem' type='usb'><source startupPolicy='optional'><vendor id='0x0781'/>
        <product id='0x5583'/></source></hostdev>`,
      ['stick'],
    ],
    [
      'a USB device by its place, though the ids would fit',
      `<hostdev mode='subsystem' type='usb'><source><vendor id='0x0781'/><product id='0x5583'/>
        <address bus='3' device='8'/></source></hostdev>`,
      [],
    ],
    [
      'a USB device by its socket',
      `<hostdev mode='subsystem' type='usb'><source><address bus='3' port='1.4'/></source></hostdev>`,
      ['stick'],
    ],
    [
      'a SCSI device',
      `<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host2'/>
        <address bus='0' target='3' unit='1'/></source></hostdev>`,
      ['lun'],
    ],
    [
      'a mediated device',
      `<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source>
        <address uuid='3627463D-B7F0-4FEA-B468-F1DA537D301B'/></source></hostdev>`,
      ['mdev'],
    ],
    [
      'a Fibre Channel target',
      `<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5001405df3e54061'/></hostdev>`,
      ['fibre'],
    ],
    ['a whole disk', `<disk type='block' device='lun'><source dev='/dev/sdb'/></disk>`, ['lun', 'disk']],
    [
      'a network card alone',
      `<interface type='direct'><source dev='eno1' mode='passthrough'/></interface>`,
      ['nic'],
    ],
    ['a shared network card', `<interface type='direct'><source dev='eno1' mode='bridge'/></interface>`, []],
    ['a vDPA device', `<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/></interface>`, ['vdpa']],
    [
      "a container's disk",
      `<hostdev mode='capabilities' type='storage'><source><block>/dev/sdb</block></source></hostdev>`,
      ['lun', 'disk'],
    ],
    [
      "a container's network card",
      `<hostdev type='net'><source><interface>eno1</interface></source></hostdev>`,
      ['nic'],
    ],
    ['a file as disk', `<disk type='file'><source file='/dev/sdb'/></disk>`, []],
    [
      'an assignment without source',
      `<hostdev type='pci'/><interface type='hostdev'/><disk type='block'/>`,
      [],
    ],
    [
      'an iSCSI device, which is not of the host',
      `<hostdev type='scsi'><source protocol='iscsi' name='x'/></hostdev>`,
      [],
    ],
  ])('is found: %s', (_, devices, expected) => {
    expect(taken(devices)).toEqual(expected)
  })

  it('has addresses of all network cards, in one way of writing', () => {
    const { root } = parseXml(`<domain><devices>
      <interface type='network'><mac address='52:54:00:AA:BB:CC'/></interface>
      <interface type='user'/><interface type='bridge'><mac address='52:54:00:00:00:01'/></interface>
      </devices></domain>`)
    expect(readMacs(root)).toEqual(['52:54:00:aa:bb:cc', '52:54:00:00:00:01'])
  })
})
