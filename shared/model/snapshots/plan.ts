/** What going back to a snapshot means. Worked out anew when it is done; another stamp, and nothing is done. */
export interface RevertPlan {
  readonly stamp: string
  /** Each a sentence; what is lost for good. */
  readonly lost: readonly string[]
  /** Files that are deleted on the way. */
  readonly files: readonly PlannedFile[]
  /** What becomes of the guest: "as-was" and, where it can be told, the other two. */
  readonly starts: readonly RevertStart[]
  /** In which state "as-was" leaves it. */
  readonly asWas: 'running' | 'paused' | 'shut-off'
  /** The same by hand. */
  readonly commands: readonly string[]
}

export const revertStarts = ['as-was', 'running', 'paused'] as const
export type RevertStart = (typeof revertStarts)[number]

/** In the order in which it is done, the only one that keeps the data of all other snapshots. */
export interface DeletePlan {
  readonly stamp: string
  /** Names of all that go, those of children among them. */
  readonly snapshots: readonly string[]
  readonly steps: readonly DeleteStep[]
  /** Deleted from the host. */
  readonly files: readonly PlannedFile[]
  /** Files that stay although the snapshot goes, as with "forget". */
  readonly leftFiles: readonly PlannedFile[]
  /** Which cannot be got back to afterwards, each a sentence. */
  readonly lost: readonly string[]
  readonly commands: readonly string[]
}

export interface PlannedFile {
  readonly path: string
  readonly sizeBytes?: number
}

export interface DeleteStep {
  readonly snapshot: string
  readonly kind: 'merge' | 'remove-data' | 'forget' | 'remove-file'
  /** "Merge vda: disk.two.qcow2 into disk.one.qcow2". */
  readonly title: string
}

/** What a snapshot remembers of the VM, and the VM as it is, to be compared. Secrets are marks. */
export interface SnapshotDefinition {
  readonly before: string
  readonly now: string
}
