/** What the machine type of a definition means for its devices. */
import type { Reading } from './reading'

export type Chipset = 'q35' | 'pc' | 'virt' | 'microvm' | 's390' | 'pseries' | 'other'

export interface MachineFacts {
  readonly architecture: string
  /** As QEMU is told. */
  readonly type: string
  readonly chipset: Chipset
  /** Of virtio's devices: "virtio-net-pci", "virtio-net-device", "virtio-net-ccw". */
  readonly virtioSuffix: 'pci' | 'device' | 'ccw'
  /** Name of the first PCI bus; absent: the machine has none. */
  readonly rootBus?: string
  /** Cards of PCI Express sit behind ports, where they can be plugged. */
  readonly hasPorts: boolean
  readonly isX86: boolean
}

/** Of a program by its name, when a definition does not name one: what libvirt takes. */
const usualTypes: Readonly<Record<string, string>> = {
  x86_64: 'pc',
  i686: 'pc',
  aarch64: 'virt',
  armv7l: 'virt',
  riscv64: 'virt',
  riscv32: 'virt',
  s390x: 's390-ccw-virtio',
  ppc64: 'pseries',
  ppc64le: 'pseries',
  loongarch64: 'virt',
}

export function machineFacts(domain: Reading): MachineFacts {
  const type = domain.at('os', 'type')
  // the word "hvm" says that the machine is a whole one, which every machine of QEMU is
  type?.text()
  const architecture = type?.attr('arch') ?? 'x86_64'
  const name = type?.attr('machine') ?? usualTypes[architecture] ?? 'none'
  const chipset = chipsetOf(name)
  const rootBus = {
    q35: 'pcie.0',
    virt: 'pcie.0',
    pc: 'pci.0',
    pseries: 'pci.0',
    microvm: undefined,
    s390: undefined,
    other: 'pci.0',
  }[chipset]
  return {
    architecture,
    type: name,
    chipset,
    virtioSuffix: chipset === 'microvm' ? 'device' : chipset === 's390' ? 'ccw' : 'pci',
    ...(rootBus === undefined ? {} : { rootBus }),
    hasPorts: rootBus === 'pcie.0',
    isX86: architecture === 'x86_64' || architecture === 'i686',
  }
}

function chipsetOf(type: string): Chipset {
  if (type === 'q35' || type.startsWith('pc-q35')) return 'q35'
  if (type === 'pc' || type.startsWith('pc-')) return 'pc'
  if (type === 'virt' || type.startsWith('virt-')) return 'virt'
  if (type === 'microvm') return 'microvm'
  if (type.startsWith('s390-ccw')) return 's390'
  if (type.startsWith('pseries')) return 'pseries'
  return 'other'
}
