/** The demo host's devices as they are now: bound by whom, and used by which of its VMs. */
import { AppError } from '../../../shared/errors'
import type { BindAction, NodeDevice } from '../../../shared/model/node-device'
import { isActive } from '../../../shared/model/vm'
import { isAssigned, readAssignedDevices } from '../../domain-xml/assigned-devices'
import { parseXml } from '../../domain-xml/document'
import type { FakeHost } from './fake-host'
import { deviceCatalogue } from './node-devices-catalogue'
import { xmlOf } from './xml'

/** Drivers that are others than in the catalogue. */
const rebound = new WeakMap<FakeHost, Map<string, string>>()

export function nodeDevicesOf(host: FakeHost): NodeDevice[] {
  const drivers = rebound.get(host)
  const users = [...host.vms.values()].map((vm) => ({
    name: vm.definition.name,
    assigned: readAssignedDevices(parseXml(xmlOf(vm, host.displayPort(vm))).root),
  }))
  return deviceCatalogue.map((device) => {
    const driver = drivers?.get(device.name)
    return {
      ...device,
      ...(driver === undefined ? {} : { driver }),
      usedBy: users
        .filter(({ assigned }) => assigned.some((one) => isAssigned(device, one)))
        .map(({ name }) => name),
    }
  })
}

export function bindDeviceOf(host: FakeHost, name: string, action: BindAction): void {
  const device = nodeDevicesOf(host).find((one) => one.name === name)
  if (!device) {
    throw new AppError('not-found', 'The device is no longer there', {
      detail: `Node device not found: no node device with matching name '${name}'`,
    })
  }
  if (device.kind !== 'pci') {
    throw new AppError('invalid', 'The host does not accept this value', {
      detail: `invalid argument: Device ${name} is not a PCI device`,
    })
  }
  const user = device.usedBy.find((vm) => isActive(host.byName(vm)?.state ?? 'shut-off'))
  if (user !== undefined) {
    throw new AppError('invalid', 'This is not possible in the present state of the VM', {
      detail: `Requested operation is not valid: PCI device ${device.addressText} is in use by driver QEMU, domain ${user}`,
    })
  }
  const drivers = rebound.get(host) ?? new Map<string, string>()
  rebound.set(host, drivers)
  if (action === 'detach') drivers.set(name, 'vfio-pci')
  if (action === 'reattach') drivers.delete(name)
}
