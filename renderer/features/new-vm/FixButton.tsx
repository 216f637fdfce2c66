import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { api } from '../../api/client'
import { askForChoices } from '../../form/host-data'
import { claimTask } from '../../stores/task-claims'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { useWizard } from './wizard'

/** Does on the host what stands in the way of the VM; then the host is asked again. */
export function FixButton({ fix }: { readonly fix: PlanProblem['fix'] }) {
  const { host, planAgain } = useWizard()
  const [isBusy, setBusy] = useState(false)
  if (!fix) return null
  const { network } = fix
  const tell = (error: ErrorData): void => {
    showToast({ tone: 'error', title: `The network ${network} was not started`, error })
  }
  const start = async (): Promise<void> => {
    setBusy(true)
    try {
      const { ended } = await claimTask(() => api.networks.action({ host, network, action: 'start' }))
      const { error } = await ended
      if (error) tell(error)
    } catch (reason) {
      tell(errorData(reason))
    }
    setBusy(false)
    // it may run although nobody knows
    askForChoices(host)
    planAgain()
  }
  return (
    <Button className="button-small" isBusy={isBusy} onPress={() => void start()}>
      {`Start network ${network}`}
    </Button>
  )
}
