/** What the demo host offers its VMs; pools and addresses follow from its VMs and their files. */
import {
  maxVolumes,
  type HostChoices,
  type PoolChoice,
  type VolumeChoice,
  type VolumeList,
} from '../../../shared/model/host-choices'
import type { FakeHost } from './fake-host'
import { pathIn, storageModelOf, type FakeStorage } from './storage/model'

/** As the kernel and NetworkManager make one. */
const bridge = {
  stp: true,
  priority: 32_768,
  forwardDelayS: 15,
  helloTimeS: 2,
  maxAgeS: 20,
  ageingTimeS: 300,
  groupForwardMask: '0',
  multicastSnooping: true,
  vlanFiltering: false,
  defaultVlan: 1,
}

export function hostChoicesOf(host: FakeHost): HostChoices {
  return {
    networks: {
      items: [
        { name: 'default', isActive: true, forward: 'nat', bridge: 'virbr0', portGroups: [] },
        {
          name: 'office',
          isActive: false,
          forward: 'bridge',
          bridge: 'br1',
          portGroups: [
            { name: 'staff', isDefault: true },
            { name: 'guests', isDefault: false },
          ],
        },
      ],
    },
    interfaces: {
      items: [
        {
          name: 'br0',
          kind: 'bridge',
          isUp: true,
          mac: '3c:ec:ef:10:20:30',
          addresses: ['192.0.2.10/24', '2001:db8::10/64'],
          mtuBytes: 1500,
          bridge: { ...bridge, stp: false },
        },
        {
          name: 'br1',
          kind: 'bridge',
          isUp: true,
          mac: '3c:ec:ef:10:20:31',
          addresses: [],
          mtuBytes: 9000,
          bridge,
        },
        {
          name: 'br1.20',
          kind: 'vlan',
          isUp: true,
          mac: '3c:ec:ef:10:20:31',
          addresses: [],
          lower: 'br1',
          vlanId: 20,
          mtuBytes: 9000,
        },
        {
          name: 'enp65s0f0',
          kind: 'physical',
          isUp: true,
          mac: '3c:ec:ef:10:20:30',
          addresses: [],
          partOf: 'br0',
          mtuBytes: 1500,
        },
        {
          name: 'enp65s0f1',
          kind: 'physical',
          isUp: true,
          mac: '3c:ec:ef:10:20:31',
          addresses: [],
          partOf: 'br1',
          mtuBytes: 9000,
        },
        {
          name: 'virbr0',
          kind: 'bridge',
          isUp: true,
          mac: '52:54:00:fe:01:02',
          addresses: ['192.168.122.1/24'],
          mtuBytes: 1500,
          bridge,
        },
      ],
    },
    filters: {
      items: [
        { name: 'allow-dhcp', uuid: '0a8d8e1c-6a0b-4c86-8a6e-1c3d6e5f7a01' },
        { name: 'clean-traffic', uuid: '0a8d8e1c-6a0b-4c86-8a6e-1c3d6e5f7a02' },
        { name: 'no-mac-spoofing', uuid: '0a8d8e1c-6a0b-4c86-8a6e-1c3d6e5f7a03' },
      ],
    },
    pools: { items: poolChoices(storageModelOf(host)) },
    secrets: {
      items: [
        { uuid: '5b7f2d52-7c3a-4f1e-9d10-9a8b7c6d5e01', usageType: 'ceph', usageId: 'client.libvirt secret' },
        {
          uuid: '5b7f2d52-7c3a-4f1e-9d10-9a8b7c6d5e02',
          usageType: 'volume',
          usageId: '/var/lib/libvirt/images/mail.qcow2',
        },
      ],
    },
    macs: {
      items: [...host.vms.values()].flatMap(({ definition }) =>
        definition.nics.map(({ mac }) => ({ vmName: definition.name, mac })),
      ),
    },
  }
}

function poolChoices(storage: FakeStorage): PoolChoice[] {
  return [...storage.pools.values()].map((pool) => ({
    name: pool.name,
    state: pool.state,
    type: pool.type,
    ...(pool.path === undefined ? {} : { path: pool.path }),
    ...(pool.capacityBytes === undefined || pool.state !== 'running'
      ? {}
      : { capacityBytes: pool.capacityBytes, availableBytes: storage.availableBytes(pool) }),
  }))
}

export function volumesOf(host: FakeHost, name: string): VolumeList {
  const storage = storageModelOf(host)
  const pool = storage.active(name)
  const isFile = ['dir', 'fs', 'netfs'].includes(pool.type)
  const volumes = [...storage.volumes(pool)].map(
    ([volume, file]): VolumeChoice => ({
      name: volume,
      path: pathIn(pool, volume),
      type: isFile ? 'file' : 'block',
      format: file.format,
      capacityBytes: file.sizeBytes,
      allocationBytes: file.allocationBytes,
    }),
  )
  return { volumes: volumes.slice(0, maxVolumes), isTruncated: volumes.length > maxVolumes }
}
