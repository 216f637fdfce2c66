/** The models of each type of controller, as libvirt names them; types that are not here have none. */
import { plain, type Values } from '../field'
import { isQ35, isX86, isXen, type HardwareContext } from '../kind'
import { own } from '../own'

type Model = readonly [value: string, label: string, note?: string]

export const modelsOf: Record<string, readonly Model[]> = {
  pci: [
    ['pcie-root', 'PCIe root', 'the machine itself; nothing is plugged into it while the guest runs'],
    ['pcie-root-port', 'PCIe root port', 'takes one device, also while the guest runs'],
    ['pcie-to-pci-bridge', 'PCIe to PCI bridge', 'for old PCI devices, also while the guest runs'],
    ['pcie-switch-upstream-port', 'PCIe switch, upper port'],
    ['pcie-switch-downstream-port', 'PCIe switch, lower port'],
    ['pcie-expander-bus', 'PCIe expander', 'a second root, for devices of one NUMA node'],
    ['dmi-to-pci-bridge', 'DMI to PCI bridge', 'old; choose PCIe to PCI'],
    ['pci-root', 'PCI root'],
    ['pci-bridge', 'PCI bridge'],
    ['pci-expander-bus', 'PCI expander'],
  ],
  scsi: [
    ['virtio-scsi', 'VirtIO SCSI', 'fastest; passes SCSI commands on'],
    ['virtio-transitional', 'VirtIO SCSI, old and new'],
    ['virtio-non-transitional', 'VirtIO SCSI, new only'],
    ['lsilogic', 'LSI 53C895A', 'for old systems'],
    ['lsisas1068', 'LSI SAS 1068'],
    ['lsisas1078', 'LSI MegaRAID SAS 1078'],
    ['buslogic', 'BusLogic', 'VMware'],
    ['vmpvscsi', 'VMware paravirtual'],
    ['ibmvscsi', 'IBM virtual SCSI', 'pSeries'],
    ['ncr53c90', 'NCR 53C90'],
    ['dc390', 'Tekram DC-390'],
    ['am53c974', 'AMD 53C974'],
    ['auto', 'Chosen by the hypervisor'],
  ],
  usb: [
    ['qemu-xhci', 'USB 3 (xHCI)', 'USB 1 to 3; little work for the host'],
    ['nec-xhci', 'USB 3 (NEC xHCI)', 'with drivers for Windows 7'],
    ['ich9-ehci1', 'USB 2 (ICH9 EHCI)', 'needs its three companions for slow devices'],
    ['ich9-uhci1', 'USB 1 (ICH9 UHCI 1)', 'companion of USB 2'],
    ['ich9-uhci2', 'USB 1 (ICH9 UHCI 2)', 'companion of USB 2'],
    ['ich9-uhci3', 'USB 1 (ICH9 UHCI 3)', 'companion of USB 2'],
    ['ehci', 'USB 2 (EHCI)'],
    ['piix3-uhci', 'USB 1 (PIIX3)'],
    ['piix4-uhci', 'USB 1 (PIIX4)'],
    ['vt82c686b-uhci', 'USB 1 (VIA)'],
    ['pci-ohci', 'USB 1 (OHCI)'],
    ['qusb1', 'USB 1 (Xen)'],
    ['qusb2', 'USB 2 (Xen)'],
    ['none', 'No USB at all'],
  ],
  ide: [
    ['piix3', 'PIIX3'],
    ['piix4', 'PIIX4'],
    ['ich6', 'ICH6'],
  ],
  'virtio-serial': [
    ['virtio', 'As the slot allows'],
    ['virtio-transitional', 'Old and new'],
    ['virtio-non-transitional', 'New only'],
  ],
}

/** Some names stand for models of several types. */
export const allModels: readonly Model[] = [
  ...new Map(
    Object.values(modelsOf)
      .flat()
      .map((model) => [model[0], model]),
  ).values(),
]

export function isModelOf(type: string, model: string): boolean {
  return (own(modelsOf, type) ?? []).some(([name]) => name === model)
}

export function modelLabel(values: Values): string | undefined {
  const model = plain(values.model)
  return (own(modelsOf, plain(values.type)) ?? []).find(([name]) => name === model)?.[1]
}

/** Ports that belong to a USB 2 controller: each serves its slow devices from this port on. */
export const companions: Readonly<Record<string, number>> = {
  'ich9-uhci1': 0,
  'ich9-uhci2': 2,
  'ich9-uhci3': 4,
}

export const isVirtioScsi = ({ type, model }: Values): boolean =>
  type === 'scsi' && plain(model).startsWith('virtio')

/** One more PCIe port where devices need them, otherwise a SCSI controller for many disks. */
export function newController(context: HardwareContext): Values {
  if (isXen(context)) return { type: 'usb', model: 'qusb2' }
  const hasPorts = isQ35(context) || context.machine.startsWith('virt')
  if (hasPorts) return { type: 'pci', model: 'pcie-root-port' }
  if (context.architecture === 's390x' || isX86(context)) return { type: 'scsi', model: 'virtio-scsi' }
  return { type: 'scsi', model: /pseries/.test(context.machine) ? 'ibmvscsi' : 'virtio-scsi' }
}
