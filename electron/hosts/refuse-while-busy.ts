import { AppError } from '../../shared/errors'
import type { PowerAction, Vm } from '../../shared/model/vm'
import type { TaskList } from '../tasks/task-list'

/** One change at a time; only forcing off may overtake a shutdown that the guest does not obey. */
export function refuseWhileBusy(tasks: TaskList, vm: Vm, action?: PowerAction): void {
  const running = tasks
    .runningOf(vm.host, vm.id)
    .filter((task) => task.kind !== 'vm.autostart')
    .find((task) => !(action === 'forceOff' && task.kind === 'power.shutdown'))
  if (!running) return
  throw new AppError('busy', `${vm.name} is busy: ${running.title}`, { cure: 'Wait until that has ended' })
}
