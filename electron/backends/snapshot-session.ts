import type { VmId } from '../../shared/model/ids'
import type {
  CreateSnapshotInput,
  DeleteSnapshotsInput,
  EditSnapshotInput,
  RevertSnapshotInput,
} from '../../shared/model/snapshots/inputs'
import type { DeletePlan, RevertPlan, SnapshotDefinition } from '../../shared/model/snapshots/plan'
import type { SnapshotView } from '../../shared/model/snapshots/snapshot'
import type { ActionContext } from './backend'

type Own<Input> = Omit<Input, 'host' | 'vm'>
export type SnapshotWish = Own<CreateSnapshotInput>
export type RevertWish = Own<RevertSnapshotInput>
export type DeleteWish = Own<DeleteSnapshotsInput>
export type EditWish = Own<EditSnapshotInput>

/**
 * Snapshots of the VMs of a host. Errors as in StorageSession; what the view refuses is refused with the same words
 * (`unsupported`), and with another stamp than the plan's nothing is done (`busy`).
 */
export interface SnapshotSession {
  snapshots(vm: VmId): Promise<SnapshotView>
  snapshotDefinition(vm: VmId, name: string): Promise<SnapshotDefinition>
  /** One that cannot be made leaves nothing behind; cancelling ends the saving of memory. */
  createSnapshot(vm: VmId, wish: SnapshotWish, context: ActionContext): Promise<void>
  revertPlan(vm: VmId, name: string): Promise<RevertPlan>
  revertSnapshot(vm: VmId, wish: RevertWish, context: ActionContext): Promise<void>
  snapshotDeletePlan(vm: VmId, wish: Omit<DeleteWish, 'stamp'>): Promise<DeletePlan>
  /** In the plan's order; cancelled between steps and within a merge, it leaves a chain that is whole. */
  deleteSnapshots(vm: VmId, wish: DeleteWish, context: ActionContext): Promise<void>
  editSnapshot(vm: VmId, wish: EditWish): Promise<void>
}
