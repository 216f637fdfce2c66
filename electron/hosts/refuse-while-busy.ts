import { AppError } from '../../shared/errors'
import { agentActions } from '../../shared/model/guest-agent'
import type { PowerAction, Vm } from '../../shared/model/vm'
import type { TaskList } from '../tasks/task-list'

/** What a guest is only asked for, and may never do. */
const asking: ReadonlySet<string> = new Set(['shutdown', ...agentActions].map((action) => `power.${action}`))

/** One change of a VM at a time; only forcing off may overtake what the guest does not obey. */
export function refuseWhileBusy(
  tasks: TaskList,
  vm: Pick<Vm, 'host' | 'id' | 'name'>,
  action?: PowerAction,
): void {
  const running = tasks
    .runningOf(vm.host, vm.id)
    .filter((task) => task.kind !== 'vm.autostart')
    .find((task) => !(action === 'forceOff' && asking.has(task.kind)))
  if (!running) return
  throw new AppError('busy', `${vm.name} is busy: ${running.title}`, { cure: 'Wait until that has ended' })
}
