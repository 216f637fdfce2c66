/** A task list whose tasks a test can wait for. */
import type { TaskId } from '../../../shared/model/ids'
import type { Task } from '../../../shared/model/task'
import { Revisions } from '../../hosts/revisions'
import { TaskList } from '../../tasks/task-list'

export class TaskWatch {
  readonly list: TaskList
  readonly #seen = new Map<TaskId, Task[]>()
  readonly #waiting = new Set<() => void>()

  constructor() {
    this.list = new TaskList({
      revisions: new Revisions(),
      emit: {
        tasks: {
          changed: (change) => {
            if (change.kind !== 'put') return
            this.#seen.set(change.item.id, [...this.states(change.item.id), change.item])
            for (const look of this.#waiting) look()
          },
        },
      },
    })
  }

  /** All that was told of it, oldest first. */
  states(id: TaskId): readonly Task[] {
    return this.#seen.get(id) ?? []
  }

  ended(id: TaskId): Promise<Task> {
    return this.until(id, (task) => task.state !== 'running')
  }

  /** As soon as it is so; rejects when it has ended and never was. */
  until(id: TaskId, isSo: (task: Task) => boolean): Promise<Task> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const last = this.states(id).at(-1)
        if (!last || (!isSo(last) && last.state === 'running')) return
        this.#waiting.delete(look)
        if (isSo(last)) resolve(last)
        else reject(new Error(`the task has ended: ${JSON.stringify(last)}`))
      }
      this.#waiting.add(look)
      look()
    })
  }
}
