import type { VmId } from '../../../shared/model/ids'
import type { RevertStart } from '../../../shared/model/snapshots/plan'
import type { ImageUser } from '../../../shared/model/storage/volume'
import type { EditDocument, EditElement } from '../../domain-xml/edit/tree'
import type { ActionContext } from '../backend'
import type { SnapshotCommands } from './commands'
import type { Reading } from './reading'

export interface CreateOrder {
  readonly xml: EditElement
  readonly name: string
  /** Disks only. */
  readonly isDiskOnly: boolean
  readonly quiesce: boolean
  readonly live: boolean
  readonly reuse: boolean
}

export interface Overlay {
  readonly target: string
  readonly overlay: string
  /** What it is built on. */
  readonly base: string
  readonly baseFormat: string
}

export interface MergeOrder extends Overlay {
  /** The file that is built on the overlay; absent: the overlay is what is written to. */
  readonly above?: string
}

/** What a hypervisor has to be able to do for snapshots; what may be done, and in which order, is worked out above it. */
export interface SnapshotDriver {
  read(vm: VmId): Promise<Reading>
  /** Who uses each of these files. Reads all of the host. */
  usersOf(paths: readonly string[]): Promise<ReadonlyMap<string, readonly ImageUser[]>>
  create(vm: VmId, order: CreateOrder, context: ActionContext): Promise<void>
  revertInternal(vm: VmId, name: string, start: RevertStart): Promise<void>
  /** The VM is off. Each overlay is begun anew, and what was in it is lost: not before all that is needed is known to be there. */
  resetOverlays(vm: VmId, overlays: readonly Overlay[], memoryFile: string | undefined): Promise<void>
  /** After `resetOverlays`: the guest goes on with this memory. */
  restoreMemory(
    vm: VmId,
    memory: { readonly file: string; readonly definition: EditDocument; readonly wasPaused: boolean },
    start: RevertStart,
  ): Promise<void>
  /** After `resetOverlays`, without memory. */
  startVm(vm: VmId, start: 'running' | 'paused'): Promise<void>
  /** One disk; the file is gone afterwards, and the VM's stored definition names the one below. */
  merge(vm: VmId, order: MergeOrder, context: ActionContext): Promise<void>
  removeData(vm: VmId, name: string): Promise<void>
  forget(vm: VmId, name: string): Promise<void>
  redefine(vm: VmId, document: EditDocument, isCurrent: boolean): Promise<void>
  removeFile(path: string): Promise<void>
  /** The same by hand. */
  readonly commands: SnapshotCommands
  changed(vm: VmId): void
}
