import { useState } from 'react'
import { errorData } from '../../../shared/errors'
import type { VmRef } from '../../../shared/model/ids'
import type { MemoryFigures } from '../../../shared/model/vm-load'
import { api } from '../../api/client'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'

/** As the hardware page suggests for new balloons. */
const periodSeconds = 5

/** Why nobody knows what the guest uses, and what can be done about it. */
export function MemoryNote({ vm, memory }: { vm: VmRef; memory: MemoryFigures }) {
  const [isBusy, setBusy] = useState(false)
  if (memory.guest || memory.reportPeriodSeconds === undefined) return null
  if (memory.reportPeriodSeconds > 0) {
    return (
      <p className="perf-note">
        The guest does not report what it uses. It needs the driver of the memory balloon, and time to boot.
      </p>
    )
  }
  const switchOn = async (): Promise<void> => {
    setBusy(true)
    try {
      await api.stats.setMemoryReports({ ...vm, periodSeconds })
      showToast({ tone: 'success', title: `The guest is asked for its memory every ${periodSeconds} s` })
    } catch (error) {
      showToast({ tone: 'error', title: 'The guest cannot be asked', error: errorData(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <p className="perf-note">
      The guest is never asked what it uses.
      <Button variant="quiet" className="button-small" isBusy={isBusy} onPress={() => void switchOn()}>
        Ask every {periodSeconds} s
      </Button>
    </p>
  )
}
