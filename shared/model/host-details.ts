import { z } from 'zod'
import type { HostHardening } from './host-security'
import type { HostServices } from './host-services'
import { hostId } from './ids'
import { isActive, type VmRecord } from './vm'

/** What a connected host is made of and how it is reached; read on demand. Sizes in bytes. */
export interface HostDetails {
  /** The host's computer: "Dell PowerEdge R6525"; known where the daemon may read the firmware's tables. */
  readonly product?: string
  readonly firmware?: string
  readonly os?: string
  readonly kernel?: string
  readonly uptimeMs?: number
  readonly cpu: HostCpu
  readonly memory: HostMemory
  readonly cells: readonly NumaCell[]
  /** Told where libvirt is not spoken to: its VMs that run beside those of this host. */
  readonly libvirtVms?: number
  readonly services: HostServices
  readonly daemon: DaemonState
  readonly connection: ConnectionFacts
  readonly hardening: HostHardening
}

export interface HostCpu {
  readonly vendor?: string
  readonly model: string
  /** As the maker calls it: "AMD EPYC 7443P 24-Core Processor". */
  readonly marketingName?: string
  readonly mhz?: number
  readonly sockets: number
  /** Of all sockets together; so are cores and threads. */
  readonly dies: number
  readonly cores: number
  readonly threads: number
  /** Since the host started, of all its CPUs together: two readings give the use between them. */
  readonly time?: { readonly busyNs: number; readonly totalNs: number }
}

export interface HostMemory {
  readonly totalBytes: number
  readonly freeBytes?: number
  /** Buffers and page cache, which the host gives back when it needs them. */
  readonly cachedBytes?: number
  /** Equal pages of several guests kept once (KSM); known where the host's files can be read. */
  readonly merging?: MemoryMerging
  /** Which programs get huge pages without reserving them: all, those that ask (QEMU does), or none. */
  readonly transparentHugePages?: 'always' | 'madvise' | 'never'
}

export interface MemoryMerging {
  readonly isOn: boolean
  readonly keptPages?: number
  /** Pages more that the guests see and the host does not keep. */
  readonly savedPages?: number
  readonly savedBytes?: number
  /** Looked at and found to have no equal. */
  readonly differingPages?: number
  readonly fullScans?: number
  /** At a time, with `pauseMs` between. */
  readonly pagesPerScan?: number
  readonly pauseMs?: number
  readonly isAcrossNodes?: boolean
}

export interface NumaCell {
  readonly id: number
  readonly memoryBytes?: number
  readonly freeBytes?: number
  readonly cpuCount: number
  /** "0-7,16-23", as the kernel writes sets of CPUs. */
  readonly cpus: string
  /** Where the host tells where its CPUs sit: threads that share a core stand together, cores of a socket follow each other. */
  readonly cores?: readonly HostCore[]
  readonly hugePages: readonly { readonly sizeBytes: number; readonly count: number }[]
}

export interface HostCore {
  readonly socket: number
  /** Its threads, in rising order. */
  readonly cpus: readonly number[]
}

export interface DaemonState {
  readonly libraryVersion?: string
  readonly daemonVersion?: string
  readonly hypervisorVersion?: string
  readonly uptimeMs?: number
  /** How long the answer to a small question took just now. */
  readonly answerMs: number
}

export interface ConnectionFacts {
  readonly reach: Reach
  /** Whether nobody between this computer and the daemon can read along. */
  readonly isSecure: boolean
  readonly isEncrypted: boolean
  /** The account signed in to on the host, when the URI or ssh says one. */
  readonly account?: string
}

/** How commands and consoles get to the host: on this computer, through ssh, or not at all (TLS and TCP carry RPC only). */
export type Reach = 'local' | 'ssh' | 'network'

/** Share of the time between two readings in which CPUs worked, 0 to 1. */
export function cpuUse(before: HostCpu['time'], after: HostCpu['time']): number | undefined {
  if (!before || !after) return undefined
  const total = after.totalNs - before.totalNs
  // a host that restarted counts anew
  if (total <= 0 || after.busyNs < before.busyNs) return undefined
  return Math.min(1, (after.busyNs - before.busyNs) / total)
}

export interface Promised {
  readonly vmCount: number
  readonly vcpus: number
  readonly memoryBytes: number
}

type Sized = Pick<VmRecord, 'state' | 'vcpuCount' | 'maxMemoryBytes'>

/** What the VMs may take together: those that run, and all of them should they all be started. */
export function promisedTo(vms: readonly Sized[]): { running: Promised; defined: Promised } {
  return { running: sum(vms.filter((vm) => isActive(vm.state))), defined: sum(vms) }
}

function sum(vms: readonly Sized[]): Promised {
  return {
    vmCount: vms.length,
    vcpus: vms.reduce((total, vm) => total + vm.vcpuCount, 0),
    memoryBytes: vms.reduce((total, vm) => total + vm.maxMemoryBytes, 0),
  }
}

/** What guests the host can run: one entry for each kind of guest and architecture. */
export interface HostCapabilities {
  readonly guests: readonly GuestKind[]
}

export interface GuestKind {
  readonly architecture: string
  /** "hvm", "xen", "exe"… */
  readonly osType: string
  readonly wordSize?: number
  /** "kvm", "qemu", "xen", "lxc"… each with the program that runs it. */
  readonly virtTypes: readonly { readonly name: string; readonly emulator?: string }[]
  readonly machines: readonly MachineType[]
  readonly features: readonly string[]
}

export interface MachineType {
  readonly name: string
  /** The versioned type an alias such as "q35" stands for today. */
  readonly canonical?: string
  readonly maxCpus?: number
  readonly isDeprecated: boolean
}

const word = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9_.+:-]+$/)

export const guestCapabilitiesInput = z.object({
  host: hostId,
  architecture: word,
  virtType: word,
  /** The hypervisor's default when absent. */
  machine: word.optional(),
})
export type GuestCapabilitiesQuery = Omit<z.infer<typeof guestCapabilitiesInput>, 'host'>

/** What one machine type of one architecture can have. */
export interface GuestCapabilities {
  readonly emulator?: string
  readonly virtType: string
  readonly architecture: string
  readonly machine?: string
  readonly maxVcpus?: number
  readonly firmware: {
    /** "bios", "efi": what libvirt can choose by itself. */
    readonly kinds: readonly string[]
    readonly loaders: readonly string[]
    readonly secureBoot: 'yes' | 'no' | 'unknown'
  }
  readonly cpuModes: readonly { readonly name: string; readonly isSupported: boolean }[]
  /** What "host-model" gives a guest here. */
  readonly hostModel?: {
    readonly model: string
    readonly vendor?: string
    readonly features: readonly { readonly name: string; readonly policy: string }[]
  }
  readonly cpuModels: readonly CpuModel[]
  /** Kinds of devices and features, each with its lists of values, as the hypervisor names them. */
  readonly devices: readonly CapabilityGroup[]
  readonly features: readonly CapabilityGroup[]
}

export interface CpuModel {
  readonly name: string
  readonly vendor?: string
  readonly usable: 'yes' | 'no' | 'unknown'
  readonly isDeprecated: boolean
  /** CPU features this host lacks for it. */
  readonly blockers: readonly string[]
}

export interface CapabilityGroup {
  readonly name: string
  readonly isSupported: boolean
  readonly values: readonly { readonly name: string; readonly values: readonly string[] }[]
}
