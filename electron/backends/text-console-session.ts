import type { Duplex } from 'node:stream'
import type { VmId } from '../../shared/model/ids'
import type { TextDevice } from '../../shared/model/text-console'

export interface OpenTextRequest {
  /** Of `textDevices`. */
  readonly device: string
  readonly isForced: boolean
}

/** Serial lines, consoles and channels of VMs, as bytes both ways. */
export interface TextConsoleSession {
  /** In the order of the definition, also those that cannot be opened. The same while the VM is off. */
  textDevices(vm: VmId): Promise<readonly TextDevice[]>
  /**
   * What the guest writes from now on. One reader at a time: `busy` with the field `isForced` while somebody has it, here
   * or elsewhere; forced, the other's stream ends. `invalid` while the VM is off. The caller destroys the stream.
   */
  openText(vm: VmId, request: OpenTextRequest, signal: AbortSignal): Promise<Duplex>
}
