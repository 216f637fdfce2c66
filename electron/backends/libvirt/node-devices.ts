/** The host's hardware for passing it on to VMs, who has it now, and moving it between the host's driver and VMs. */
import { AppError } from '../../../shared/errors'
import type { BindAction, NodeDevice } from '../../../shared/model/node-device'
import { readAssignedDevices, type AssignedDevice } from '../../domain-xml/assigned-devices'
import { parseXml } from '../../domain-xml/document'
import type { Listed } from '../../../shared/model/host-choices'
import { noNeeds, readHostNeeds, withNeeds, type HostNeeds } from '../host/device-needs'
import { withUsers } from '../host/device-users'
import { whyNotThere } from './console-settings'
import type { LibvirtHost } from './host'
import { readAllDefinitions, type Found } from './host-choices-definitions'
import { listed, quick, readEach } from './host-choices-sweep'

import { readNodeDevice, type UsbInterface } from './xml/node-device'

/** Together with one slow answer and the look at the host's files below the deadline of the layer above. */
const readMs = 16_000
const lookMs = 4000

type User = Found<AssignedDevice>

/** `unsupported` where the driver knows no devices; what of them cannot be read is left out. */
export async function readNodeDevices(host: LibvirtHost, hostname: string): Promise<NodeDevice[]> {
  const untilMs = performance.now() + readMs
  const [read, users] = await Promise.all([
    readDevices(host, untilMs),
    listed(() => readUsers(host, untilMs)),
  ])
  const devices = withUsers(linked(read), users)
  const needs = readNeedsThere(host, hostname, devices)
  return withNeeds(devices, await withinMs(lookMs, needs, noNeeds))
}

/** Only where commands run on the daemon's own host. */
async function readNeedsThere(
  { link }: LibvirtHost,
  hostname: string,
  devices: readonly NodeDevice[],
): Promise<HostNeeds> {
  return (await whyNotThere(link, hostname)) === undefined ? readHostNeeds(link, devices) : noNeeds
}

async function readDevices(
  { rpc }: LibvirtHost,
  untilMs: number,
): Promise<readonly (NodeDevice | UsbInterface)[]> {
  const all = { need_results: 1, flags: 0 }
  const { devices } = await rpc.callJob('CONNECT_LIST_ALL_NODE_DEVICES', all, quick)
  const readOne = async ({ name }: { name: string }) => {
    const { xml } = await rpc.callJob('NODE_DEVICE_GET_XML_DESC', { name, flags: 0 }, quick)
    return readNodeDevice(parseXml(xml, `the description of device ${name}`).root)
  }
  const { items, error } = await readEach(devices, readOne, untilMs)
  if (error && items.length === 0) throw AppError.from(error)
  return items
}

function readUsers(host: LibvirtHost, untilMs: number): Promise<Listed<User>> {
  const words = ['hostdev', "type='block'", "type='nvme'", "type='vdpa'", "mode='passthrough'"]
  return readAllDefinitions(host, words, readAssignedDevices, untilMs)
}

async function withinMs<T>(timeoutMs: number, work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What only the devices together tell: hubs by their interfaces, disks of SCSI addresses. */
export function linked(read: readonly (NodeDevice | UsbInterface)[]): NodeDevice[] {
  const hubs = new Set(
    read.flatMap((one) =>
      one.kind === 'usb-interface' && one.interfaceClass === 9 ? (one.parent ?? []) : [],
    ),
  )
  const devices = read.filter((one): one is NodeDevice => one.kind !== 'usb-interface')
  return devices.map((device) => {
    if (device.kind === 'usb') return hubs.has(device.name) ? { ...device, isHub: true } : device
    if (device.kind !== 'scsi') return device
    const children = devices.filter(({ parent }) => parent === device.name)
    const storage = children.find((one) => one.kind === 'storage')
    const generic = children.find((one) => one.kind === 'scsi-generic')
    return {
      ...device,
      ...(storage ? { block: storage.block } : {}),
      ...(storage?.model === undefined ? {} : { model: storage.model }),
      ...(storage?.vendor === undefined ? {} : { vendor: storage.vendor }),
      ...(storage?.sizeBytes === undefined ? {} : { sizeBytes: storage.sizeBytes }),
      ...(generic ? { generic: generic.char } : {}),
    }
  })
}

/** Below the deadline of the layer above; a driver that lets go of a card may take seconds. */
const bindTimeoutMs = 28_000

/** Ends when the host has done it. libvirt itself refuses what a running VM has. */
export async function bindDevice({ rpc }: LibvirtHost, name: string, action: BindAction): Promise<void> {
  const options = { timeoutMs: bindTimeoutMs }
  switch (action) {
    case 'detach':
      await rpc.callJob('NODE_DEVICE_DETACH_FLAGS', { name, driverName: null, flags: 0 }, options)
      return
    case 'reattach':
      await rpc.callJob('NODE_DEVICE_RE_ATTACH', { name }, options)
      return
    case 'reset':
      await rpc.callJob('NODE_DEVICE_RESET', { name }, options)
  }
}
