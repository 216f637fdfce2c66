/** VMs of one host deleted one after the other, so that what they share can go with the last of them. */
import { AppError, errorData, type ErrorData } from '../../shared/errors'
import type { DeleteOutcome, DeleteVmsInput, OneDeletion } from '../../shared/model/delete-plan'
import type { TaskId, VmId } from '../../shared/model/ids'
import { isActive, templateReason, type Vm } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import type { TaskContext, TaskList } from '../tasks/task-list'
import { refuseTemplate } from './refuse-template'
import { writable } from './session-tasks'
import type { VmHosts } from './vm-actions'

interface Parts {
  readonly hosts: VmHosts
  readonly tasks: TaskList
  refuseWhileBusy(vm: Vm): void
}

interface Wanted extends OneDeletion {
  readonly record: Vm
}

export function deleteVms({ hosts, tasks, refuseWhileBusy }: Parts, { host, vms }: DeleteVmsInput): TaskId {
  const session = writable(hosts, host)
  if (!session.features.canDelete) throw new AppError('unsupported', 'This hypervisor cannot delete VMs')
  const wanted = lastOnly(vms).map((one): Wanted => ({ ...one, record: hosts.vm({ host, vm: one.vm }) }))
  for (const { record, forceOff } of wanted) {
    if (isActive(record.state) && !forceOff) {
      throw new AppError('invalid', `${record.name} is in use and cannot be deleted`, {
        cure: 'Shut it down or force it off first',
      })
    }
    if (record.isTemplate === true) throw new AppError('invalid', `${record.name}: ${templateReason}`)
    refuseWhileBusy(record)
  }
  const [first, ...more] = wanted
  const only = more.length === 0 ? first : undefined
  return tasks.run(
    {
      kind: 'vm.delete',
      title: only ? `Deleting ${only.record.name}` : `Deleting ${wanted.length} virtual machines`,
      host,
      ...(only
        ? { vm: only.vm, command: session.command(only.vm, 'delete', only.record.name) }
        : { vms: wanted.map(({ vm }) => vm) }),
      canCancel: only === undefined,
    },
    async (context) => {
      const outcomes = await deleteEach(session, wanted, context)
      throwUnlessDone(outcomes)
    },
  )
}

/** A file that several of them have goes with the last one. */
function lastOnly(vms: readonly OneDeletion[]): OneDeletion[] {
  const seen = new Set<string>()
  const backwards = vms.toReversed().map((one): OneDeletion => {
    const deleteFiles = one.deleteFiles.filter((path) => !seen.has(path))
    for (const path of deleteFiles) seen.add(path)
    return { ...one, deleteFiles }
  })
  return backwards.toReversed()
}

async function deleteEach(
  session: HypervisorSession,
  wanted: readonly Wanted[],
  context: TaskContext,
): Promise<readonly DeleteOutcome[]> {
  const outcomes: DeleteOutcome[] = []
  for (const [at, one] of wanted.entries()) {
    const own: TaskContext = {
      ...context,
      onProgress: (fraction) => context.onProgress((at + fraction) / wanted.length),
    }
    try {
      outcomes.push(await deleteOne(session, one, own))
    } catch (error) {
      // the first word of the only one is for whoever asked
      if (wanted.length === 1) throw error
      outcomes.push(notDeleted(one, errorData(error)))
    }
    context.onDeleted(outcomes)
  }
  return outcomes
}

async function deleteOne(
  session: HypervisorSession,
  { vm, record, stamp, deleteFiles, keepParts, forceOff }: Wanted,
  context: TaskContext,
): Promise<DeleteOutcome> {
  if (context.signal.aborted) throw new AppError('cancelled', 'It was cancelled before')
  await refuseTemplate(session, record)
  if (forceOff && (await isOn(session, vm))) await session.power(vm, 'forceOff', context)
  return session.delete(vm, { files: deleteFiles, keepParts, stamp }, context)
}

async function isOn(session: HypervisorSession, vm: VmId): Promise<boolean> {
  const now = (await session.listVms()).find(({ id }) => id === vm)
  return now !== undefined && isActive(now.state)
}

function notDeleted({ vm, record, deleteFiles }: Wanted, error: ErrorData): DeleteOutcome {
  return {
    vm,
    name: record.name,
    isDeleted: false,
    error,
    keptParts: [],
    files: deleteFiles.map((path) => ({ path, result: 'kept', why: 'Its VM was not deleted' })),
  }
}

function throwUnlessDone(outcomes: readonly DeleteOutcome[]): void {
  const still = outcomes.flatMap(({ name, error }) => (error ? [{ name, error }] : []))
  const files = outcomes.flatMap((one) => one.files.filter(({ result }) => result === 'failed'))
  const [first] = still
  if (!first && files.length === 0) return
  const words = [
    ...still.map(({ name, error }) => `${name}: ${error.message}${error.cure ? `. ${error.cure}` : ''}`),
    ...files.map(({ path, why }) => `${path}: ${why ?? ''}`),
  ]
  if (first) {
    throw new AppError(first.error.kind, `${still.length} of ${outcomes.length} VMs were not deleted`, {
      cure: 'The others are gone. See why below, then try again.',
      detail: words.join('\n'),
    })
  }
  const what = outcomes.length === 1 ? 'The VM was deleted' : 'The VMs were deleted'
  throw new AppError('busy', `${what}, but not all of ${outcomes.length === 1 ? 'its' : 'their'} files`, {
    cure: 'Try these files again, or delete them in their storage pool.',
    detail: `Still there:\n${words.join('\n')}`,
  })
}
