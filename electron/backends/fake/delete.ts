import { AppError } from '../../../shared/errors'
import type { DeleteOutcome, FileOutcome } from '../../../shared/model/delete-plan'
import type { ActionContext, DeleteRequest } from '../backend'
import { inDeletionOrder, refuseChosen } from '../delete-choice'
import { cancelled } from './clock'
import { deletePlanFor, variablesOf } from './delete-plan'
import type { FakeHost } from './fake-host'
import { keepsFiles } from './faults'
import type { FakeVm } from './model'

const fileMs = 150

/** Takes the definition first: a VM without disks would be worse than disks without a VM. */
export async function deleteVm(
  host: FakeHost,
  vm: FakeVm,
  request: DeleteRequest,
  context: ActionContext,
): Promise<DeleteOutcome> {
  if (context.signal.aborted) throw cancelled()
  if (vm.job !== undefined) throw new AppError('busy', 'Another change of this VM is under way')
  const plan = deletePlanFor(host, vm)
  if (plan.blockedBy !== undefined) throw new AppError('invalid', plan.blockedBy)
  refuseChosen(plan, request)
  const kept = new Set([
    ...(request.keepParts ?? []),
    ...plan.parts.flatMap(({ kind, fixed }) => (fixed?.to === 'stays' ? [kind] : [])),
  ])
  const variables = kept.has('nvram') ? undefined : variablesOf(vm)
  host.remove(vm)
  if (variables !== undefined) host.files.delete(variables)
  const ends = new Map<string, FileOutcome>()
  const files = inDeletionOrder(plan.files.filter(({ path }) => request.files.includes(path)))
  for (const [index, { path, volume }] of files.entries()) {
    const end = { path, ...(volume ? { volume } : {}) }
    context.onProgress(index / files.length)
    await host.clock.delay(fileMs, context.signal).catch(() => undefined)
    if (context.signal.aborted) ends.set(path, { ...end, result: 'failed', why: cancelled().message })
    else if (keepsFiles(vm)) {
      ends.set(path, { ...end, result: 'failed', why: `cannot unlink file '${path}': Permission denied` })
    } else {
      host.files.delete(path)
      ends.set(path, { path, result: 'deleted' })
      if (volume) host.resourceChanged('pool', volume.pool)
    }
  }
  context.onProgress(1)
  return {
    vm: plan.vm,
    name: plan.name,
    isDeleted: true,
    keptParts: plan.parts.flatMap(({ kind, text }) => (kept.has(kind) ? [text] : [])),
    files: plan.files.map((file): FileOutcome => {
      const { path, keep, usedBy, sharedWith, volume } = file
      const users = [...usedBy, ...sharedWith]
      const why = keep ?? (users.length > 0 ? `Also used by ${users.join(', ')}` : 'It was not chosen')
      return ends.get(path) ?? { path, result: 'kept', why, ...(volume ? { volume } : {}) }
    }),
  }
}
