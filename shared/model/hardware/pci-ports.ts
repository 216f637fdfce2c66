/**
 * Free places for devices that are plugged in while the guest runs. On PCI Express each takes a root port of its own, and
 * ports themselves come only while the VM is off (https://libvirt.org/pci-hotplug.html).
 */
import { plain } from './field'
import { itemsOf, type HardwareContext } from './kind'

export interface PciPorts {
  readonly total: number
  readonly free: number
}

/** Undefined for machines that need no ports, such as those with a plain PCI bus. */
export function pciPorts(context: HardwareContext): PciPorts | undefined {
  const buses = itemsOf(context, 'controller')
    .map(({ values, live }) => (context.isRunning && live ? live : values))
    .filter(({ type }) => type === 'pci')
  if (!buses.some(({ model }) => model === 'pcie-root')) return undefined
  const ports = buses.filter(
    ({ model, hotplug }) =>
      (model === 'pcie-root-port' || model === 'pcie-switch-downstream-port') && hotplug !== false,
  )
  const taken = new Set(context.items.flatMap(({ address }) => busNumber(address) ?? []))
  const free = ports.filter(({ index }) => !taken.has(Number(plain(index))))
  return { total: ports.length, free: free.length }
}

/** Why nothing more can be plugged in now; undefined when something can. */
export function noFreePort(context: HardwareContext): string | undefined {
  if (!context.isRunning || pciPorts(context)?.free !== 0) return undefined
  return 'No PCI Express port is free: shut down the VM and add a controller of model "PCIe root port"'
}

/** HardwareItem.address names it: "PCI 0000:03:00.0" is on bus 3. */
function busNumber(address: string | undefined): number | undefined {
  const bus = /^PCI [0-9a-f]+:([0-9a-f]+):/i.exec(address ?? '')?.[1]
  return bus === undefined ? undefined : Number.parseInt(bus, 16)
}
