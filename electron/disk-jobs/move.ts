/**
 * A disk into another image. While the VM runs its hypervisor copies, keeps both equal and switches; while it is off its pool
 * copies, and then the definition is changed. What was begun and is given up does not stay.
 */
import { AppError, errorData, isKind } from '../../shared/errors'
import type { DiskPlan, MoveDiskInput } from '../../shared/model/disk-jobs/disk-job'
import type { Values } from '../../shared/model/hardware/field'
import { mediumOf } from '../../shared/model/hardware/kinds/disk-volume'
import type { Volume } from '../../shared/model/storage/volume'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { follow } from './follow'
import { whyFull } from './full-pool'

export async function moveDisk(
  session: HypervisorSession,
  input: MoveDiskInput,
  plan: DiskPlan,
  context: ActionContext,
): Promise<void> {
  if (plan.facts.isRunning) await moveWhileRunning(session, input, plan, context)
  else await moveWhileOff(session, input, plan, context)
  if (input.finish === 'switch' && input.deletesOld) await deleteOld(session, input, plan)
}

async function moveWhileRunning(
  session: HypervisorSession,
  input: MoveDiskInput,
  { facts, vmName }: DiskPlan,
  context: ActionContext,
): Promise<void> {
  const { diskJobs, storage } = session
  const { vm, target, pool, volume: name, limitBytesPerSecond } = input
  const format = input.format ?? (facts.layers[0]?.format === 'raw' ? 'raw' : 'qcow2')
  const values: Values = { name, format, capacityBytes: facts.sizeBytes, allocation: 'sparse' }
  await storage.createVolume(pool, values, context)
  let hasEnded = false
  try {
    const { path } = await volumeAt(session, pool, name)
    await diskJobs.copy(vm, target, { path, format }, limitBytesPerSecond)
    const went = await follow(session, input, context)
    if (went === 'unwanted') {
      await stop(session, input)
      throw new AppError('cancelled', `${target} of ${vmName} stays where it was`)
    }
    if (went === 'gone') throw await whyEnded(session, input, vmName, facts.sizeBytes)
    await diskJobs.end(vm, target, input.finish === 'switch' ? 'switch' : 'stop')
    hasEnded = true
    if (input.finish === 'keep') return
    const now = await diskJobs.disk(vm, target)
    if (now.layers[0]?.place === path) return
    throw new AppError('internal', `The host did not switch ${vmName} to the copy`, {
      cure: `It goes on with ${now.layers[0]?.place ?? 'what it had'}; the copy stays as ${path}.`,
    })
  } catch (error) {
    if (!hasEnded) await dropCopy(session, input, error)
    throw error
  }
}

/** The job may be over, or never have begun. */
async function stop({ diskJobs }: HypervisorSession, { vm, target }: MoveDiskInput): Promise<void> {
  const isThere = async (): Promise<boolean> => (await diskJobs.jobs(vm)).some((job) => job.target === target)
  try {
    await diskJobs.end(vm, target, 'stop')
  } catch (error) {
    if (await isThere()) throw error
  }
}

async function whyEnded(
  session: HypervisorSession,
  { vm, target, pool }: MoveDiskInput,
  vmName: string,
  neededBytes: number | undefined,
): Promise<AppError> {
  const { isRunning } = await session.diskJobs.disk(vm, target)
  if (!isRunning) {
    return new AppError('busy', `${vmName} was stopped, and the copy ended with it`, {
      cure: `${target} stays where it was. Move it again, also while the VM is off.`,
    })
  }
  const full = await whyFull(session, pool, {
    neededBytes,
    outcome: `${target} of ${vmName} stays where it was.`,
  })
  if (full) return full
  return new AppError('internal', `The host ended the copy of ${target} before it was complete`, {
    cure: `${target} of ${vmName} stays where it was. Somebody else may have stopped it; the host's log of the VM tells more.`,
  })
}

/** Never what the VM has: a switch may have been done although nobody was told. */
async function dropCopy(session: HypervisorSession, input: MoveDiskInput, cause: unknown): Promise<void> {
  const { pool, volume, vm, target } = input
  const left = new AppError('unreachable', 'The host was lost while a disk was copied', {
    cause,
    cure: `The copy may go on there. Once it is connected again, the job is shown with ${target}; "${volume}" in ${pool} is the copy.`,
  })
  if (isKind(cause, 'unreachable', 'timed-out')) throw left
  const { path } = await volumeAt(session, pool, volume)
  const jobs = await session.diskJobs.jobs(vm)
  const { layers } = await session.diskJobs.disk(vm, target)
  if (jobs.some((job) => job.target === target && job.to === path)) return
  if (layers.some(({ place }) => place === path)) return
  // it was made here a moment ago, and nobody else knows of it
  await session.storage.deleteVolume({ pool, volume }, true)
}

async function moveWhileOff(
  session: HypervisorSession,
  input: MoveDiskInput,
  { at, facts, vmName }: DiskPlan,
  context: ActionContext,
): Promise<void> {
  const { vm, target, pool, volume: name, format, finish } = input
  if (!at) throw new AppError('unsupported', 'The image is in no active pool of files')
  const copy = { ...at, toPool: pool, name, ...(format === undefined ? {} : { format }) }
  await session.storage.cloneVolume(copy, context)
  if (finish === 'keep') return
  try {
    const made = await volumeAt(session, pool, name)
    const view = await session.hardware(vm)
    const item = view.items.find(({ ref, values }) => ref.kind === 'disk' && values['target'] === target)
    if (!item || facts.layers[0]?.place !== (await session.diskJobs.disk(vm, target)).layers[0]?.place) {
      throw new AppError('busy', `${target} of ${vmName} was changed meanwhile`, {
        cure: 'Look at its hardware again, then move it.',
      })
    }
    const medium = mediumOf(made, pool)
    const values = Object.fromEntries(Object.entries(medium).filter(([, value]) => value !== undefined))
    const unset = Object.keys(medium).filter((field) => medium[field] === undefined)
    const outcome = await session.changeHardware(
      vm,
      {
        base: view.base,
        changes: [{ kind: 'set', item: item.ref, values, unset }],
        when: 'next-start',
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    )
    if (outcome.kind === 'conflict') {
      throw new AppError('busy', `The definition of ${vmName} was changed meanwhile`, {
        cure: 'Move the disk again.',
      })
    }
  } catch (error) {
    if (!isKind(error, 'unreachable', 'timed-out')) {
      await session.storage.deleteVolume({ pool, volume: name }, false)
    }
    throw error
  }
}

async function volumeAt({ storage }: HypervisorSession, pool: string, name: string): Promise<Volume> {
  const [volume] = (await storage.volumeDetails(pool, [name])).volumes
  if (volume) return volume
  throw new AppError('not-found', `The copy "${name}" is no longer in ${pool}`)
}

async function deleteOld(
  { storage }: HypervisorSession,
  { target }: MoveDiskInput,
  { at, vmName, facts }: DiskPlan,
): Promise<void> {
  if (!at) return
  try {
    await storage.deleteVolume(at, false)
  } catch (error) {
    const reason = errorData(error)
    throw new AppError(reason.kind, `${target} of ${vmName} was moved, but its old image is still there`, {
      cure: `Delete ${facts.layers[0]?.place ?? at.volume} in Storage when nobody needs it. ${reason.message}.`,
      cause: error,
    })
  }
}
