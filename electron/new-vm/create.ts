/**
 * Makes what was planned, step by step: volumes, the definition, autostart, start. What was made goes again when a step
 * fails or the user cancels; what cannot go, or may be there although nobody knows, is named.
 */
import { AppError, isKind } from '../../shared/errors'
import { vmId, type VmId } from '../../shared/model/ids'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { Volume } from '../../shared/model/storage/volume'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { web, type Web } from '../web/web'
import { uploadWhole } from './bundle/upload'
import { putVariables, type PlannedVariables } from './bundle/variables'
import { copyDisc } from './disc-copies'
import { FirstStartFiles } from './first-start/files'
import type { CreationNote } from './journal/creation-journal'
import { LeftBehind } from './left-behind'
import type { WorkedOutVm } from './plan'
import type { NewVolume } from './resolve'
import { makeSeed } from './seed-volume'
import { uploadedVolume, type ChosenFiles } from './uploaded-volume'

/** What making it goes by, whether it was worked out of choices or of a text. */
export type VmToMake = Omit<WorkedOutVm, 'plan' | 'around' | 'cards'> & {
  /** UEFI variables that come along. */
  readonly variables?: PlannedVariables
}

export async function createVm(
  session: HypervisorSession,
  input: NewVmInput,
  worked: VmToMake,
  context: ActionContext,
  files: Web = web,
  local?: ChosenFiles,
  note?: CreationNote,
): Promise<void> {
  const { volumes, seed, discCopies } = worked.resolved
  const { seedDisc, variables } = worked
  const start = worked.firstStart && new FirstStartFiles(worked.firstStart, session, files, worked.initrdMore)
  const steps = new Steps(
    context,
    discCopies.length +
      volumes.length +
      [true, seed !== undefined, variables !== undefined, input.hasAutostart, input.startsNow].filter(Boolean)
        .length +
      (start ? 2 : 0),
  )
  const left = new LeftBehind(session, input.name, context.signal, note)
  let id: VmId
  try {
    if (start) await steps.take((own) => start.fetch(own))
    const made = new Map<number | 'seed' | `disc ${number}`, Volume>()
    for (const copy of discCopies)
      made.set(`disc ${copy.at}`, await steps.take((own) => copyDisc(session, copy, left, own)))
    for (const volume of volumes) {
      const found = await steps.take((own) => makeVolume(session, volume, left, own, local))
      if (found) made.set(volume.disk, found)
    }
    if (seed && seedDisc) {
      const found = await steps.take((own) => makeSeed(session, seed, seedDisc, left, own))
      if (found) made.set('seed', found)
    }
    const xml = worked.definitionWith(made)
    if (start) await steps.take((own) => start.put(left, own))
    id = await steps.take(() =>
      left.making({ vm: vmId.parse(worked.uuid) }, () =>
        start ? session.creation.install(start.definition(xml), xml) : session.creation.define(xml),
      ),
    )
    left.add({ vm: id, isOn: start !== undefined })
    if (variables)
      await steps.take((own) => {
        if (!local) throw noLocalFiles()
        return putVariables(session, variables, input.name, local, left, own)
      })
    if (input.hasAutostart) await steps.take(() => session.setAutostart(id, true))
    steps.check()
  } catch (error) {
    throw await left.removed(error)
  } finally {
    await start?.forget()
  }
  if (start) {
    await left.done(worked.firstStart?.files)
    try {
      await steps.takeAnyway(() => start.remove(input.name))
    } catch (error) {
      await note?.ended()
      throw error
    }
    return left.done()
  }
  await left.done()
  if (!input.startsNow) return
  try {
    await steps.takeAnyway((own) => session.power(id, 'start', own))
  } catch (error) {
    throw notStarted(input.name, error)
  }
}

async function makeVolume(
  session: HypervisorSession,
  wanted: NewVolume,
  left: LeftBehind,
  context: ActionContext,
  local: ChosenFiles | undefined,
): Promise<Volume | undefined> {
  const { pool, name, format, values, copy, upload } = wanted
  if (upload) {
    if (!local) throw noLocalFiles()
    if (upload.isWhole === true && name !== undefined) {
      await uploadWhole(session, { ...upload, format }, { pool, volume: name }, local, left, context)
      return (await session.storage.volumeDetails(pool, [name])).volumes[0]
    }
    const made = await uploadedVolume(session, wanted, local, left, context)
    return (await session.storage.volumeDetails(pool, [made])).volumes[0]
  }
  // hosts give partitions their numbers: the new one is the one that was not there
  const before =
    name === undefined ? (await session.storage.volumeNames(pool)).volumes.map((one) => one.name) : []
  const named = async (): Promise<string | undefined> =>
    name ??
    (await session.storage.volumeNames(pool)).volumes
      .map((one) => one.name)
      .find((one) => !before.includes(one))
  const volume = await left.making({ pool, volume: name ?? 'a new partition' }, async () => {
    if (copy && name !== undefined)
      await session.storage.cloneVolume(
        { pool: copy.pool, volume: copy.volume, toPool: pool, name, format },
        context,
      )
    else await session.storage.createVolume(pool, values, context)
    return named()
  })
  if (volume === undefined)
    throw new AppError('not-found', `The new partition cannot be found in the pool "${pool}"`, {
      cure: 'Look at the pool, and delete it there.',
    })
  left.add({ pool, volume })
  if (copy && copy.toBytes > copy.fromBytes)
    await session.storage.resizeVolume(
      { pool, volume },
      { capacityBytes: copy.toBytes, allocate: false, shrink: false },
    )
  const { volumes } = await session.storage.volumeDetails(pool, [volume])
  return volumes[0]
}

function noLocalFiles(): AppError {
  return new AppError('unsupported', 'Files of this computer cannot be used here')
}

export function notStarted(name: string, error: unknown): AppError {
  const known = error instanceof AppError ? error : undefined
  const lost = isKind(error, 'unreachable', 'timed-out', 'cancelled')
  return new AppError(
    known?.kind === 'cancelled' ? 'unreachable' : (known?.kind ?? 'internal'),
    lost
      ? `${name} was created, but nobody knows whether it has started`
      : `${name} was created, but it could not be started`,
    {
      cure: lost
        ? 'Look at it once the host answers again.'
        : (known?.cure ?? 'Look at its hardware, then start it again; or delete it with its disks.'),
      detail: [known?.message ?? String(error), ...(known?.detail === undefined ? [] : [known.detail])].join(
        '\n',
      ),
      cause: error,
    },
  )
}

/** Progress over all steps, and the places where cancelling takes hold. */
class Steps {
  #done = 0

  constructor(
    private readonly context: ActionContext,
    private readonly count: number,
  ) {}

  check(): void {
    if (this.context.signal.aborted) throw new AppError('cancelled', 'Cancelled')
  }

  take<T>(work: (context: ActionContext) => Promise<T>): Promise<T> {
    this.check()
    return this.#take(work, this.context.signal)
  }

  /** A step after which nothing would be left to cancel. */
  takeAnyway<T>(work: (context: ActionContext) => Promise<T>): Promise<T> {
    return this.#take(work, new AbortController().signal)
  }

  async #take<T>(work: (context: ActionContext) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { onProgress } = this.context
    const result = await work({
      signal,
      onProgress: (fraction, amount) => onProgress((this.#done + fraction) / this.count, amount),
    })
    this.#done += 1
    onProgress(this.#done / this.count)
    return result
  }
}
