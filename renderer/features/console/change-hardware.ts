import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ApplyOutcome } from '../../../shared/model/hardware/view'
import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { answeredByTask } from '../../stores/task-claims'

/** A change of the VM that the console offers. What its task says when it fails is said here, not by a toast as well. */
export function changeHardware(
  vm: VmRef,
  base: string,
  changes: HardwareChange[],
  when: 'now' | 'next-start',
): Promise<ApplyOutcome> {
  return answeredByTask(
    (task) => task.kind === 'vm.hardware' && task.host === vm.host && task.vm === vm.vm,
    () => api.hardware.apply({ ...vm, base, changes, when }),
  )
}
