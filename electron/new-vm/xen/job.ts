/** One conversion on its way: the definition, what it becomes, and the account of what was changed and why. */
import type { GuestKind } from '../../../shared/model/host-details'
import type {
  ConversionStep,
  ConversionTarget,
  RenamedDisk,
  XenKind,
} from '../../../shared/model/new-vm/conversion'
import type { EditElement } from '../../domain-xml/edit/tree'
import { architectureOf, xenKindOf } from './source'

export interface ConversionGoal {
  readonly to: ConversionTarget
  readonly devices: 'virtio' | 'emulated'
  /** What the host has for such guests. */
  readonly kind: GuestKind
}

export class ConversionJob {
  readonly steps: ConversionStep[] = []
  readonly warnings: string[] = []
  readonly renamed: RenamedDisk[] = []
  readonly from: XenKind
  readonly isX86: boolean
  /** Still Xen, which has no virtio. */
  readonly isXen: boolean
  /** Absent where the host does not tell; libvirt then takes its usual one. */
  readonly machine: string | undefined
  readonly usesVirtio: boolean

  constructor(
    readonly root: EditElement,
    readonly goal: ConversionGoal,
  ) {
    this.from = xenKindOf(root) ?? 'pv'
    this.isX86 = /^(x86_64|i.86)$/.test(architectureOf(root))
    this.isXen = goal.to === 'xen-hvm'
    this.machine = machineFor(this.from, this.isX86, goal)
    // other machines have no disk controller that every system knows
    this.usesVirtio = !this.isXen && (goal.devices === 'virtio' || !this.isX86)
  }

  get hasIde(): boolean {
    return this.isX86 && !/q35/.test(this.machine ?? '')
  }

  devices(element?: string): EditElement[] {
    return this.root.find('devices')?.children(element) ?? []
  }

  tell(part: string, change: string, why: string): void {
    this.steps.push({ part, change, why })
  }

  remove(element: EditElement | undefined, part: string, why: string, change = 'Removed'): void {
    if (!element) return
    element.remove()
    this.tell(part, change, why)
  }
}

/** HVM under Xen is the old PC with its IDE, which the guest's drivers go by; others never saw a chipset. */
function machineFor(from: XenKind, isX86: boolean, { to, kind }: ConversionGoal): string | undefined {
  if (to === 'xen-hvm') return 'xenfv'
  const wanted = isX86 ? (from === 'hvm' ? ['pc', 'q35'] : ['q35', 'pc']) : ['virt']
  return wanted.find((one) => kind.machines.some(({ name }) => name === one))
}
