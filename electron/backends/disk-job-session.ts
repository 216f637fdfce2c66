import type { DiskFacts, DiskJob } from '../../shared/model/disk-jobs/disk-job'
import type { VmId } from '../../shared/model/ids'

/**
 * Work that the hypervisor does on disks of running VMs, one step at a time: whoever uses these decides what follows. A call
 * that begins something ends when it has begun. `not-found` for a disk that is not there, `busy` while another job is on it.
 */
export interface DiskJobSession {
  /** Whoever began them; empty for a VM that is off. */
  jobs(vm: VmId): Promise<readonly DiskJob[]>
  disk(vm: VmId, target: string): Promise<DiskFacts>
  /** All of the disk into an image that is there already, of the same size. */
  copy(
    vm: VmId,
    target: string,
    to: { readonly path: string; readonly format: string },
    limit?: number,
  ): Promise<void>
  flatten(vm: VmId, target: string, limit?: number): Promise<void>
  /** By the places that `disk` tells. */
  merge(
    vm: VmId,
    target: string,
    layers: { readonly top: string; readonly base: string },
    limit?: number,
  ): Promise<void>
  /** In bytes per second; undefined: none. */
  setLimit(vm: VmId, target: string, limit?: number): Promise<void>
  /**
   * Ends when the job is no more. `switch`: the VM and its stored definition have the other image from then on; only when both
   * are equal. `stop`: they keep the one they have.
   */
  end(vm: VmId, target: string, how: 'switch' | 'stop'): Promise<void>
}
