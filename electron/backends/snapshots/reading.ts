import type { DiskChain, ForeignSnapshot } from '../../../shared/model/snapshots/snapshot'
import type { Verdict } from '../../../shared/model/snapshots/verdict'
import type { EditDocument } from '../../domain-xml/edit/tree'
import type { SnapshotFacts } from '../../domain-xml/snapshots/document'

/** All that the rules look at: the VM, its snapshots and the files they are made of, read at one time. */
export interface Reading {
  readonly vm: VmFacts
  readonly snapshots: readonly SnapshotFacts[]
  readonly current: string | undefined
  readonly chains: readonly (Omit<DiskChain, 'files'> & { readonly files: readonly ChainFile[] })[]
  readonly foreign: readonly ForeignSnapshot[]
}

export type ChainFile = Omit<DiskChain['files'][number], 'snapshots'>

export interface VmFacts {
  readonly name: string
  readonly isActive: boolean
  readonly isPaused: boolean
  readonly isPersistent: boolean
  readonly hasSavedState: boolean
  /** Variables of UEFI: the file's format; absent with a BIOS. */
  readonly nvramFormat?: string
  readonly agent: 'none' | 'silent' | 'connected'
  /** Devices of the host that it has: their state cannot be saved. */
  readonly passthrough: readonly string[]
  readonly disks: readonly DiskFacts[]
  /** With secrets, as it never leaves main. */
  readonly definition: EditDocument
  /** Whether the hypervisor knows snapshots, and internal ones of a VM with UEFI. */
  readonly canSnapshot: Verdict
  readonly canInternalUefi: boolean
  /** Backups that follow the last one can be made of what changed; going back inside of images ends that. */
  readonly remembersChanges?: boolean
  /** Whether files of the host can be worked on: for merging and going back while the VM is off. */
  readonly canWorkOnFiles: Verdict
}

export interface DiskFacts {
  readonly target: string
  readonly device: string
  readonly path?: string
  readonly format?: string
  /** A file, and not a block device or a place in the network. */
  readonly isFile: boolean
  readonly isReadOnly: boolean
  readonly isShareable: boolean
}

/** Of the writable disks, which are what a snapshot is about. */
export const ownDisks = ({ disks }: VmFacts): DiskFacts[] =>
  disks.filter(({ device, isReadOnly }) => (device === 'disk' || device === 'lun') && !isReadOnly)

export const pathsOf = ({ disks }: VmFacts): Map<string, string> =>
  new Map(disks.flatMap(({ target, path }) => (path === undefined ? [] : [[target, path] as const])))
