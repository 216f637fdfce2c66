import type { ErrorData } from '../errors'
import type { DeleteOutcome } from './delete-plan'
import type { HostId, TaskId, VmId } from './ids'
import type { MigrationFigures } from './migration/figures'

export interface Amount {
  readonly doneBytes: number
  readonly totalBytes: number
}

/** Long work, owned by main: a window may close and the work goes on. */
export interface Task {
  readonly id: TaskId
  /** Machine name of the work ("power.pause", "vm.delete"); buttons find their pending work by it. */
  readonly kind: string
  /** "Pausing web-01" while it runs. */
  readonly title: string
  readonly host?: HostId
  readonly vm?: VmId
  /** Of work on several: those it is still to do, or does now. */
  readonly vms?: readonly VmId[]
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled'
  readonly startedAtMs: number
  readonly endedAtMs?: number
  /** 0 to 1; absent when unknown. */
  readonly progress?: number
  readonly canCancel: boolean
  /** For copies: how much of how much, and how fast of late. */
  readonly amount?: Amount & { readonly bytesPerSecond?: number }
  readonly error?: ErrorData
  /** Of deletions: how each VM and each of its files ended. */
  readonly deleted?: readonly DeleteOutcome[]
  /** Of a move: the host that will have the VM. */
  readonly movesTo?: HostId
  readonly figures?: MigrationFigures
  /** It was not done, and the same can be asked for once more. */
  readonly canRetry?: boolean
  /** The equal virsh command, for people who script. */
  readonly command?: string
}
