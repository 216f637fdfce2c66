/** What the demo host offers its VMs; pools and addresses follow from its VMs and their files. */
import {
  maxVolumes,
  type HostChoices,
  type PoolChoice,
  type VolumeChoice,
  type VolumeList,
} from '../../../shared/model/host-choices'
import type { FakeHost } from './fake-host'
import { madeBridges } from './networks-cards'
import { filterChoicesOf, networkChoicesOf } from './networks-model'
import { secretsOf } from './secrets'
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
    networks: networkChoicesOf(host),
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
        ...madeBridges(host),
      ],
    },
    filters: filterChoicesOf(host),
    pools: { items: poolChoices(storageModelOf(host)) },
    secrets: {
      items: [...secretsOf(host).values()].map(({ uuid, usageType, usageId }) => ({
        uuid,
        usageType,
        ...(usageId === undefined ? {} : { usageId }),
      })),
    },
    macs: {
      items: [...host.vms.values()].flatMap(({ definition }) =>
        definition.nics.map(({ mac }) => ({ vmName: definition.name, mac })),
      ),
    },
  }
}

function poolChoices(storage: FakeStorage): PoolChoice[] {
  const pools = [...storage.pools.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return pools.map((pool) => ({
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
