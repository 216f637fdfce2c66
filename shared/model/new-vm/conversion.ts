/** A definition that was made for Xen, rewritten for what a host has instead. Nothing is stored by it: the text is the user's. */
import { z } from 'zod'
import { hostId } from '../ids'

/** `xen-hvm`: still Xen, as a whole computer instead of a guest that knows of Xen. */
export const conversionTargets = ['kvm', 'qemu', 'xen-hvm'] as const
export type ConversionTarget = (typeof conversionTargets)[number]

/** As Xen calls its kinds of guests: PV, PVH and HVM. */
export type XenKind = 'pv' | 'pvh' | 'hvm'

export interface ConversionOffer {
  readonly from: XenKind
  readonly to: ConversionTarget
  /** The host does not run it as it is. */
  readonly isNeeded: boolean
}

export const convertDefinitionInput = z.object({
  host: hostId,
  xml: z.string().min(1).max(4_194_304),
  to: z.enum(conversionTargets),
  /** `emulated`: what every system brings drivers for; `virtio`: faster, where the guest has been prepared for it. */
  devices: z.enum(['virtio', 'emulated']),
})
export type ConvertDefinitionInput = z.output<typeof convertDefinitionInput>

export interface ConversionStep {
  /** What is changed: "Disk xvda". */
  readonly part: string
  readonly change: string
  readonly why: string
}

/** How the guest is going to call a disk: "xvda" becomes "vda". */
export interface RenamedDisk {
  readonly from: string
  readonly to: string
}

export interface DefinitionConversion {
  readonly xml: string
  readonly steps: readonly ConversionStep[]
  /** What the user has to see to, in sentences. */
  readonly warnings: readonly string[]
  readonly renamed: readonly RenamedDisk[]
}

export const conversionNames: Readonly<Record<ConversionTarget, string>> = {
  kvm: 'KVM',
  qemu: 'QEMU',
  'xen-hvm': 'Xen HVM',
}

export const xenKindNames: Readonly<Record<XenKind, string>> = {
  pv: 'paravirtual (PV)',
  pvh: 'PVH',
  hvm: 'fully virtual (HVM)',
}
