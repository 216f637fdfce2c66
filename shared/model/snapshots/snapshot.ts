import type { Verdict } from './verdict'

/** In which condition the guest is when one goes back to it. */
export const snapshotStates = ['running', 'paused', 'shut-off', 'disk-only'] as const
export type SnapshotState = (typeof snapshotStates)[number]

/** Where a snapshot keeps what it keeps: in the images of the disks, in files beside them, or some of each. */
export type SnapshotKind = 'internal' | 'external' | 'mixed'

export interface SnapshotDisk {
  /** "vda". */
  readonly target: string
  readonly kind: 'none' | 'internal' | 'external'
  /** External: the file that was begun with the snapshot. What the disk was at that time is in the file below it. */
  readonly overlay?: string
  /** The file that holds what the disk was. */
  readonly file?: string
}

/** What can be done with a snapshot that is there. */
export const snapshotActions = ['revert', 'delete', 'deleteWithChildren', 'forget', 'edit', 'rename'] as const
export type SnapshotAction = (typeof snapshotActions)[number]

export interface Snapshot {
  /** Unique within the VM. */
  readonly name: string
  readonly parent?: string
  /** What the VM does now is built on this one: "you are here". At most one is. */
  readonly isCurrent: boolean
  readonly createdAtMs: number
  /** May be empty. */
  readonly description: string
  readonly state: SnapshotState
  readonly kind: SnapshotKind
  /** Going back lets the guest go on where it was. */
  readonly hasMemory: boolean
  /** External memory. */
  readonly memoryFile?: string
  readonly disks: readonly SnapshotDisk[]
  /** What goes when it is deleted, as far as the host tells. */
  readonly sizeBytes?: number
  readonly actions: Readonly<Record<SnapshotAction, Verdict>>
}

/** What a new snapshot may be; each allowed or not, with the reason and the nearest other way. */
export const snapshotOffers = ['internal', 'external', 'memory', 'quiesce', 'live'] as const
export type SnapshotOffer = (typeof snapshotOffers)[number]

/** What each disk of the VM can do, and what it does unless told. */
export interface SnapshotDiskChoice {
  readonly target: string
  /** Absent for a drive without a disc. */
  readonly path?: string
  readonly format?: string
  readonly internal: Verdict
  readonly external: Verdict
  /** For a snapshot of each kind. */
  readonly usual: { readonly internal: 'none' | 'internal'; readonly external: 'none' | 'external' }
}

/** Files that one disk is made of now, the one that is written to first, its oldest base last. */
export interface DiskChain {
  readonly target: string
  readonly files: readonly {
    readonly path: string
    readonly format?: string
    readonly sizeBytes?: number
    /** Snapshots that need this file for what the disk was. */
    readonly snapshots: readonly string[]
  }[]
}

/** In an image and not known to the host: made by qemu-img or in QEMU's monitor, and only told of. */
export interface ForeignSnapshot {
  readonly target: string
  readonly tag: string
  readonly id: string
  readonly createdAtMs?: number
  /** With the guest's memory: made in the monitor while it ran. */
  readonly hasMemory: boolean
}

export interface SnapshotView {
  /** Parents before their children, otherwise oldest first. */
  readonly snapshots: readonly Snapshot[]
  readonly offers: Readonly<Record<SnapshotOffer, Verdict>>
  /** Which kind a new one has unless told; absent: none is possible. */
  readonly usual?: 'internal' | 'external'
  readonly disks: readonly SnapshotDiskChoice[]
  readonly chains: readonly DiskChain[]
  readonly foreign: readonly ForeignSnapshot[]
  /** What is worth knowing before one is made: mixed kinds, a saved state, long chains. */
  readonly warnings: readonly string[]
  /** Proposed; free in this VM. */
  readonly nextName: string
}
