/** What the hardware editor offers in its choosers: each list by itself, all on the connections for long work. */
import {
  poolStates,
  secretUsages,
  type FilterChoice,
  type HostChoices,
  type Listed,
  type NetworkChoice,
  type PoolChoice,
  type SecretChoice,
  type UsedMac,
} from '../../../shared/model/host-choices'
import { readMacs } from '../../domain-xml/assigned-devices'
import { parseXml } from '../../domain-xml/document'
import { hyperNumber, virConnectListAllNetworksFlags as networkFlags } from '../../libvirt-rpc/index'
import type { LibvirtHost } from './host'
import { readAllDefinitions } from './host-choices-definitions'
import { readInterfaces } from './host-choices-interfaces'
import { listed, quick, readEach } from './host-choices-sweep'
import { readNetwork, readPool } from './host-choices-xml'

const all = { need_results: 1, flags: 0 }

export async function readHostChoices(host: LibvirtHost, hostname: string): Promise<HostChoices> {
  const [networks, interfaces, filters, pools, secrets, macs] = await Promise.all([
    listed(() => readNetworks(host)),
    listed(() => readInterfaces(host, hostname)),
    listed(() => readFilters(host)),
    listed(() => readPools(host)),
    listed(() => readSecrets(host)),
    listed(() => readUsedMacs(host)),
  ])
  return { networks, interfaces, filters, pools, secrets, macs }
}

async function readNetworks({ rpc }: LibvirtHost): Promise<Listed<NetworkChoice>> {
  const [{ nets }, active] = await Promise.all([
    rpc.callJob('CONNECT_LIST_ALL_NETWORKS', all, quick),
    rpc.callJob(
      'CONNECT_LIST_ALL_NETWORKS',
      { need_results: 1, flags: networkFlags.VIR_CONNECT_LIST_NETWORKS_ACTIVE },
      quick,
    ),
  ])
  const activeNames = new Set(active.nets.map(({ name }) => name))
  const read = await readEach(nets, async (net): Promise<NetworkChoice> => {
    const { xml } = await rpc.callJob('NETWORK_GET_XML_DESC', { net, flags: 0 }, quick)
    const { root } = parseXml(xml, `the description of network ${net.name}`)
    return { name: net.name, isActive: activeNames.has(net.name), ...readNetwork(root) }
  })
  return byName(read)
}

async function readFilters({ rpc }: LibvirtHost): Promise<Listed<FilterChoice>> {
  const { filters } = await rpc.callJob('CONNECT_LIST_ALL_NWFILTERS', all, quick)
  return byName({ items: filters.map(({ name, uuid }) => ({ name, uuid })) })
}

async function readPools({ rpc }: LibvirtHost): Promise<Listed<PoolChoice>> {
  const { pools } = await rpc.callJob('CONNECT_LIST_ALL_STORAGE_POOLS', all, quick)
  const read = await readEach(pools, async (pool): Promise<PoolChoice> => {
    const [info, { xml }] = await Promise.all([
      rpc.callJob('STORAGE_POOL_GET_INFO', { pool }, quick),
      rpc.callJob('STORAGE_POOL_GET_XML_DESC', { pool, flags: 0 }, quick),
    ])
    const state = poolStates[info.state] ?? 'unknown'
    // one that is not active has no size yet
    const isSized = state === 'running' || state === 'degraded'
    return {
      name: pool.name,
      state,
      ...readPool(parseXml(xml, `the description of pool ${pool.name}`).root),
      ...(isSized
        ? { capacityBytes: hyperNumber(info.capacity), availableBytes: hyperNumber(info.available) }
        : {}),
    }
  })
  return byName(read)
}

/** Only what the list itself tells: a secret's value is never asked for. */
async function readSecrets({ rpc }: LibvirtHost): Promise<Listed<SecretChoice>> {
  const { secrets } = await rpc.callJob('CONNECT_LIST_ALL_SECRETS', all, quick)
  return {
    items: secrets.map(({ uuid, usageType, usageID }) => ({
      uuid,
      usageType: secretUsages[usageType] ?? 'unknown',
      ...(usageID === '' ? {} : { usageId: usageID }),
    })),
  }
}

async function readUsedMacs(host: LibvirtHost): Promise<Listed<UsedMac>> {
  const { items, ...rest } = await readAllDefinitions(host, ['<interface'], readMacs)
  return {
    items: items.flatMap(({ vmName, found }) => [...new Set(found)].map((mac) => ({ vmName, mac }))),
    ...rest,
  }
}

function byName<T extends { readonly name: string }>(list: Listed<T>): Listed<T> {
  return { ...list, items: [...list.items].sort((a, b) => (a.name < b.name ? -1 : 1)) }
}
