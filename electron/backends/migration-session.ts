import type { MigrationFigures } from '../../shared/model/migration/figures'
import type { MigrationWay, MoveOptions, TuneOptions } from '../../shared/model/migration/options'
import type { VmId } from '../../shared/model/ids'

/** The definitions of a VM as another host of the same kind takes them, with their secrets: for hosts only. */
export interface MovableDefinitions {
  readonly running?: string
  readonly stored?: string
  /** Why the hypervisor does not let it go while it runs, in its own words. */
  readonly obstacles?: readonly string[]
  /** Snapshots that would be left without their VM, as they do not come along. */
  readonly snapshotCount?: number
}

export interface MoveRequest {
  readonly options: MoveOptions
  /** As it shall run and be stored at the destination. */
  readonly definitions: MovableDefinitions
  /** Targets of the disks to copy. */
  readonly copiedDisks: readonly string[]
}

export interface MoveContext {
  /** Aborting it while memory is copied leaves the VM running at the source. */
  readonly signal: AbortSignal
  onFigures(figures: MigrationFigures): void
  /** Nothing arrived for so long: the move is given up. */
  readonly stallLimitMs?: number
}

export interface MoveOutcome {
  readonly downtimeMs?: number
  readonly elapsedMs?: number
}

/** What the source tells of a VM that is to come, as one side made it for the other; nobody else reads the cookie. */
export interface MoveOffer {
  readonly xml: string
  readonly cookie: Uint8Array
  readonly request: MoveRequest
  readonly name: string
  readonly isPaused: boolean
}

/** A destination that is ready. It ends with `close` at the latest, which takes back what was not finished. */
export interface Arrival {
  readonly cookie: Uint8Array
  readonly address: string | undefined
  /** True once the connection is gone that the arrival hangs on. */
  readonly isLost: boolean
  onLost(listener: () => void): void
  /** The VM runs here from now on; with `isCancelled` what was prepared goes. */
  finish(cookie: Uint8Array, address: string | undefined, isCancelled: boolean): Promise<Uint8Array>
  /** Whether the VM runs here, asked anew; undefined when nobody answers. */
  hasIt(): Promise<boolean | undefined>
  /** Of the move that ended here. */
  outcome(): Promise<MoveOutcome>
  close(): Promise<void>
}

export type CpuFit = 'incompatible' | 'identical' | 'superset'

/** What the host is, for being compared with another. Absent is what it does not tell. */
export interface MoveFacts {
  readonly hostUuid?: string
  /** As the host calls itself, which is where data are sent unless told otherwise. */
  readonly hostname: string
  /** The same one: both are the same machine with the same network, and need none between them. */
  readonly machine?: string
  readonly daemonVersion?: string
  readonly hypervisorVersion?: string
  /** By how much its clock is ahead of this computer's. */
  readonly clockAheadMs?: number
  /** Its CPU as a definition that a common one can be worked out from. */
  readonly cpu?: string
  /** Of its CPU, as the system tells it. */
  readonly microcode?: string
  /** Numbers of the account that VMs run as. */
  readonly account?: { readonly user: number; readonly group: number }
  readonly freeMemoryBytes?: number
  readonly machines: readonly string[]
  /** Absent: every one. */
  readonly ways?: readonly MigrationWay[]
}

export interface EmulatorOf {
  readonly architecture: string
  readonly virtType: string
  readonly machine?: string
}

/**
 * Moving VMs between two hosts of one kind. Ends with an AppError. One that says `busy` may have left the VM at either side, and
 * says so.
 */
export interface MigrationSession {
  /** Hosts of the same kind can move VMs to each other. */
  kind(): string
  /** The URI by which this computer reaches the host; its own one for itself names nothing elsewhere. */
  uri(): string
  definitions(vm: VmId): Promise<MovableDefinitions>
  facts(of: EmulatorOf): Promise<MoveFacts>
  /** Whether the CPU of a definition could run here; undefined where the host cannot tell. */
  compareCpu(cpuXml: string, of: EmulatorOf): Promise<CpuFit | undefined>
  /** What all of these CPUs have; undefined where the host cannot tell. */
  commonCpu(cpus: readonly string[], of: EmulatorOf): Promise<string | undefined>
  /** Whether this host finds another by its name; undefined where nothing can be run on it. */
  reaches(address: string): Promise<boolean | undefined>
  move(vm: VmId, to: MigrationSession, request: MoveRequest, context: MoveContext): Promise<MoveOutcome>
  /** Asked of the destination by the source's `move`. */
  receive(offer: MoveOffer): Promise<Arrival>
  tune(vm: VmId, options: TuneOptions): Promise<void>
  switchToPostCopy(vm: VmId): Promise<void>
}
