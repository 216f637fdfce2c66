/**
 * What was done, kept on this computer over restarts of the app. It holds no secrets, as no task does. What is lost with
 * the file is history only, so nothing about it ever fails.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { hostId, taskId, vmId } from '../../shared/model/ids'
import type { MigrationFigures } from '../../shared/model/migration/figures'
import type { Task } from '../../shared/model/task'
import { readTextFile, writeFileAtomically } from '../settings/json-file'
import { storedError } from '../settings/stored-error'

/** Those behind it are of no use to anybody; what a large deletion tells of each file can be long. */
const maxCharacters = 4_000_000
/** Many tasks end together. */
const calmMs = 300

/** A request of the contract, as it came: made again it is checked again. */
const taskRequest = z.object({ group: z.string().max(64), name: z.string().max(64), input: z.unknown() })
export interface TaskRequest {
  readonly group: string
  readonly name: string
  readonly input: unknown
  /** It names what only lives as long as the app, and is not kept. */
  readonly isOfThisRun?: boolean
}

export type StoredTask = Task & { readonly request?: TaskRequest }

const number = z.number().exactOptional()
const figures: z.ZodType<MigrationFigures> = z.object({
  phase: z.enum(['preparing', 'copying', 'finishing', 'done']),
  doneBytes: number,
  totalBytes: number,
  remainingBytes: number,
  memoryRemainingBytes: number,
  diskRemainingBytes: number,
  bytesPerSecond: number,
  dirtyBytesPerSecond: number,
  iteration: number,
  downtimeMs: number,
  throttlePercent: number,
  elapsedMs: number,
  compressionCacheBytes: number,
  compressedBytes: number,
  cacheMissPages: number,
  stalledMs: number,
  canSwitch: z.boolean().exactOptional(),
  onceReached: z.enum(['goesOn', 'ends']).exactOptional(),
})

const storedTask: z.ZodType<StoredTask> = z.object({
  id: taskId,
  kind: z.string(),
  title: z.string(),
  host: hostId.exactOptional(),
  vm: vmId.exactOptional(),
  vms: z.array(vmId).exactOptional(),
  state: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
  startedAtMs: z.number(),
  endedAtMs: z.number().exactOptional(),
  progress: z.number().exactOptional(),
  canCancel: z.boolean(),
  error: storedError.exactOptional(),
  deleted: z
    .array(
      z.object({
        vm: vmId,
        name: z.string(),
        isDeleted: z.boolean(),
        error: storedError.exactOptional(),
        keptParts: z.array(z.string()),
        files: z.array(
          z.object({
            path: z.string(),
            result: z.enum(['deleted', 'kept', 'failed']),
            why: z.string().exactOptional(),
          }),
        ),
      }),
    )
    .exactOptional(),
  movesTo: hostId.exactOptional(),
  figures: figures.exactOptional(),
  canRetry: z.boolean().exactOptional(),
  command: z.string().exactOptional(),
  request: taskRequest.exactOptional(),
})

export class TaskHistory {
  readonly earlier: readonly StoredTask[]
  readonly #path: string
  #latest: (() => readonly StoredTask[]) | undefined
  #timer: NodeJS.Timeout | undefined
  #last: Promise<void> = Promise.resolve()

  private constructor(path: string, earlier: readonly StoredTask[]) {
    this.#path = path
    this.earlier = earlier
  }

  static async open(directory: string, now: () => number = Date.now): Promise<TaskHistory> {
    const path = join(directory, 'tasks.json')
    return new TaskHistory(
      path,
      (await read(path)).map((task) => cutOff(task, now())),
    )
  }

  /** Written a moment later, by what is true then. */
  keep(tasks: () => readonly StoredTask[]): void {
    this.#latest = tasks
    this.#timer ??= setTimeout(() => void this.flush(), calmMs)
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const tasks = this.#latest
    if (!tasks) return this.#last
    this.#latest = undefined
    const write = (): Promise<void> => writeFileAtomically(this.#path, textOf(tasks()))
    this.#last = this.#last.then(write, write).catch(() => undefined)
    return this.#last
  }
}

function textOf(tasks: readonly StoredTask[]): string {
  const texts = tasks.map((task) => JSON.stringify(lasting(task)))
  let length = 0
  const kept = texts.toReversed().filter((text) => (length += text.length) <= maxCharacters)
  return `[\n${kept.toReversed().join(',\n')}\n]\n`
}

function lasting(task: StoredTask): StoredTask {
  if (task.request?.isOfThisRun !== true) return task
  const { request: _, canRetry: __, ...rest } = task
  return rest
}

/** Its host may have done it all the same. */
function cutOff(task: StoredTask, nowMs: number): StoredTask {
  if (task.state !== 'running') return task
  return {
    ...task,
    state: 'failed',
    endedAtMs: nowMs,
    canCancel: false,
    error: {
      kind: 'cancelled',
      message: 'Innkeeper ended before this did',
      cure: 'The host may have done it all the same: look there first.',
    },
  }
}

async function read(path: string): Promise<readonly StoredTask[]> {
  try {
    const found: unknown = JSON.parse((await readTextFile(path)) ?? '[]')
    if (!Array.isArray(found)) return []
    return found.flatMap((one) => {
      const task = storedTask.safeParse(one)
      return task.success ? [task.data] : []
    })
  } catch {
    return []
  }
}
