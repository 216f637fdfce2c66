import { AppError } from '../../shared/errors'
import { vmId, type TaskId } from '../../shared/model/ids'
import type { FromDefinitionInput, FromDefinitionPlan } from '../../shared/model/new-vm/from-definition'
import type { NewVmInput, NewVmPlan, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { createVm, type VmToMake } from '../new-vm/create'
import { workOutDefinition } from '../new-vm/from-definition'
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
    const worked = await workOutNewVm(writable(this.#hosts, input.host), input, this.#writer)
    refuseWrong(worked.plan.problems)
    return this.#run(input, worked, worked.plan.command)
  }

  async planDefinition(input: FromDefinitionInput): Promise<FromDefinitionPlan> {
    return (await workOutDefinition(this.#hosts.get(input.host), input)).plan
  }

  /** As `create`. */
  async createFromDefinition(input: FromDefinitionInput): Promise<TaskId> {
    const { plan, ready } = await workOutDefinition(writable(this.#hosts, input.host), input)
    refuseWrong(plan.problems)
    if (!ready) throw new AppError('invalid', 'The definition cannot be used')
    return this.#run(ready.input, ready.worked, undefined)
  }

  #run(input: NewVmInput, worked: VmToMake, command: string | undefined): TaskId {
    const { host, name } = input
    return runOnHost(
      { hosts: this.#hosts, tasks: this.#tasks },
      host,
      {
        kind: 'vm.create',
        title: `Creating ${name}`,
        vm: vmId.parse(worked.uuid),
        canCancel: true,
        command,
      },
      (session, context) => createVm(session, input, worked, context),
    )
  }
}

function refuseWrong(problems: readonly PlanProblem[]): void {
  const wrong = problems.find(({ level }) => level === 'error')
  if (wrong) throw new AppError('invalid', wrong.message, { cure: wrong.cure, field: wrong.field })
}
