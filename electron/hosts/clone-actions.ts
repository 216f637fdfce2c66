import { AppError } from '../../shared/errors'
import type { CloneInput, ClonePlan } from '../../shared/model/clone'
import type { TaskId } from '../../shared/model/ids'
import { makeClones } from '../clone/clone'
import { planClone, workOutClones } from '../clone/plan'
import type { CreationJournal } from '../new-vm/journal/creation-journal'
import type { TaskList } from '../tasks/task-list'
import { runOnHost, writable, type SessionHosts } from './session-tasks'

/** Clones of VMs: planned without changing anything, and made as a task. */
export class CloneActions {
  constructor(
    private readonly parts: {
      readonly hosts: SessionHosts
      readonly tasks: TaskList
      readonly journal?: CreationJournal
    },
  ) {}

  plan(input: CloneInput): Promise<ClonePlan> {
    return planClone(this.parts.hosts.get(input.host), input)
  }

  /** What stands against it is refused at once. The task is the original's, which is kept from being started meanwhile. */
  async clone(input: CloneInput): Promise<TaskId> {
    const { host, vm } = input
    const worked = await workOutClones(writable(this.parts.hosts, host), input)
    const { plan } = worked
    const { journal } = this.parts
    const wrong = plan.problems.find(({ level }) => level === 'error')
    if (wrong) throw new AppError('invalid', wrong.message, { cure: wrong.cure, field: wrong.field })
    const names = plan.clones.map(({ name }) => name)
    const what = input.snapshot === undefined ? plan.source : `${plan.source} at ${input.snapshot}`
    const title =
      names.length === 1 ? `Cloning ${what} as ${names[0] ?? ''}` : `Cloning ${what} ${names.length} times`
    return runOnHost(
      this.parts,
      host,
      { kind: 'vm.clone', title, vm, canCancel: true, command: plan.command },
      (session, context) =>
        makeClones(
          session,
          worked,
          context,
          journal && ((name) => journal.open({ host, name, what: 'clone', cloneOf: vm })),
        ),
    )
  }
}
