/** What the demo host offers its VMs; pools and addresses follow from its VMs and their files. */
import { AppError } from '../../../shared/errors'
import {
  maxVolumes,
  type HostChoices,
  type PoolChoice,
  type VolumeChoice,
  type VolumeList,
} from '../../../shared/model/host-choices'
import { gib } from './build'
import type { FakeHost } from './fake-host'

const terabyte = 1024 * gib

interface FakePool extends PoolChoice {
  /** Beside the files of VMs. */
  readonly more: readonly Omit<VolumeChoice, 'path'>[]
}

const pools: readonly FakePool[] = [
  // the file server is switched off
  { name: 'archive', state: 'inactive', type: 'netfs', path: '/srv/archive', more: [] },
  {
    name: 'default',
    state: 'running',
    type: 'dir',
    path: '/var/lib/libvirt/images',
    capacityBytes: 2 * terabyte,
    availableBytes: 1.2 * terabyte,
    more: [
      {
        name: 'spare-disk.qcow2',
        type: 'file',
        format: 'qcow2',
        capacityBytes: 40 * gib,
        allocationBytes: 200_704,
      },
      {
        name: 'fedora-40-server.iso',
        type: 'file',
        format: 'iso',
        capacityBytes: 2_612_854_784,
        allocationBytes: 2_612_854_784,
      },
    ],
  },
  {
    name: 'vg0',
    state: 'running',
    type: 'logical',
    path: '/dev/vg0',
    capacityBytes: terabyte,
    availableBytes: 0.6 * terabyte,
    more: [
      { name: 'scratch', type: 'block', format: 'raw', capacityBytes: 50 * gib, allocationBytes: 50 * gib },
    ],
  },
]

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
    pools: { items: pools.map(({ more: _, ...pool }) => pool) },
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

export function volumesOf(host: FakeHost, name: string): VolumeList {
  const pool = pools.find((one) => one.name === name)
  if (!pool) {
    throw new AppError('not-found', 'The storage pool does not exist on this host', {
      detail: `Storage pool not found: no storage pool with matching name '${name}'`,
    })
  }
  if (pool.state !== 'running') {
    throw new AppError('invalid', 'The pool is not active', {
      cure: 'Start it, then its volumes can be seen.',
    })
  }
  const folder = `${pool.path ?? ''}/`
  const blocks = [...host.vms.values()].flatMap(({ definition }) =>
    definition.disks.flatMap((disk) => (disk.sourceType === 'block' ? (disk.source ?? []) : [])),
  )
  const found: VolumeChoice[] = [
    ...[...host.files].map(([path, file]) => ({
      name: path.slice(folder.length),
      path,
      type: 'file' as const,
      format: file.format,
      capacityBytes: file.sizeBytes,
      allocationBytes: file.allocationBytes,
    })),
    ...[...new Set(blocks)].map((path) => ({
      name: path.slice(folder.length),
      path,
      type: 'block' as const,
      format: 'raw',
      capacityBytes: 200 * gib,
      allocationBytes: 200 * gib,
    })),
  ].filter(({ path }) => path.startsWith(folder))
  const volumes = [...found, ...pool.more.map((one) => ({ ...one, path: `${folder}${one.name}` }))].sort(
    (a, b) => (a.name < b.name ? -1 : 1),
  )
  return { volumes: volumes.slice(0, maxVolumes), isTruncated: volumes.length > maxVolumes }
}
