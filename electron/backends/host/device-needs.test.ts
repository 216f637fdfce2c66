import { describe, expect, it } from 'vitest'
import { pciText, type NodeDevice } from '../../../shared/model/node-device'
import type { KernelLink } from './kernel-links'
import { mountedDisks, routedLinks, withNeeds, type HostNeeds } from './device-needs'

const common = { usedBy: [], isUseUncertain: false, isHostCritical: false } as const
const nothing: HostNeeds = { mounted: new Map(), routed: new Map(), bootVga: new Map() }

function pci(slot: number, more: { path?: string; isBridge?: boolean } = {}): NodeDevice {
  const address = { domain: 0, bus: 0, slot, function: 0 }
  return {
    ...common,
    kind: 'pci',
    name: `pci_${slot}`,
    address,
    addressText: pciText(address),
    className: 'PCI device',
    isBridge: false,
    mdevTypes: [],
    ...more,
  }
}

const critical = (devices: readonly NodeDevice[], needs: HostNeeds) =>
  withNeeds(devices, needs)
    .filter(({ isHostCritical }) => isHostCritical)
    .map(({ name }) => name)

describe('disks the host has mounted', () => {
  const lsblk = JSON.stringify({
    blockdevices: [
      {
        name: 'sda',
        mountpoint: null,
        children: [
          { name: 'sda1', mountpoint: '/boot' },
          { name: 'sda2', mountpoint: null, children: [{ name: 'vg-root', mountpoint: '/' }] },
        ],
      },
      { name: 'sdb', mountpoint: null, children: [{ name: 'sdb1', mountpoint: '[SWAP]' }] },
      { name: 'sdc', mountpoint: null },
      { name: 'sr0', mountpoint: '/media/cd' },
    ],
  })

  it('are those with anything mounted on them, the root named first', () => {
    expect([...mountedDisks(lsblk)]).toEqual([
      ['/dev/sda', '/'],
      ['/dev/sdb', '[SWAP]'],
      ['/dev/sr0', '/media/cd'],
    ])
  })

  it('are unknown when the answer is not what lsblk writes', () => {
    for (const text of ['', 'lsblk: unknown column', '{"blockdevices":"none"}', '[]']) {
      expect(mountedDisks(text).size).toBe(0)
    }
  })

  it('keep their controller and the disk itself with the host, and no other', () => {
    const devices: NodeDevice[] = [
      pci(1, { path: '/sys/devices/pci0000:00/0000:00:01.0' }),
      pci(2, { path: '/sys/devices/pci0000:00/0000:00:02.0' }),
      { ...common, kind: 'scsi-host', name: 'scsi_host0', parent: 'pci_1', host: 0 },
      {
        ...common,
        kind: 'scsi',
        name: 'scsi_0',
        parent: 'scsi_host0',
        host: 0,
        bus: 0,
        target: 0,
        lun: 0,
        block: '/dev/sda',
      },
      {
        ...common,
        kind: 'storage',
        name: 'block_sda',
        parent: 'scsi_0',
        block: '/dev/sda',
        isRemovable: false,
      },
      {
        ...common,
        kind: 'storage',
        name: 'block_sdc',
        parent: 'pci_2',
        block: '/dev/sdc',
        isRemovable: false,
      },
    ]
    const needs = { ...nothing, mounted: mountedDisks(lsblk) }
    expect(critical(devices, needs)).toEqual(['pci_1', 'scsi_host0', 'scsi_0', 'block_sda'])
    expect(withNeeds(devices, needs)[0]?.whyCritical).toContain('mounted at /')
  })

  it('are traced to their controller by folder where no parent leads there', () => {
    const devices: NodeDevice[] = [
      pci(1, { path: '/sys/devices/pci0000:00/0000:00:01.0' }),
      pci(10, { path: '/sys/devices/pci0000:00/0000:00:01.01' }),
      {
        ...common,
        kind: 'storage',
        name: 'block_vda',
        parent: 'computer',
        path: '/sys/devices/pci0000:00/0000:00:01.0/virtio0/block/vda',
        block: '/dev/vda',
        isRemovable: false,
      },
    ]
    expect(critical(devices, { ...nothing, mounted: new Map([['/dev/vda', '/']]) })).toEqual([
      'pci_1',
      'block_vda',
    ])
  })
})

describe('the card the default route leads through', () => {
  const link = (name: string, more: Partial<KernelLink> = {}): KernelLink => ({
    name,
    kind: 'physical',
    addresses: [],
    mac: `52:54:00:00:00:${name.length.toString().padStart(2, '0')}`,
    ...more,
  })
  const header = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask'
  const route = (name: string, destination: string, mask: string) =>
    `${name}\t${destination}\t010200C0\t0003\t0\t0\t0\t${mask}\t0\t0\t0`

  it('is found below a bridge, a VLAN and a bond, without the cards of VMs', () => {
    const links = [
      link('br0', { kind: 'bridge' }),
      link('bond0.20', { kind: 'vlan', master: 'br0', lower: 'bond0' }),
      link('bond0', { kind: 'bond' }),
      link('eno1', { master: 'bond0' }),
      link('eno2', { master: 'bond0' }),
      link('vnet3', { kind: 'guest', master: 'br0' }),
      link('eno3'),
    ]
    const lines = [header, route('br0', '00000000', '00000000'), route('eno3', '000200C0', '00FFFFFF')]
    expect([...routedLinks(lines, links).keys()].sort()).toEqual(['bond0', 'bond0.20', 'br0', 'eno1', 'eno2'])
  })

  it('is left alone when its address is another: the command ran elsewhere than the daemon', () => {
    const net = (mac: string): NodeDevice[] => [
      pci(3),
      { ...common, kind: 'net', name: 'net_eno1', parent: 'pci_3', interface: 'eno1', mac },
    ]
    const needs = { ...nothing, routed: new Map([['eno1', '52:54:00:00:00:04']]) }
    expect(critical(net('52:54:00:00:00:04'), needs)).toEqual(['pci_3', 'net_eno1'])
    expect(critical(net('52:54:00:00:00:99'), needs)).toEqual([])
  })
})

describe('what can be told of a host that lets nobody look', () => {
  it('is only that bridges hold other devices', () => {
    expect(critical([pci(1, { isBridge: true }), pci(2)], nothing)).toEqual(['pci_1'])
  })

  it('is not which card shows the screen; where it is known it is told of both', () => {
    const [one, two] = [pci(1), pci(2)]
    expect(withNeeds([one], nothing)[0]).not.toHaveProperty('isBootVga')
    const bootVga = new Map([
      ['0000:00:01.0', true],
      ['0000:00:02.0', false],
    ])
    expect(withNeeds([one, two], { ...nothing, bootVga })).toMatchObject([
      { isBootVga: true },
      { isBootVga: false },
    ])
  })
})
