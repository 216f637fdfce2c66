import type { BackupProgress, BackupRequest, Checkpoint } from '../../shared/model/backups/backup'
import type { VmId } from '../../shared/model/ids'

/** Backups as the hypervisor makes them of running VMs, and the checkpoints they begin at. */
export interface BackupSession {
  /** Oldest first. */
  checkpoints(vm: VmId): Promise<readonly Checkpoint[]>
  /** Into qcow2 images that are there. Ends when it has begun; what the guest writes from then on is not in it. */
  begin(vm: VmId, request: BackupRequest): Promise<void>
  /** What begins the same in a shell. */
  beginCommand(vm: VmId, request: BackupRequest): Promise<string>
  /** Of the backup that runs, or of the last one. */
  progress(vm: VmId): Promise<BackupProgress>
  /** Whether the guest stands still because of an I/O error, which a backup that cannot be written brings about. */
  isHeldUp(vm: VmId): Promise<boolean>
  cancel(vm: VmId): Promise<void>
  /** What changed since then counts as changed since the one before. */
  deleteCheckpoint(vm: VmId, name: string): Promise<void>
}
