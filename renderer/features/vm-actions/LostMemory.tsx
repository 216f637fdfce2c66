import type { Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { refOf } from '../../stores/vms'
import { timeText } from '../../ui/time-text'

/** What exactly goes when a saved state does. */
export function LostMemory({ vm }: { vm: Vm }) {
  const { value } = useAnswer(`managed save ${vm.host} ${vm.id}`, () => api.saves.managed(refOf(vm)))
  const parts = [
    `${formatBytes(value?.memoryBytes ?? vm.maxMemoryBytes)} of memory`,
    ...(value?.wasRunning === undefined
      ? []
      : [`of a guest that was ${value.wasRunning ? 'running' : 'paused'}`]),
    ...(value?.savedAtMs === undefined ? [] : [`saved on ${timeText(value.savedAtMs)}`]),
  ]
  return <p role="status">{`Lost: ${parts.join(', ')}.`}</p>
}
