/** What is worth knowing about a PCI device of a host before a VM gets it. */
import type { PciDevice } from '../node-device'

export interface Advice {
  readonly title: string
  readonly text: string
}

/** In few words, for a row of a table: "NUMA node 1", "2 of 8 functions made". */
export function factsOf({ numaNode, sriov, physicalFunction }: PciDevice): string[] {
  return [
    ...(numaNode === undefined ? [] : [`NUMA node ${numaNode}`]),
    ...(sriov?.maxVfs === undefined ? [] : [`${sriov.vfs.length} of ${sriov.maxVfs} functions made`]),
    ...(physicalFunction === undefined ? [] : [`function of ${physicalFunction}`]),
  ]
}

/** Base classes of the PCI specification. */
const hasClass = ({ classCode }: PciDevice, base: string): boolean => classCode?.startsWith(base) ?? false

export function adviceOf(device: PciDevice): Advice[] {
  return [...graphicsAdvice(device), ...functionAdvice(device), ...splitAdvice(device)]
}

function graphicsAdvice(device: PciDevice): Advice[] {
  if (!hasClass(device, '03')) return []
  return [
    {
      title: 'The console may stay dark once the guest’s driver has this card',
      text: 'What the card shows is on its own connectors. Have ssh or a VNC server ready in the guest. With Secure Boot a guest takes only signed drivers.',
    },
  ]
}

/** Virtual functions have no address of their own in the card; the driver makes one up. */
function functionAdvice(device: PciDevice): Advice[] {
  if (device.physicalFunction === undefined || !hasClass(device, '02')) return []
  return [
    {
      title: 'It gets another MAC address with each restart of the host',
      text: 'As a network card that is connected to “A PCI function of the host” it keeps the address that is set there.',
    },
  ]
}

/** https://docs.kernel.org/PCI/pci-iov-howto.html */
function splitAdvice({ sriov, addressText, physicalFunction }: PciDevice): Advice[] {
  if (physicalFunction !== undefined || sriov?.maxVfs === undefined || sriov.vfs.length > 0) return []
  const rule = `ACTION=="add", SUBSYSTEM=="pci", KERNEL=="${addressText}", ATTR{sriov_numvfs}="${Math.min(4, sriov.maxVfs)}"`
  return [
    {
      title: `It can be split into ${sriov.maxVfs} functions, each for a VM of its own`,
      text: `On the host, as root: echo ${Math.min(4, sriov.maxVfs)} > /sys/bus/pci/devices/${addressText}/sriov_numvfs. To have them after each restart, put this line into /etc/udev/rules.d/80-sriov.rules: ${rule}`,
    },
  ]
}
