import { randomUUID } from 'node:crypto'
import { AppError, errorData, isKind, type ErrorData } from '../../shared/errors'
import type { AppEmitters, Snapshot } from '../../shared/ipc/contract'
import { taskId as taskIdSchema, type HostId, type TaskId, type VmId } from '../../shared/model/ids'
import type { MigrationFigures } from '../../shared/model/migration/figures'
import type { DeleteOutcome } from '../../shared/model/delete-plan'
import type { Amount, Task } from '../../shared/model/task'
import type { Revisions } from '../hosts/revisions'
import { Speed } from './speed'
import type { StoredTask, TaskRequest } from './task-history'

/** Ended tasks beyond this are forgotten, oldest first. */
const historyLimit = 200
/** Progress is told at most this often; a job may report it hundreds of times a second. */
const progressIntervalMs = 100

export interface TaskListOptions {
  readonly emit: Pick<AppEmitters, 'tasks'>
  readonly revisions: Revisions
  readonly now?: () => number
  /** Tasks of earlier runs, and where those of this one are kept. */
  readonly history?: {
    readonly earlier: readonly StoredTask[]
    keep(tasks: () => readonly StoredTask[]): void
  }
}

export interface TaskStart {
  readonly kind: string
  readonly title: string
  readonly host?: HostId
  readonly vm?: VmId
  /** Of work on several. */
  readonly vms?: readonly VmId[]
  readonly movesTo?: HostId
  readonly command?: string | undefined
  readonly canCancel?: boolean
}

export interface TaskContext {
  /** Aborted by `cancel`. */
  readonly signal: AbortSignal
  /** 0 to 1. `amount`: for what is counted in bytes; speed is worked out from it. */
  onProgress(fraction: number, amount?: Amount): void
  /** Of a move, beside its progress. */
  onFigures(figures: MigrationFigures): void
  /** How each VM's deletion ended, so far. */
  onDeleted(outcomes: readonly DeleteOutcome[]): void
}

type Entry = {
  task: Task
  readonly abort: AbortController
  progressTimer?: NodeJS.Timeout | undefined
  speed?: Speed
  /** What was asked for, where that can be done again. */
  request?: TaskRequest
}

/** Work that outlives the window that asked for it: power actions, deletions, later copies and migrations. */
export class TaskList {
  readonly #entries = new Map<TaskId, Entry>()
  readonly #emit: Pick<AppEmitters, 'tasks'>
  readonly #revisions: Revisions
  readonly #now: () => number
  readonly #history: TaskListOptions['history']

  constructor(options: TaskListOptions) {
    this.#emit = options.emit
    this.#revisions = options.revisions
    this.#now = options.now ?? Date.now
    this.#history = options.history
    for (const { request, ...task } of options.history?.earlier ?? [])
      this.#entries.set(task.id, { task, abort: new AbortController(), ...(request ? { request } : {}) })
  }

  list(): Snapshot<Task> {
    return {
      revision: this.#revisions.current,
      items: [...this.#entries.values()].map((entry) => entry.task),
    }
  }

  /** Starts the work and answers at once; how it ends is told by the task itself, never thrown here. */
  run(start: TaskStart, work: (context: TaskContext) => Promise<void>): TaskId {
    const id = taskIdSchema.parse(randomUUID())
    const entry: Entry = {
      abort: new AbortController(),
      task: {
        id,
        kind: start.kind,
        title: start.title,
        ...(start.host === undefined ? {} : { host: start.host }),
        ...(start.vm === undefined ? {} : { vm: start.vm }),
        ...(start.vms === undefined ? {} : { vms: start.vms }),
        ...(start.movesTo === undefined ? {} : { movesTo: start.movesTo }),
        state: 'running',
        startedAtMs: this.#now(),
        canCancel: start.canCancel ?? false,
        ...(start.command === undefined ? {} : { command: start.command }),
      },
    }
    this.#entries.set(id, entry)
    this.#tell(entry)
    this.#keep()
    const context: TaskContext = {
      signal: entry.abort.signal,
      onProgress: (fraction, amount) => this.#progress(entry, fraction, amount),
      onFigures: (figures) => this.#figures(entry, figures),
      onDeleted: (deleted) => this.#deleted(entry, deleted),
    }
    // through a microtask, so that work which throws at once is still a task that failed
    void Promise.resolve()
      .then(() => work(context))
      .then(
        () => this.#end(entry, 'succeeded'),
        (error: unknown) => {
          // a cancelled job may end with any error: the state says it was asked for, the error what it left behind
          if (isKind(error, 'cancelled')) this.#end(entry, 'cancelled')
          else this.#end(entry, entry.abort.signal.aborted ? 'cancelled' : 'failed', errorData(error))
        },
      )
    return id
  }

  cancel(id: TaskId): void {
    const entry = this.#entries.get(id)
    if (!entry) throw new AppError('not-found', 'This task is no longer in the list')
    if (entry.task.state !== 'running') return
    if (!entry.task.canCancel) {
      throw new AppError('unsupported', 'This task cannot be cancelled', { cure: 'Wait until it has ended' })
    }
    entry.abort.abort(new AppError('cancelled', 'The task was cancelled'))
  }

  /** What the task was asked for by; kept where it may be asked for again. */
  madeBy(id: TaskId, request: TaskRequest): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    entry.request = request
    this.#keep()
    // it may have ended before its id came back
    if (isUndone(entry.task)) {
      entry.task = { ...entry.task, canRetry: true }
      this.#tell(entry)
    }
  }

  /** Of a task that was not done. */
  requestOf(id: TaskId): TaskRequest {
    const entry = this.#entries.get(id)
    if (!entry) throw new AppError('not-found', 'This task is no longer in the list')
    if (!entry.request || entry.task.canRetry !== true)
      throw new AppError('unsupported', 'This cannot simply be done again', {
        cure: 'Do it anew from where it was done before',
      })
    return entry.request
  }

  /** Another task does it now. */
  wasRetried(id: TaskId): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    const { canRetry: _, ...task } = entry.task
    entry.task = task
    this.#tell(entry)
    this.#keep()
  }

  clearEnded(): void {
    for (const { task } of [...this.#entries.values()]) if (task.state !== 'running') this.#forget(task.id)
  }

  /** The running tasks of a VM, for rules such as "one power action at a time". */
  runningOf(host: HostId, vm: VmId): Task[] {
    return this.list().items.filter(
      (task) =>
        task.state === 'running' && task.host === host && (task.vm === vm || task.vms?.includes(vm) === true),
    )
  }

  /** Asks every cancellable task to stop; for quitting. */
  cancelAll(): void {
    for (const entry of this.#entries.values()) {
      if (entry.task.state === 'running' && entry.task.canCancel) entry.abort.abort()
    }
  }

  /** A VM that was not deleted can be worked with again while the others are. */
  #deleted(entry: Entry, deleted: readonly DeleteOutcome[]): void {
    const { vms } = entry.task
    const rest = vms?.filter((id) => !deleted.some(({ vm }) => vm === id))
    entry.task = { ...entry.task, deleted: [...deleted], ...(rest ? { vms: rest } : {}) }
    if (rest && entry.task.state === 'running') this.#tell(entry)
  }

  #figures(entry: Entry, figures: MigrationFigures): void {
    if (entry.task.state !== 'running') return
    entry.task = { ...entry.task, figures }
    this.#tellSoon(entry)
  }

  #progress(entry: Entry, fraction: number, amount?: Amount): void {
    if (entry.task.state !== 'running' || Number.isNaN(fraction)) return
    entry.task = {
      ...entry.task,
      progress: Math.min(1, Math.max(0, fraction)),
      ...(amount === undefined ? {} : { amount: this.#withSpeed(entry, amount) }),
    }
    this.#tellSoon(entry)
  }

  #tellSoon(entry: Entry): void {
    if (entry.progressTimer !== undefined) return
    this.#tell(entry)
    const told = entry.task
    entry.progressTimer = setTimeout(() => {
      entry.progressTimer = undefined
      if (entry.task !== told && entry.task.state === 'running') this.#tell(entry)
    }, progressIntervalMs)
  }

  #withSpeed(entry: Entry, amount: Amount): NonNullable<Task['amount']> {
    entry.speed ??= new Speed()
    const bytesPerSecond = entry.speed.at(this.#now(), amount.doneBytes)
    return { ...amount, ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }) }
  }

  #end(entry: Entry, state: Task['state'], error?: ErrorData): void {
    clearTimeout(entry.progressTimer)
    entry.task = {
      ...entry.task,
      state,
      endedAtMs: this.#now(),
      canCancel: false,
      ...(error === undefined ? {} : { error }),
    }
    if (entry.request && isUndone(entry.task)) entry.task = { ...entry.task, canRetry: true }
    this.#tell(entry)
    this.#keep()
    const ended = [...this.#entries.values()].filter((other) => other.task.state !== 'running')
    for (const old of ended.slice(0, Math.max(0, ended.length - historyLimit))) this.#forget(old.task.id)
  }

  #tell({ task }: Entry): void {
    this.#emit.tasks.changed({ kind: 'put', revision: this.#revisions.next(), item: task })
  }

  #forget(id: TaskId): void {
    this.#entries.delete(id)
    this.#keep()
    this.#emit.tasks.changed({ kind: 'removed', revision: this.#revisions.next(), id })
  }
  #keep(): void {
    this.#history?.keep(() =>
      [...this.#entries.values()].map(({ task, request }) => ({ ...task, ...(request ? { request } : {}) })),
    )
  }
}

function isUndone({ state }: Task): boolean {
  return state === 'failed' || state === 'cancelled'
}
