import { AppError, errorData, type ErrorData } from '../../shared/errors'
import { plain } from '../../shared/model/hardware/field'
import type { HostId, TaskId } from '../../shared/model/ids'
import type { z } from 'zod'
import type { ImageResult, imageActionInput } from '../../shared/model/storage/image'
import type {
  copyPoolInput,
  CreatePoolInput,
  deletePoolInput,
  EditPoolInput,
  PoolAction,
  poolActionInput,
} from '../../shared/model/storage/pool'
import type {
  cloneVolumeInput,
  createVolumeFromXmlInput,
  createVolumeInput,
  deleteVolumesInput,
  resizeVolumeInput,
  wipeVolumeInput,
} from '../../shared/model/storage/volume'
import type { HypervisorSession } from '../backends/backend'
import type { TaskContext, TaskList } from '../tasks/task-list'
import { asTaskWithAnswer, runOnHost, writable, type HostWork, type SessionHosts } from './session-tasks'

const doing: Record<PoolAction, string> = {
  start: 'Starting pool',
  stop: 'Stopping pool',
  refresh: 'Reading pool',
  build: 'Building pool',
  'autostart-on': 'Turning on autostart of pool',
  'autostart-off': 'Turning off autostart of pool',
}

const verbs: Record<PoolAction, (pool: string) => readonly string[]> = {
  start: (pool) => ['pool-start', pool],
  stop: (pool) => ['pool-destroy', pool],
  refresh: (pool) => ['pool-refresh', pool],
  build: (pool) => ['pool-build', pool],
  'autostart-on': (pool) => ['pool-autostart', pool],
  'autostart-off': (pool) => ['pool-autostart', pool, '--disable'],
}

/** What a user does to pools, volumes and images of hosts, as tasks. */
export class StorageActions {
  readonly #hosts: SessionHosts
  readonly #tasks: TaskList

  constructor(parts: { readonly hosts: SessionHosts; readonly tasks: TaskList }) {
    this.#hosts = parts.hosts
    this.#tasks = parts.tasks
  }

  createPool({ host, ...input }: CreatePoolInput): TaskId {
    const name = plain(input.values?.['name']) || 'from XML'
    return this.#run(
      host,
      { kind: 'pool.create', title: `Creating pool ${name}`, canCancel: true },
      (session, context) => session.storage.createPool(input, context),
    )
  }

  editPool({ host, pool, ...change }: EditPoolInput): TaskId {
    return this.#run(host, { kind: 'pool.edit', title: `Changing pool ${pool}` }, (session) =>
      session.storage.editPool(pool, change),
    )
  }

  poolAction({ host, pool, action }: z.output<typeof poolActionInput>): TaskId {
    return this.#run(
      host,
      { kind: `pool.${action}`, title: `${doing[action]} ${pool}`, words: verbs[action](pool) },
      (session) => session.storage.poolAction(pool, action),
    )
  }

  deletePool({ host, pool, what }: z.output<typeof deletePoolInput>): TaskId {
    return this.#run(
      host,
      {
        kind: 'pool.delete',
        title:
          what === 'everything' ? `Deleting pool ${pool} with what it is made of` : `Removing pool ${pool}`,
        words: ['pool-undefine', pool],
      },
      (session, context) => session.storage.deletePool(pool, what, context),
    )
  }

  /** The same pool on other hosts, for VMs that shall move between them: a task for each. */
  copyPool({ host, pool, to, start }: z.output<typeof copyPoolInput>): TaskId[] {
    const from = this.#hosts.get(host)
    return to.map((other) =>
      this.#run(other, { kind: 'pool.copy', title: `Copying pool ${pool}` }, async (session, context) => {
        const xml = await from.storage.poolDefinition(pool)
        await session.storage.createPool({ xml, build: 'no', start, autostart: true }, context)
      }),
    )
  }

  createVolume({ host, pool, values }: z.output<typeof createVolumeInput>): TaskId {
    const name = plain(values['name'])
    return this.#run(
      host,
      { kind: 'volume.create', title: `Creating volume ${name} in ${pool}`, canCancel: true },
      (session, context) => session.storage.createVolume(pool, values, context),
    )
  }

  createVolumeFromXml({ host, pool, xml, options }: z.output<typeof createVolumeFromXmlInput>): TaskId {
    return this.#run(
      host,
      { kind: 'volume.create', title: `Creating a volume from XML in ${pool}`, canCancel: true },
      (session, context) => session.storage.createVolumeFromXml(pool, xml, options, context),
    )
  }

  cloneVolume({ host, isMove, ...request }: z.output<typeof cloneVolumeInput>): TaskId {
    const { pool, volume, toPool, name } = request
    const where = toPool === pool ? name : `${name} in ${toPool}`
    return this.#run(
      host,
      {
        kind: isMove ? 'volume.move' : 'volume.clone',
        title: `${isMove ? 'Moving' : 'Copying'} volume ${volume} to ${where}`,
        canCancel: true,
        ...(isMove || toPool !== pool || request.format
          ? {}
          : { words: ['vol-clone', '--pool', pool, volume, name] }),
      },
      async (session, context) => {
        const { format, ...rest } = request
        await session.storage.cloneVolume({ ...rest, ...(format === undefined ? {} : { format }) }, context)
        if (!isMove) return
        if (context.signal.aborted)
          throw new AppError('cancelled', 'The copy is there; the original was kept')
        await session.storage.deleteVolume({ pool, volume }, false)
      },
    )
  }

  resizeVolume({ host, pool, volume, ...request }: z.output<typeof resizeVolumeInput>): TaskId {
    const words = ['vol-resize', '--pool', pool, volume, `${request.capacityBytes}B`]
    if (request.shrink) words.push('--shrink')
    if (request.allocate) words.push('--allocate')
    return this.#run(host, { kind: 'volume.resize', title: `Resizing volume ${volume}`, words }, (session) =>
      session.storage.resizeVolume({ pool, volume }, request),
    )
  }

  wipeVolume({ host, pool, volume, algorithm }: z.output<typeof wipeVolumeInput>): TaskId {
    return this.#run(
      host,
      {
        kind: 'volume.wipe',
        title: `Wiping volume ${volume}`,
        words: ['vol-wipe', '--pool', pool, volume, '--algorithm', algorithm],
        canCancel: true,
      },
      (session, context) => session.storage.wipeVolume({ pool, volume }, algorithm, context),
    )
  }

  deleteVolumes({ host, pool, volumes, evenUsed }: z.output<typeof deleteVolumesInput>): TaskId {
    const [first = ''] = volumes
    const what = volumes.length === 1 ? `volume ${first}` : `${volumes.length} volumes`
    return this.#run(
      host,
      {
        kind: 'volume.delete',
        title: `Deleting ${what} of ${pool}`,
        canCancel: true,
        ...(volumes.length === 1 ? { words: ['vol-delete', '--pool', pool, first] } : {}),
      },
      (session, context) => deleteEach(session, pool, volumes, new Set(evenUsed), context),
    )
  }

  imageAction({ host, path, action }: z.output<typeof imageActionInput>): Promise<ImageResult> {
    const session = writable(this.#hosts, host)
    const name = path.slice(path.lastIndexOf('/') + 1)
    const start = {
      kind: `image.${action.kind}`,
      title: `${imageDoing[action.kind]} ${name}`,
      host,
      canCancel: true,
      command: session.images.imageCommand(path, action),
    }
    return asTaskWithAnswer(this.#tasks, start, (context) =>
      session.images.imageAction(path, action, context),
    )
  }

  #run(
    host: HostId,
    start: HostWork,
    work: (session: HypervisorSession, context: TaskContext) => Promise<void>,
  ): TaskId {
    return runOnHost({ hosts: this.#hosts, tasks: this.#tasks }, host, start, work)
  }
}

const imageDoing: Record<z.output<typeof imageActionInput>['action']['kind'], string> = {
  check: 'Checking',
  rebase: 'Rebasing',
  commit: 'Committing',
  compare: 'Comparing',
  convert: 'Converting',
  amend: 'Changing the format of',
  resize: 'Resizing',
  compact: 'Compacting',
  dd: 'Copying part of',
}

/** One that is refused keeps none of the others; the end tells which are still there and why. */
async function deleteEach(
  session: HypervisorSession,
  pool: string,
  volumes: readonly string[],
  evenUsed: ReadonlySet<string>,
  { signal, onProgress }: TaskContext,
): Promise<void> {
  const kept: { readonly volume: string; readonly error: ErrorData }[] = []
  for (const [at, volume] of volumes.entries()) {
    if (signal.aborted) break
    try {
      await session.storage.deleteVolume({ pool, volume }, evenUsed.has(volume))
    } catch (error) {
      kept.push({ volume, error: errorData(error) })
    }
    onProgress((at + 1) / volumes.length)
  }
  const [first] = kept
  if (!first) return
  if (volumes.length === 1) throw AppError.from(first.error)
  throw new AppError(first.error.kind, `${kept.length} of ${volumes.length} volumes were not deleted`, {
    detail: kept.map(({ volume, error }) => `${volume}: ${error.message}`).join('\n'),
    ...(first.error.cure === undefined ? {} : { cure: first.error.cure }),
  })
}
