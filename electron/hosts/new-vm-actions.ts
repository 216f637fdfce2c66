import { AppError } from '../../shared/errors'
import { vmId, type TaskId } from '../../shared/model/ids'
import type { NewVmInput, NewVmPlan } from '../../shared/model/new-vm/new-vm'
import { createVm } from '../new-vm/create'
import { planNewVm, workOutNewVm, type DefinitionWriter } from '../new-vm/plan'
import type { TaskList } from '../tasks/task-list'
import { runOnHost, writable, type SessionHosts } from './session-tasks'

/** New VMs: planned without changing anything, and made as a task. */
export class NewVmActions {
  readonly #hosts: SessionHosts
  readonly #tasks: TaskList
  readonly #writer: DefinitionWriter

  constructor(parts: {
    readonly hosts: SessionHosts
    readonly tasks: TaskList
    readonly writer: DefinitionWriter
  }) {
    this.#hosts = parts.hosts
    this.#tasks = parts.tasks
    this.#writer = parts.writer
  }

  plan(input: NewVmInput): Promise<NewVmPlan> {
    return planNewVm(this.#hosts.get(input.host), input, this.#writer)
  }

  /** What stands against it is refused at once and starts nothing. The task has the id that the VM will have. */
  async create(input: NewVmInput): Promise<TaskId> {
    const { host, name } = input
    const worked = await workOutNewVm(writable(this.#hosts, host), input, this.#writer)
    const wrong = worked.plan.problems.find(({ level }) => level === 'error')
    if (wrong) throw new AppError('invalid', wrong.message, { cure: wrong.cure, field: wrong.field })
    return runOnHost(
      { hosts: this.#hosts, tasks: this.#tasks },
      host,
      {
        kind: 'vm.create',
        title: `Creating ${name}`,
        vm: vmId.parse(worked.uuid),
        canCancel: true,
        command: worked.plan.command,
      },
      (session, context) => createVm(session, input, worked, context),
    )
  }
}
