import { basename } from 'node:path'
import { AppError } from '../../shared/errors'
import type { ExportInput, ExportPlan, ExportVmInput } from '../../shared/model/export'
import type { TaskId } from '../../shared/model/ids'
import { exportVm } from '../export/export'
import { workOutExport } from '../export/plan'
import type { TaskList } from '../tasks/task-list'
import { writable, type SessionHosts } from './session-tasks'

export interface ExportParts {
  readonly hosts: SessionHosts
  readonly tasks: TaskList
  readonly files: { path(id: string, kind: 'save'): string }
  readonly now?: () => number
}

/** VMs into files of this computer: planned without changing anything, and written as a task. */
export class ExportActions {
  constructor(private readonly parts: ExportParts) {}

  async plan(input: ExportInput): Promise<ExportPlan> {
    const { hosts } = this.parts
    return (await workOutExport(hosts.get(input.host), input, this.#path(input))).plan
  }

  /** What stands against it is refused at once. The task is the VM's, which is kept from being started meanwhile. */
  async export(input: ExportVmInput): Promise<TaskId> {
    const { hosts, tasks, files, now = Date.now } = this.parts
    const path = files.path(input.file, 'save')
    const session = hosts.get(input.host)
    const worked = await workOutExport(session, input, path)
    const wrong = worked.plan.problems.find(({ level }) => level === 'error')
    if (wrong) throw new AppError('invalid', wrong.message, { cure: wrong.cure, field: wrong.field })
    // an image on the host is a change of it, even though it goes again
    if (worked.plan.disks.some(({ isConverted }) => isConverted)) writable(hosts, input.host)
    return tasks.run(
      {
        kind: 'vm.export',
        title: `Exporting ${worked.plan.source} to ${basename(path)}`,
        host: input.host,
        vm: input.vm,
        canCancel: true,
      },
      (context) => exportVm(session, { input, worked, path, nowMs: now() }, context),
    )
  }

  #path({ file }: ExportInput): string | undefined {
    return file === undefined ? undefined : this.parts.files.path(file, 'save')
  }
}
