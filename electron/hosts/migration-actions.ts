import { AppError } from '../../shared/errors'
import { fractionOf, type MigrationFigures } from '../../shared/model/migration/figures'
import type { MoveInput, MoveManyInput, MovePlan, TuneInput } from '../../shared/model/migration/move'
import type { HostId, TaskId, VmRef } from '../../shared/model/ids'
import { Places } from '../link/places'
import { moveVm } from '../migration/move'
import { workOutMove, type WorkedOutMove } from '../migration/plan'
import type { TaskContext, TaskList } from '../tasks/task-list'
import { writable, type SessionHosts } from './session-tasks'

/** Tasks name the destination as the user's list of hosts does. */
export interface MigrationHosts extends SessionHosts {
  labelOf(host: HostId): string
}

export interface MigrationParts {
  readonly hosts: MigrationHosts
  readonly tasks: TaskList
  /** For tests: a network that is cut is waited for that long. */
  readonly stallLimitMs?: number
}

/** Moves of VMs to other hosts: planned without changing anything, and done as tasks of the VM at its source. */
export class MigrationActions {
  constructor(private readonly parts: MigrationParts) {}

  async plan(input: MoveInput): Promise<MovePlan> {
    return (await this.#workOut(input)).plan
  }

  /** What stands against it is refused at once. */
  async start(input: MoveInput): Promise<TaskId> {
    this.#refuseBusy(input)
    const worked = await this.#workOut(input)
    refuse(worked)
    // somebody may have begun something meanwhile
    this.#refuseBusy(input)
    return this.#run(input, worked.plan.name, worked.plan.command, (context) =>
      this.#move(input, worked, context),
    )
  }

  /** One task for each; so many at a time, the others wait. What stands against one is told by its task. */
  async startMany({ vms, atOnce, ...rest }: MoveManyInput): Promise<readonly TaskId[]> {
    const records = await writable(this.parts.hosts, rest.host).listVms()
    const places = new Places(atOnce)
    const started: TaskId[] = []
    for (const vm of vms) {
      const input: MoveInput = { ...rest, vm }
      this.#refuseBusy(input)
      const name = records.find(({ id }) => id === vm)?.name ?? vm
      started.push(
        this.#run(input, name, undefined, (context) =>
          places.within(context.signal, async () => {
            const worked = await this.#workOut(input)
            refuse(worked)
            await this.#move(input, worked, context)
          }),
        ),
      )
    }
    return started
  }

  async tune({ host, vm, options }: TuneInput): Promise<void> {
    await writable(this.parts.hosts, host).migration.tune(vm, options)
  }

  async switchToPostCopy({ host, vm }: VmRef): Promise<void> {
    await writable(this.parts.hosts, host).migration.switchToPostCopy(vm)
  }

  #workOut(input: MoveInput): Promise<WorkedOutMove> {
    const { hosts } = this.parts
    if (input.host === input.to)
      throw new AppError('invalid', 'The VM is on this host already', {
        cure: 'Choose another destination.',
        field: 'to',
      })
    return workOutMove(hosts.get(input.host), hosts.get(input.to), input)
  }

  #refuseBusy({ host, vm }: VmRef): void {
    const [running] = this.parts.tasks.runningOf(host, vm)
    if (running)
      throw new AppError('busy', `This VM is busy: ${running.title}`, { cure: 'Wait until it has ended.' })
  }

  #run(
    input: MoveInput,
    name: string,
    command: string | undefined,
    work: (context: TaskContext) => Promise<void>,
  ): TaskId {
    const { hosts, tasks } = this.parts
    writable(hosts, input.to)
    writable(hosts, input.host)
    return tasks.run(
      {
        kind: 'vm.migrate',
        title: `Moving ${name} to ${hosts.labelOf(input.to)}`,
        host: input.host,
        vm: input.vm,
        movesTo: input.to,
        canCancel: true,
        command,
      },
      work,
    )
  }

  async #move(input: MoveInput, worked: WorkedOutMove, context: TaskContext): Promise<void> {
    const { hosts, stallLimitMs } = this.parts
    const onFigures = (figures: MigrationFigures): void => {
      context.onFigures(figures)
      const fraction = fractionOf(figures)
      if (fraction === undefined) return
      const { doneBytes = 0, remainingBytes = 0 } = figures
      context.onProgress(fraction, { doneBytes, totalBytes: doneBytes + remainingBytes })
    }
    await moveVm(hosts.get(input.host), hosts.get(input.to), worked, input, {
      signal: context.signal,
      onFigures,
      ...(stallLimitMs === undefined ? {} : { stallLimitMs }),
    })
  }
}

function refuse({ plan }: WorkedOutMove): void {
  const wrong = plan.checks.find(({ state }) => state === 'error')
  if (!wrong) return
  throw new AppError('invalid', wrong.message, { cure: wrong.cure, field: wrong.field })
}
