/** What a host offers its VMs: without libvirt that is its pools, and what is known of other VMs. */
import { AppError, errorData } from '../../../shared/errors'
import type { HostChoices, Listed } from '../../../shared/model/host-choices'
import { parseXml } from '../../domain-xml/document'
import type { StorageSession } from '../storage-session'
import type { QemuHost } from './host'
import { readInterfaces } from './networks/interfaces'

export const noNetworks =
  'This host has no virtual networks, as they are made by libvirt. A card can use QEMU’s own network (user), or a bridge of the host.'
export const noSecrets = 'This host keeps no secrets, as they are kept by libvirt.'
export const noFilters = 'This host has no network filters, as they are made by libvirt.'

export async function readChoices(host: QemuHost, storage: StorageSession): Promise<HostChoices> {
  const [{ items: pools }, entries, interfaces] = await Promise.all([
    storage.pools(),
    host.inventory.list(),
    readInterfaces(host.link),
  ])
  return {
    networks: refused(noNetworks),
    interfaces,
    filters: refused(noFilters),
    pools: {
      items: pools.map(({ name, state, type, path, capacityBytes, availableBytes }) => ({
        name,
        state,
        type,
        ...(path === undefined ? {} : { path }),
        ...(capacityBytes === undefined ? {} : { capacityBytes }),
        ...(availableBytes === undefined ? {} : { availableBytes }),
      })),
    },
    secrets: refused(noSecrets),
    macs: {
      items: entries.flatMap(({ record, stored, running }) =>
        [...new Set([stored, running].flatMap((xml) => (xml === undefined ? [] : macsOf(xml))))].map(
          (mac) => ({
            vmName: record.name,
            mac,
          }),
        ),
      ),
    },
  }
}

function macsOf(xml: string): string[] {
  return (parseXml(xml).root.find('devices')?.children('interface') ?? []).flatMap((card) => {
    const mac = card.find('mac')?.attribute('address')?.toLowerCase()
    return mac === undefined ? [] : [mac]
  })
}

export function refused<T>(sentence: string): Listed<T> {
  return { items: [], error: errorData(new AppError('unsupported', sentence)) }
}
