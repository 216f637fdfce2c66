/** One step on a running guest. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import type { LiveStep } from '../../domain-xml/hardware/live'
import type { QemuHost } from './host'

export async function takeLiveStep(
  _host: QemuHost,
  _id: VmId,
  _step: LiveStep,
  _signal: AbortSignal,
): Promise<void> {
  throw new AppError('unsupported', 'Running VMs of this host take this with their next start only')
}
