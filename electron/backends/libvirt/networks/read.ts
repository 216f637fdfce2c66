/** Networks as they are: the list, one with its definitions, and what the host has besides. */
import type { Listed } from '../../../../shared/model/host-choices'
import type { Network } from '../../../../shared/model/networks/network'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { networkFacts } from '../../../domain-xml/networks/facts'
import {
  isRpcError,
  virConnectListAllNetworksFlags as listFlags,
  virNetworkXMLFlags,
  type NetworkHandle,
} from '../../../libvirt-rpc/index'
import type { LibvirtHost } from '../host'
import { quick, readEach } from '../host-choices-sweep'

export async function readNetworks({ rpc }: LibvirtHost): Promise<Listed<Network>> {
  const list = async (flags: number): Promise<readonly NetworkHandle[]> =>
    (await rpc.callJob('CONNECT_LIST_ALL_NETWORKS', { need_results: 1, flags }, quick)).nets
  const [all, active, stored, auto] = await Promise.all([
    list(0),
    list(listFlags.VIR_CONNECT_LIST_NETWORKS_ACTIVE),
    list(listFlags.VIR_CONNECT_LIST_NETWORKS_PERSISTENT),
    list(listFlags.VIR_CONNECT_LIST_NETWORKS_AUTOSTART),
  ])
  const [isActive, isPersistent, isAutostart] = [active, stored, auto].map(
    (nets) => new Set(nets.map(({ uuid }) => uuid)),
  )
  const read = await readEach(all, async (net): Promise<Network> => {
    const xml = await definition({ rpc }, net, 0)
    return {
      name: net.name,
      uuid: net.uuid,
      isActive: isActive?.has(net.uuid) ?? false,
      isPersistent: isPersistent?.has(net.uuid) ?? false,
      isAutostart: isAutostart?.has(net.uuid) ?? false,
      ...networkFacts(EditDocument.parse(xml, `the description of network ${net.name}`).root),
    }
  })
  return { ...read, items: read.items.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
}

export interface OneNetwork {
  readonly net: NetworkHandle
  readonly network: Network
  /** What a change is made on; of a transient network what runs. */
  readonly stored: EditDocument
  readonly running?: EditDocument
}

/** `not-found` when there is none. */
export async function readNetwork({ rpc }: Pick<LibvirtHost, 'rpc'>, name: string): Promise<OneNetwork> {
  const { net } = await rpc.call('NETWORK_LOOKUP_BY_NAME', { name }, quick)
  const [{ active }, { persistent }] = await Promise.all([
    rpc.call('NETWORK_IS_ACTIVE', { net }, quick),
    rpc.call('NETWORK_IS_PERSISTENT', { net }, quick),
  ])
  const [live, inactive, autostart] = await Promise.all([
    definition({ rpc }, net, 0),
    persistent === 1 ? storedDefinition({ rpc }, net) : undefined,
    persistent === 1 ? rpc.call('NETWORK_GET_AUTOSTART', { net }, quick) : undefined,
  ])
  const what = `the description of network ${name}`
  const running = active === 1 ? EditDocument.parse(live, what) : undefined
  return {
    net,
    network: {
      name: net.name,
      uuid: net.uuid,
      isActive: active === 1,
      isPersistent: persistent === 1,
      isAutostart: autostart?.autostart === 1,
      ...networkFacts(EditDocument.parse(live, what).root),
    },
    stored: EditDocument.parse(inactive ?? live, what),
    ...(running ? { running } : {}),
  }
}

async function definition(
  { rpc }: Pick<LibvirtHost, 'rpc'>,
  net: NetworkHandle,
  flags: number,
): Promise<string> {
  return (await rpc.callJob('NETWORK_GET_XML_DESC', { net, flags }, quick)).xml
}

/** Drivers without two definitions do not know the flag. */
async function storedDefinition(host: Pick<LibvirtHost, 'rpc'>, net: NetworkHandle): Promise<string> {
  try {
    return await definition(host, net, virNetworkXMLFlags.VIR_NETWORK_XML_INACTIVE)
  } catch (error) {
    if (isRpcError(error, 'VIR_ERR_INVALID_ARG')) return definition(host, net, 0)
    throw error
  }
}
