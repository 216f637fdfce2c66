import { AppError, errorData, isKind } from '../../shared/errors'
import type { HostId, TaskId } from '../../shared/model/ids'
import type { CleanUpInput, LeftFile, UnfinishedCreation } from '../../shared/model/new-vm/unfinished'
import { isSame, type CreationJournal, type JournalEntry } from '../new-vm/journal/creation-journal'
import { lookAt } from '../new-vm/journal/look'
import type { TaskList } from '../tasks/task-list'
import { runOnHost, type SessionHosts } from './session-tasks'

/** Creations that were cut off: what is left of them on their hosts is shown, and removed when the user wants it. */
export class UnfinishedCreations {
  constructor(
    private readonly parts: {
      readonly hosts: SessionHosts
      readonly tasks: TaskList
      readonly journal: CreationJournal
    },
  ) {}

  /** One of which nothing is left is forgotten. */
  async of(host: HostId): Promise<readonly UnfinishedCreation[]> {
    const { hosts, journal } = this.parts
    const entries = await journal.of(host)
    if (entries.length === 0) return []
    const session = hosts.get(host)
    const looked = await Promise.all(
      entries.map(async (entry) => ({ entry, found: await lookAt(session, entry) })),
    )
    for (const { entry, found } of looked) if (!found) await journal.remove(host, entry.id)
    return looked.flatMap(({ found }) => found ?? [])
  }

  async keep(host: HostId, id: string): Promise<void> {
    await this.parts.journal.remove(host, id)
  }

  async forgetHost(host: HostId): Promise<void> {
    await this.parts.journal.forgetHost(host)
  }

  /** Removes what the user saw, as far as it is still what it was and nobody uses it. */
  async cleanUp({ host, id, files }: CleanUpInput): Promise<TaskId> {
    const { journal } = this.parts
    const entry = (await journal.of(host)).find((one) => one.id === id)
    if (!entry) throw new AppError('not-found', 'Nothing is known of this creation any more')
    return runOnHost(
      this.parts,
      host,
      { kind: 'volume.cleanUp', title: `Removing what is left of ${entry.name}` },
      async (session) => {
        // as it is now: somebody may have begun to use it since it was shown
        const found = await lookAt(session, entry)
        const wanted = (found?.files ?? []).filter(
          (file) =>
            file.keptBecause === undefined &&
            files.some(({ pool, volume }) => pool === file.pool && volume === file.volume),
        )
        const left = new Map(wanted.map((file) => [file, 'It was not tried']))
        for (const file of wanted) {
          try {
            await session.storage.deleteVolume({ pool: file.pool, volume: file.volume }, false)
            left.delete(file)
          } catch (error) {
            if (isKind(error, 'not-found')) left.delete(file)
            else left.set(file, errorData(error).message)
            // the rest would only wait for the same lost host
            if (isKind(error, 'unreachable', 'timed-out', 'cancelled')) break
          }
        }
        await this.#afterwards(entry, left)
      },
    )
  }

  async #afterwards(
    { host, id, name, made }: JournalEntry,
    left: ReadonlyMap<LeftFile, string>,
  ): Promise<void> {
    const { journal } = this.parts
    if (left.size === 0) return journal.remove(host, id)
    const files = [...left.keys()].map(({ pool, volume }) => ({ kind: 'volume' as const, pool, volume }))
    await journal.keepOnly(
      host,
      id,
      made.filter((item) => files.some((one) => isSame(one, item))),
    )
    throw new AppError('busy', `Not all that is left of ${name} could be removed`, {
      cure: 'Try it again, or look at it on the Storage page.',
      detail: [...left].map(([file, why]) => `${file.pool}/${file.volume}: ${why}`).join('\n'),
    })
  }
}
