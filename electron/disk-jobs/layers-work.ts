/** Layers of a disk made one: of all below the top into it, or of some into one further down. */
import { AppError } from '../../shared/errors'
import type { DiskPlan, FlattenDiskInput, MergeDiskInput } from '../../shared/model/disk-jobs/disk-job'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { follow } from './follow'

export async function flattenDisk(
  session: HypervisorSession,
  input: FlattenDiskInput,
  { vmName }: DiskPlan,
  context: ActionContext,
): Promise<void> {
  const { vm, target, limitBytesPerSecond } = input
  await session.diskJobs.flatten(vm, target, limitBytesPerSecond)
  const went = await follow(session, input, context)
  if (went === 'unwanted') await takeBack(session, input, vmName)
  const { layers, isRunning } = await session.diskJobs.disk(vm, target)
  if (layers.length > 1 || !isRunning) throw endedEarly(vmName, target, isRunning)
}

export async function mergeDisk(
  session: HypervisorSession,
  input: MergeDiskInput,
  { vmName }: DiskPlan,
  context: ActionContext,
): Promise<void> {
  const { vm, target, top, base, limitBytesPerSecond } = input
  await session.diskJobs.merge(vm, target, { top, base }, limitBytesPerSecond)
  const went = await follow(session, input, context)
  if (went === 'unwanted') await takeBack(session, input, vmName)
  if (went === 'ready') await session.diskJobs.end(vm, target, 'switch')
  const { layers, isRunning } = await session.diskJobs.disk(vm, target)
  if (layers.some(({ place }) => place === top) || !isRunning) throw endedEarly(vmName, target, isRunning)
}

/** What was copied until then stays in its layer and harms nobody: the guest sees the same as before. */
async function takeBack(
  { diskJobs }: HypervisorSession,
  { vm, target }: FlattenDiskInput,
  vmName: string,
): Promise<never> {
  await diskJobs.end(vm, target, 'stop')
  throw new AppError('cancelled', `${target} of ${vmName} keeps its layers`)
}

function endedEarly(vmName: string, target: string, isRunning: boolean): AppError {
  return isRunning
    ? new AppError('internal', `The host ended the work on ${target} before it was complete`, {
        cure: `${vmName} goes on with the layers it had. Its pool may be full, or somebody else stopped it.`,
      })
    : new AppError('busy', `${vmName} was stopped, and the work on ${target} ended with it`, {
        cure: 'Its layers are as they were. Start it and begin again.',
      })
}
