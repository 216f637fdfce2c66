/** The host's hardware for passing it on to VMs, who has it now, and moving it between the host's driver and VMs. */
import { AppError } from '../../../shared/errors'
import type { BindAction, NodeDevice } from '../../../shared/model/node-device'
import { isAssigned, readAssignedDevices, type AssignedDevice } from '../../domain-xml/assigned-devices'
import { parseXml } from '../../domain-xml/document'
import type { Listed } from '../../../shared/model/host-choices'
import type { LibvirtHost } from './host'
import { readAllDefinitions } from './host-choices-definitions'
import { listed, quick, readEach } from './host-choices-sweep'
import { readHostNeeds, withNeeds } from './node-devices-needs'
import { readNodeDevice, type UsbInterface } from './xml/node-device'

/** `unsupported` where the driver knows no devices; what of them cannot be read is left out. */
export async function readNodeDevices(host: LibvirtHost, hostname: string): Promise<NodeDevice[]> {
  const { rpc } = host
  const [{ devices: handles }, users] = await Promise.all([
    rpc.callJob('CONNECT_LIST_ALL_NODE_DEVICES', { need_results: 1, flags: 0 }, quick),
    listed(() => readUsers(host)),
  ])
  const read = await readEach(handles, async ({ name }) => {
    const { xml } = await rpc.callJob('NODE_DEVICE_GET_XML_DESC', { name, flags: 0 }, quick)
    return readNodeDevice(parseXml(xml, `the description of device ${name}`).root)
  })
  if (read.error && read.items.length === 0 && handles.length > 0) throw AppError.from(read.error)
  const devices = withUsers(linked(read.items), users)
  return withNeeds(devices, await readHostNeeds(host.link, hostname, devices))
}

interface User {
  readonly vmName: string
  readonly found: readonly AssignedDevice[]
}

function readUsers(host: LibvirtHost): Promise<Listed<User>> {
  return readAllDefinitions(
    host,
    ['hostdev', "type='block'", "type='nvme'", "type='vdpa'", "mode='passthrough'"],
    readAssignedDevices,
  )
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

export function withUsers(devices: readonly NodeDevice[], { items, error }: Listed<User>): NodeDevice[] {
  return devices.map((device) => ({
    ...device,
    usedBy: items
      .filter(({ found }) => found.some((assigned) => isAssigned(device, assigned)))
      .map(({ vmName }) => vmName),
    isUseUncertain: error !== undefined,
  }))
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
