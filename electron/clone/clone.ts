/** Makes clones as planned: disks, definition, UEFI variables. A clone that fails leaves nothing behind; finished ones stay. */
import { AppError, errorData } from '../../shared/errors'
import type { PlannedCloneDisk } from '../../shared/model/clone'
import { vmId, type VmId } from '../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { notStarted } from '../new-vm/create'
import type { CreationNote } from '../new-vm/journal/creation-journal'
import { LeftBehind } from '../new-vm/left-behind'
import { refreshPool } from '../new-vm/refresh-pool'
import { basePath, formatOf } from './disk-plans'
import type { WorkedOutClone, WorkedOutClones } from './plan'
import type { NewPlace } from './source-disks'
import type { CloneSurroundings } from './surroundings'

export async function makeClones(
  session: HypervisorSession,
  { clones, around, startsNow }: WorkedOutClones,
  context: ActionContext,
  noteFor?: (name: string) => CreationNote,
): Promise<void> {
  const made: { readonly id: VmId; readonly name: string }[] = []
  for (const [at, clone] of clones.entries()) {
    try {
      const own = {
        signal: context.signal,
        onProgress: (fraction: number) => context.onProgress((at + fraction) / clones.length),
      }
      const id = await makeClone(session, clone, around, own, noteFor?.(clone.planned.name))
      made.push({ id, name: clone.planned.name })
    } catch (error) {
      throw made.length === 0
        ? error
        : someMade(
            error,
            made.map(({ name }) => name),
          )
    }
  }
  if (startsNow) for (const { id, name } of made) await startMade(session, id, name)
}

async function makeClone(
  session: HypervisorSession,
  { planned, uuid, definitionWith }: WorkedOutClone,
  around: CloneSurroundings,
  context: ActionContext,
  note: CreationNote | undefined,
): Promise<VmId> {
  const copies = planned.disks.filter(({ how }) => how === 'copy' || how === 'linked')
  const weights = [...copies.map(({ neededBytes = 0 }) => neededBytes + 1_000_000), 1_000_000]
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  const left = new LeftBehind(session, planned.name, context.signal, note)
  const check = (): void => {
    if (context.signal.aborted) throw new AppError('cancelled', 'Cancelled')
  }
  try {
    const made = new Map<string, NewPlace>()
    for (const [at, disk] of copies.entries()) {
      check()
      const weight = weights[at] ?? 0
      const start = before
      const place = await makeDisk(session, disk, around, left, {
        signal: context.signal,
        onProgress: (fraction) => context.onProgress((start + fraction * weight) / total),
      })
      made.set(disk.target, place)
      before += weight
      context.onProgress(before / total)
    }
    check()
    const { nvram } = planned
    // what is there is somebody else's, and would go with this VM when a later step fails
    if (nvram) await refuseTaken(session, nvram.to)
    const id = await left.making({ vm: vmId.parse(uuid) }, () =>
      session.creation.define(definitionWith(made)),
    )
    left.add({ vm: id })
    // after the definition: the file goes with the VM when this fails
    if (nvram)
      await convert(session, nvram.from, nvram.to, around.images.get(nvram.from)?.format ?? 'raw', context)
    check()
    await left.done()
    context.onProgress(1)
    return id
  } catch (error) {
    throw await left.removed(error)
  }
}

async function refuseTaken(session: HypervisorSession, path: string): Promise<void> {
  if (!(await session.images.pathAccess(path)).exists) return
  throw new AppError('already-exists', `There is a file ${path} on the host by now`, {
    cure: 'Look at the clone once more: the UEFI variables get another name then.',
  })
}

/** What is made stays, whether it starts or not. */
async function startMade(session: HypervisorSession, id: VmId, name: string): Promise<void> {
  try {
    await session.power(id, 'start', { signal: new AbortController().signal, onProgress: () => undefined })
  } catch (error) {
    throw notStarted(name, error)
  }
}

async function makeDisk(
  session: HypervisorSession,
  disk: PlannedCloneDisk,
  around: CloneSurroundings,
  left: LeftBehind,
  context: ActionContext,
): Promise<NewPlace> {
  const { pool, volume, format = 'raw', target, sizeBytes = 0 } = disk
  const source = around.disks.find((one) => one.target === target)
  if (pool === undefined || volume === undefined || !source)
    throw new AppError('internal', `No place was worked out for the disk ${target}`)
  const found = around.volumes.get(target)
  const at = { pool, volume }
  const from = basePath(source, around)
  await left.making(at, async () => {
    if (disk.how === 'linked')
      await session.storage.createVolume(
        pool,
        {
          name: volume,
          format: 'qcow2',
          capacityBytes: sizeBytes,
          allocation: 'sparse',
          backingPath: from ?? '',
          backingFormat: formatOf(source, around) ?? '',
        },
        context,
      )
    // a volume is cloned as it is now: what it was, only qemu-img reads
    else if (found && source.moment !== 'inside')
      await session.storage.cloneVolume(
        { pool: found.pool.name, volume: found.volume.name, toPool: pool, name: volume, format },
        context,
      )
    else {
      // in no pool: the host's own tools copy it into one
      const snapshot = source.moment === 'inside' ? around.snapshot?.name : undefined
      await convert(session, from ?? '', disk.to ?? '', format, context, snapshot)
      await refreshPool(session, pool, context.signal)
    }
  })
  left.add(at)
  const told = (await session.storage.volumeDetails(pool, [volume])).volumes[0]
  if (!told) throw new AppError('not-found', `The new volume ${volume} cannot be found in the pool "${pool}"`)
  return told.type === 'file' || told.type === 'block'
    ? { kind: told.type, path: told.path }
    : { kind: 'volume', ...at }
}

async function convert(
  session: HypervisorSession,
  from: string,
  to: string,
  format: string,
  context: ActionContext,
  snapshot?: string,
): Promise<void> {
  await session.images.imageAction(
    from,
    {
      kind: 'convert',
      to,
      format,
      isCompressed: false,
      options: {},
      ...(snapshot === undefined ? {} : { snapshot }),
    },
    context,
  )
}

function someMade(error: unknown, done: readonly string[]): AppError {
  const { kind, message, cure, detail } = errorData(error)
  return new AppError(
    // a cancelled task shows no error, and which clones there are has to be seen
    kind === 'cancelled' ? 'busy' : kind,
    `Only ${done.join(', ')} could be made: ${message}`,
    { cure: cure ?? 'What was made stays. Clone the rest anew.', detail, cause: error },
  )
}
