import { AppError } from '../../shared/errors'
import type { ChangeHardwareInput } from '../../shared/model/hardware/change'
import { changesTitle } from '../../shared/model/hardware/title'
import type { ApplyOutcome, HistoryEntry } from '../../shared/model/hardware/view'
import type { VmRef } from '../../shared/model/ids'
import type { TaskContext, TaskList } from '../tasks/task-list'
import { refuseTemplate } from './refuse-template'
import { writable } from './session-tasks'
import type { VmHosts } from './vm-actions'

interface History {
  list(vm: VmRef): Promise<HistoryEntry[]>
  add(vm: VmRef, entry: Omit<HistoryEntry, 'id' | 'atMs'>): Promise<void>
}

/** Changes of hardware as tasks, each kept in the VM's history with the commands that would do the same. */
export class HardwareChanges {
  readonly #hosts: VmHosts
  readonly #tasks: TaskList
  readonly #history: History

  constructor(parts: { readonly hosts: VmHosts; readonly tasks: TaskList; readonly history: History }) {
    this.#hosts = parts.hosts
    this.#tasks = parts.tasks
    this.#history = parts.history
  }

  /** Ends when the host has done it; what is refused ends with its AppError, and the task tells it as well. */
  async apply({ host, vm, ...request }: ChangeHardwareInput): Promise<ApplyOutcome> {
    const session = writable(this.#hosts, host)
    const { name } = this.#hosts.vm({ host, vm })
    const busy = this.#tasks.runningOf(host, vm).find((task) => task.kind !== 'vm.autostart')
    if (busy)
      throw new AppError('busy', `${name} is busy: ${busy.title}`, { cure: 'Wait until that has ended' })
    await refuseTemplate(session, { id: vm, name })
    const [view, preview] = await Promise.all([session.hardware(vm), session.previewHardware(vm, request)])
    const title = changesTitle(request.changes, view.items)
    const start = {
      kind: 'vm.hardware',
      title: `Changing ${name}: ${title}`,
      host,
      vm,
      command: preview.commands.join('\n') || undefined,
    }
    const apply = async (context: TaskContext): Promise<ApplyOutcome> => {
      const outcome = await session.changeHardware(vm, request, context)
      if (outcome.kind === 'applied' && preview.before !== preview.after) {
        await this.#history.add({ host, vm }, { title, ...preview })
      }
      return outcome
    }
    return new Promise<ApplyOutcome>((resolve, reject) => {
      this.#tasks.run(start, async (context) => {
        try {
          const outcome = await apply(context)
          resolve(outcome)
          if (outcome.kind === 'conflict') {
            throw new AppError('busy', `${name} was changed elsewhere meanwhile, so nothing was done`)
          }
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
          throw error
        }
      })
    })
  }

  history(vm: VmRef): Promise<HistoryEntry[]> {
    return this.#history.list(vm)
  }
}
