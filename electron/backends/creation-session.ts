import type { VmId } from '../../shared/model/ids'

/** How new VMs come to a host. Methods end with an AppError: already-exists for a name that is taken, invalid for what the host refuses. */
export interface CreationSession {
  /** Stores a definition, which the host checks; the VM arrives as an event too. Nothing is started. */
  define(xml: string): Promise<VmId>
}
