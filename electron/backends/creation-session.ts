import { AppError } from '../../shared/errors'
import type { VmId } from '../../shared/model/ids'

/** How new VMs come to a host. Methods end with an AppError: already-exists for a name that is taken, invalid for what the host refuses. */
export interface CreationSession {
  /** Stores a definition, which the host checks; the VM arrives as an event too. Nothing is started. */
  define(xml: string): Promise<VmId>
  /**
   * Starts a VM for its installation, and stores what it shall be from its next start on. Both definitions have its name and
   * UUID. When the second is refused nothing is left, nor runs.
   */
  install(firstStart: string, stored: string): Promise<VmId>
  /** Stores the definition of a VM that another program started, for its next start. `unsupported` where there are none. */
  takeOver(vm: VmId): Promise<void>
  /** The stored definition of a VM with its secrets, to make others of it: for the host only, never for the window. */
  source(vm: VmId): Promise<string>
  /** A virt-install command with its connection, each word quoted for a shell; absent where it has no part in it. */
  virtInstall(words: readonly string[]): string | undefined
  /** The same for virt-clone. */
  virtClone(words: readonly string[]): string | undefined
}

export function nameTaken(name: string): AppError {
  return new AppError('already-exists', `There is already a VM called "${name}" on this host`, {
    cure: 'Choose another name.',
    field: 'name',
  })
}

/** To a host a definition with a known UUID is that VM's new definition, and would replace it. */
export function uuidTaken(): AppError {
  return new AppError('already-exists', 'Another VM of this host has this UUID', {
    cure: 'Give the definition another UUID, or leave it out.',
    field: 'uuid',
  })
}

export function nothingToTakeOver(): Promise<never> {
  return Promise.reject(new AppError('unsupported', 'VMs of other programs are not seen on this host'))
}
