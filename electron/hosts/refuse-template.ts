import { AppError } from '../../shared/errors'
import { templateReason, type VmRecord } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'

/** By what the host says now: another program, or another Innkeeper, may have marked it a moment ago. */
export async function refuseTemplate(
  session: HypervisorSession,
  { id, name }: Pick<VmRecord, 'id' | 'name'>,
): Promise<void> {
  if (await session.isTemplate(id)) throw new AppError('invalid', `${name}: ${templateReason}`)
}
