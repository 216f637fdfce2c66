/** Plugs a device into a running guest. */
import { AppError } from '../../../../shared/errors'
import type { EditDocument, EditElement } from '../../../domain-xml/edit/tree'
import { QmpError } from '../../../qmp/index'
import { notPlugged } from '../../hardware/refusals'
import { bytesOf, writeKiB } from '../amounts'
import { refuseClosedBridges } from '../networks/bridge-access'
import { removeNodes } from './nodes'
import { plugAll } from './plug'
import type { PlannedVm, RunningVm } from './running-vm'
import { difference, type PlanDifference } from './units'

export async function attach(vm: RunningVm, element: EditElement): Promise<void> {
  const { host, guest } = vm
  const after = vm.whole(withDevice(vm, element))
  const change = difference(vm.plan(vm.definition), vm.plan(after))
  refuseImpossible(change)
  if (element.name === 'interface') await refuseClosedBridges(host.link, element.toString())
  for (const helper of change.helpers) await host.store.startHelper(helper)
  const target = element.name === 'disk' ? element.find('target')?.attribute('dev') : undefined
  // a disk of this name that went may have left something
  if (target !== undefined) await removeNodes(guest, target)
  try {
    await plugAll(guest, change.added, (text) => host.log(text))
  } catch (error) {
    throw error instanceof QmpError ? notPlugged(error) : error
  }
  for (const note of change.notes) host.log(note)
  await vm.becomes(after)
}

function refuseImpossible({ added, notes, isMore }: PlanDifference): void {
  if (isMore)
    throw new AppError('unsupported', 'QEMU takes this only when it starts', {
      cure: 'It is there from the next start.',
    })
  if (added.length === 0)
    throw new AppError('unsupported', notes[0] ?? 'QEMU has nothing of this kind that could be plugged in', {
      cure: 'Remove it again, or choose another kind.',
    })
}

/**
 * The place that the stored definition has given it may be taken, or not be there, in what runs; any other is as good until
 * the next start.
 */
export function withDevice({ definition }: PlannedVm, element: EditElement): EditDocument {
  const document = definition.clone()
  const devices = document.root.find('devices')
  if (!devices) throw new AppError('internal', 'A running VM without devices')
  const device = element.clone()
  device.find('alias')?.remove()
  const address = device.find('address')
  if (address?.attribute('type') === 'pci' && !isFree(devices, address)) address.remove()
  devices.insert(device, devices.children(device.name).at(-1))
  growMemory(document, device, 1)
  return document
}

function isFree(devices: EditElement, address: EditElement): boolean {
  const bus = Number(address.attribute('bus') ?? 0)
  const ports = devices
    .children('controller')
    .filter((one) => one.attribute('type') === 'pci' && one.attribute('index') === String(bus))
  // the first bus of a machine with ports takes nothing while it runs
  const hasPorts = devices.children('controller').some((one) => one.attribute('model') === 'pcie-root')
  if (bus === 0 ? hasPorts : ports.length === 0) return false
  return !devices.children().some((one) => {
    const other = one.children('address').find((place) => place.attribute('type') === 'pci')
    return (
      other !== undefined &&
      ['bus', 'slot', 'function'].every(
        (part) => Number(other.attribute(part) ?? 0) === Number(address.attribute(part) ?? 0),
      )
    )
  })
}

/** What is plugged counts in <memory> (https://libvirt.org/formatdomain.html#memory-allocation). */
export function growMemory(document: EditDocument, device: EditElement, sign: 1 | -1): void {
  const size = device.find('target', 'size')
  const memory = document.root.find('memory')
  if (device.name !== 'memory' || !size || !memory) return
  for (const element of [memory, document.root.find('currentMemory')])
    if (element) writeKiB(element, bytesOf(element) + sign * bytesOf(size))
}
