import type { VmId } from '../../../shared/model/ids'
import type { VmRecord, VmState } from '../../../shared/model/vm'
import type { DiskSummary } from '../../../shared/model/vm-overview'
import type { RunClock } from './clock'
import type { GuestDisplay } from './screen/guest-display'
import type { FakeContent } from './storage/volume-content'

/** The stored definition of a demo VM: list, overview, XML and delete plan are all drawn from this one value. */
export interface FakeDefinition {
  readonly id: VmId
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly isTemplate?: boolean
  readonly osId?: string
  /** KVM, hvm and x86_64 unless told. */
  readonly virtType?: string
  readonly osType?: string
  readonly architecture?: string
  readonly machine: string
  readonly firmware: 'BIOS' | 'UEFI'
  readonly vcpuCount: number
  readonly maxVcpuCount: number
  readonly cpuModel: string
  readonly memoryBytes: number
  readonly maxMemoryBytes: number
  readonly disks: readonly FakeDisk[]
  readonly nics: readonly FakeNic[]
  readonly display: FakeDisplay
  readonly serialCount: number
  readonly hasGuestAgentChannel: boolean
  readonly hasTpm: boolean
  readonly hostDevices: readonly FakeHostDevice[]
  readonly guest: FakeGuest
}

export interface FakeDisk extends DiskSummary {
  readonly sourceType: 'file' | 'block'
}

export interface FakeNic {
  readonly mac: string
  readonly model: string
  readonly source: { readonly kind: 'network' | 'bridge' | 'direct' | 'user'; readonly name: string }
  readonly isLinkUp: boolean
}

/** A piece of the demo host's hardware that the VM has: "82:00.0", or vendor and product. */
export type FakeHostDevice =
  | { readonly kind: 'pci'; readonly place: string }
  | { readonly kind: 'usb'; readonly vendorId: string; readonly productId: string }

type FakeDisplay =
  | { readonly kind: 'vnc'; readonly password?: string; readonly listen?: string }
  | { readonly kind: 'spice'; readonly listen?: string; readonly hasTls?: boolean }
  | { readonly kind: 'none' }

/** What runs inside: how it looks, what it costs, whether it listens. */
export interface FakeGuest {
  readonly look: 'text' | 'desktop'
  /** Hung or without ACPI daemon: the power button does nothing. */
  readonly ignoresAcpi: boolean
  /** Mean loads while it runs; the counters wave around them. */
  readonly load: {
    /** Share of its own virtual CPUs, 0 to 1. */
    readonly cpu: number
    /** Share of its memory, 0 to 1. */
    readonly memory: number
    readonly diskReadBytesPerSecond: number
    readonly diskWriteBytesPerSecond: number
    readonly netReceiveBytesPerSecond: number
    readonly netSendBytesPerSecond: number
  }
}

/** From power-on to power-off; what a saved image keeps. */
export interface Run {
  readonly clock: RunClock
  readonly display: GuestDisplay
}

export interface FakeVm {
  definition: FakeDefinition
  /** The stored definition once its hardware was changed; before that it is drawn from `definition`. */
  storedXml?: string | undefined
  /** What the guest was started with, and what was plugged in since; only while hardware was changed in this run. */
  runningXml?: string | undefined
  state: VmState
  stateReason: string | undefined
  isPersistent: boolean
  autostart: boolean
  /** Present while active. */
  run: Run | undefined
  /** As libvirt numbers domains that are active. */
  runId?: number | undefined
  /** The run a saved image holds. */
  saved: Run | undefined
  snapshots?: readonly FakeSnapshot[]
  /** What the guest comes back with, once somebody has changed that. */
  savedXml?: string | undefined
  /** The long change under way; like libvirt's job lock, it makes others wait or fail. */
  job: string | undefined
}

export interface FakeSnapshot {
  readonly name: string
  /** Which going back to it needs. */
  readonly images: readonly string[]
  /** As libvirt writes it. */
  readonly xml: string
  readonly isCurrent: boolean
  /** How long the guest had run, where its memory is kept. */
  readonly uptimeMs?: number
}

export interface FakeFile {
  readonly sizeBytes: number
  readonly allocationBytes: number
  readonly format: string
  readonly backingPath?: string
  readonly backingFormat?: string
  readonly isEncrypted?: boolean
  readonly clusterSizeBytes?: number
  readonly mode?: string
  readonly owner?: number
  readonly group?: number
  readonly modifiedAtMs?: number
  /** What was uploaded; absent: nobody has looked yet, and it is all zeros. */
  readonly content?: FakeContent
}

export function recordFor(vm: FakeVm): VmRecord {
  const { definition } = vm
  return {
    id: definition.id,
    name: definition.name,
    ...(definition.title === undefined ? {} : { title: definition.title }),
    ...(definition.isTemplate === true ? { isTemplate: true } : {}),
    ...(vm.runId === undefined ? {} : { runId: vm.runId }),
    state: vm.state,
    ...(vm.stateReason === undefined ? {} : { stateReason: vm.stateReason }),
    isPersistent: vm.isPersistent,
    hasSavedState: vm.saved !== undefined,
    autostart: vm.autostart,
    vcpuCount: definition.vcpuCount,
    memoryBytes: definition.memoryBytes,
    maxMemoryBytes: definition.maxMemoryBytes,
  }
}
