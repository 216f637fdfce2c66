/** Files that are still there after their VM was deleted: tried again as volumes of their pools. */
import { errorData } from '../../../shared/errors'
import type { DeleteOutcome, FileOutcome } from '../../../shared/model/delete-plan'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import type { useClaimedTasks } from '../../stores/use-claimed-task'

export interface OutcomeAt extends DeleteOutcome {
  readonly host: HostId
}

interface Left {
  readonly host: HostId
  readonly path: string
  readonly volume: NonNullable<FileOutcome['volume']>
}

export function stillThere(outcomes: readonly OutcomeAt[]): Left[] {
  return outcomes.flatMap(({ host, files }) =>
    files.flatMap(({ path, result, volume }) =>
      result === 'failed' && volume !== undefined ? [{ host, path, volume }] : [],
    ),
  )
}

/** One after the other, as images come before those they are built on; who uses them is asked by the host anew. */
export async function retried(
  outcomes: readonly OutcomeAt[],
  run: ReturnType<typeof useClaimedTasks>,
): Promise<readonly OutcomeAt[]> {
  const whys = new Map<string, string | undefined>()
  for (const { host, path, volume } of stillThere(outcomes)) {
    const why = await failureOf(async () => {
      const request = { host, pool: volume.pool, volumes: [volume.volume], evenUsed: [] }
      const [task] = await run(async () => [await api.storage.deleteVolumes(request)])
      return task?.error?.kind === 'not-found' ? undefined : task?.error?.message
    })
    whys.set(`${host}\n${path}`, why)
  }
  return outcomes.map((one) => ({
    ...one,
    files: one.files.map((file): FileOutcome => {
      const key = `${one.host}\n${file.path}`
      if (!whys.has(key)) return file
      const why = whys.get(key)
      return why === undefined ? { path: file.path, result: 'deleted' } : { ...file, why }
    }),
  }))
}

async function failureOf(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work()
  } catch (error) {
    return errorData(error).message
  }
}
