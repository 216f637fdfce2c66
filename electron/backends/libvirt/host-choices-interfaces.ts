/**
 * What VMs' network cards can be connected to. libvirt's own list of interfaces is often missing (it needs netcf), so
 * the node devices and, where the link allows, the host's kernel fill it up.
 */
import type { HostInterface, Listed } from '../../../shared/model/host-choices'
import type { NetDevice } from '../../../shared/model/node-device'
import { parseXml } from '../../domain-xml/document'
import {
  virConnectListAllInterfacesFlags as interfaceFlags,
  virConnectListAllNodeDeviceFlags as deviceFlags,
} from '../../libvirt-rpc/index'
import { given } from '../../../shared/given'
import type { KernelLink } from '../host/kernel-links'
import { readDaemonLinks } from './daemon-links'
import type { LibvirtHost } from './host'
import { listed, quick, readEach } from './host-choices-sweep'
import { readInterface } from './host-choices-xml'
import { oneAtATime } from './one-at-a-time'
import { readNodeDevice } from './xml/node-device'

export async function readInterfaces(host: LibvirtHost, hostname: string): Promise<Listed<HostInterface>> {
  const [managed, devices, links] = await Promise.all([
    listed(() => readManaged(host)),
    listed(() => readNetDevices(host)),
    readDaemonLinks(host.link, hostname),
  ])
  const items = mergeInterfaces(managed.items, devices.items, links)
  // one of the sources is enough
  const error = items.length === 0 ? (devices.error ?? managed.error) : undefined
  return { items, ...given('error', error) }
}

/**
 * libvirt's driver for interfaces counts the users of its one udev context without a lock (interface_backend_udev.c up
 * to 9.0 at least): two questions at once can free it under the third, and the daemon with all its connections is gone.
 */
async function readManaged({ rpc }: LibvirtHost): Promise<Listed<HostInterface>> {
  const list = (flags: number) =>
    oneAtATime(rpc, () => rpc.callJob('CONNECT_LIST_ALL_INTERFACES', { need_results: 1, flags }, quick))
  const [{ ifaces }, active] = await Promise.all([
    list(0),
    list(interfaceFlags.VIR_CONNECT_LIST_INTERFACES_ACTIVE),
  ])
  const up = new Set(active.ifaces.map(({ name }) => name))
  return readEach(ifaces, async (iface): Promise<HostInterface> => {
    const { xml } = await oneAtATime(rpc, () =>
      rpc.callJob('INTERFACE_GET_XML_DESC', { iface, flags: 0 }, quick),
    )
    return {
      name: iface.name,
      isUp: up.has(iface.name),
      ...given('mac', iface.mac === '' ? undefined : iface.mac.toLowerCase()),
      ...readInterface(parseXml(xml, `the description of interface ${iface.name}`).root),
    }
  })
}

async function readNetDevices({ rpc }: LibvirtHost): Promise<Listed<NetDevice>> {
  const flags = deviceFlags.VIR_CONNECT_LIST_NODE_DEVICES_CAP_NET
  const { devices } = await rpc.callJob('CONNECT_LIST_ALL_NODE_DEVICES', { need_results: 1, flags }, quick)
  return readEach(devices, async ({ name }) => {
    const { xml } = await rpc.callJob('NODE_DEVICE_GET_XML_DESC', { name, flags: 0 }, quick)
    const device = readNodeDevice(parseXml(xml, `the description of device ${name}`).root)
    return device?.kind === 'net' ? device : undefined
  })
}

/** Names of the host's ends of VMs' own cards (QEMU, Xen), where only the name tells. */
const guestName = /^(vnet|macvtap|vif|tap)\d/

/** By name, each with the best that anybody knows of it. */
export function mergeInterfaces(
  managed: readonly HostInterface[],
  devices: readonly NetDevice[],
  links: readonly KernelLink[],
): HostInterface[] {
  const macs = new Map(devices.map((device) => [device.interface, device.mac]))
  for (const { name, mac } of managed) macs.set(name, mac ?? macs.get(name))
  // commands may run beside the daemon, in another network namespace: then the names are the same, and no more
  const own = links.filter(({ name, mac }) =>
    macs.size === 0 ? true : macs.has(name) && (macs.get(name) ?? mac) === mac,
  )
  const byName = new Map(own.map((link) => [link.name, link]))
  const deviceOf = new Map(devices.map((device) => [device.interface, device]))
  const managedOf = new Map(managed.map((one) => [one.name, one]))
  const names = [...new Set([...managedOf.keys(), ...deviceOf.keys(), ...byName.keys()])].sort()
  return names.flatMap((name) => {
    const [link, device, one] = [byName.get(name), deviceOf.get(name), managedOf.get(name)]
    const kind = link?.kind ?? kindByName(name) ?? one?.kind ?? kindByParent(device)
    if (kind === 'loopback' || kind === 'guest' || name === 'ovs-system') return []
    return [
      {
        name,
        kind,
        ...given('isUp', link?.isUp ?? one?.isUp ?? device?.isUp),
        ...given('mac', link?.mac ?? one?.mac ?? device?.mac),
        addresses: link?.addresses ?? one?.addresses ?? [],
        ...given('partOf', link?.master),
        ...given('lower', link?.lower),
        ...given('vlanId', link?.vlanId),
        ...given('mtuBytes', link?.mtuBytes),
        ...given('bridge', link?.bridge),
      },
    ]
  })
}

/** libvirt's own list takes both for cards. */
function kindByName(name: string): KernelLink['kind'] | undefined {
  if (name === 'lo') return 'loopback'
  return guestName.test(name) ? 'guest' : undefined
}

/** libvirt names the hardware a card hangs on, or the computer as a whole for what software made. */
function kindByParent(device: NetDevice | undefined): KernelLink['kind'] {
  return device?.parent !== undefined && device.parent !== 'computer' ? 'physical' : 'unknown'
}
