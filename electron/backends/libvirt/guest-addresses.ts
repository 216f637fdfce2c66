/** Addresses of a running guest, from all who may know them (virDomainInterfaceAddresses). */
import { AppError } from '../../../shared/errors'
import {
  addressSources,
  mergeAddresses,
  type AddressSource,
  type CardAddresses,
} from '../../../shared/model/guest-addresses'
import type { VmId } from '../../../shared/model/ids'
import {
  isNoDomain,
  RpcClosedError,
  virDomainInterfaceAddressesSource as sources,
} from '../../libvirt-rpc/index'
import { domainOf } from './domain-handle'
import type { LibvirtHost } from './host'

const codes: Record<AddressSource, number> = {
  agent: sources.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT,
  lease: sources.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE,
  arp: sources.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP,
}
/** An agent that hangs is waited for by libvirt itself, five seconds. */
const timeoutMs = 8000

/** Empty when nobody knows any: a guest without agent on a bridge, or one that is off. */
export async function readGuestAddresses(host: LibvirtHost, vm: VmId): Promise<CardAddresses[]> {
  const told = await Promise.all(
    addressSources.map(async (source) => {
      try {
        return await ask(host, vm, source)
      } catch (error) {
        if (error instanceof RpcClosedError) throw error
        if (isNoDomain(error)) throw new AppError('not-found', 'This VM no longer exists', { cause: error })
        // no agent, no network of libvirt, no neighbours: each is usual
        return []
      }
    }),
  )
  return mergeAddresses(told.flat())
}

async function ask(host: LibvirtHost, vm: VmId, source: AddressSource): Promise<CardAddresses[]> {
  const { ifaces } = await host.rpc.callJob(
    'DOMAIN_INTERFACE_ADDRESSES',
    { dom: domainOf(vm, host.inventory.nameOf(vm)), source: codes[source], flags: 0 },
    { timeoutMs },
  )
  return ifaces.flatMap(({ name, hwaddr, addrs }) => {
    // the guest's loopback is none of its cards
    if (hwaddr === null || hwaddr === '00:00:00:00:00:00') return []
    return [
      {
        mac: hwaddr.toLowerCase(),
        ...(source === 'agent' ? { name } : {}),
        addresses: addrs.map(({ addr, prefix }) => ({ address: addr, prefix, from: source })),
      },
    ]
  })
}
