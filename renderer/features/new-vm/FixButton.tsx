import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { PlanFix, PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { api } from '../../api/client'
import { askForChoices } from '../../form/host-data'
import { claimTask } from '../../stores/task-claims'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { ReadableFix } from './ReadableFix'
import { useWizard } from './wizard'

/** Does what stands in the way of the VM away; then the host is asked again. */
export function FixButton({ problem: { fix, field } }: { readonly problem: PlanProblem }) {
  if (!fix) return null
  if (fix.kind === 'unreadable') return <ReadableFix fix={fix} field={field ?? ''} />
  return <StartNetwork fix={fix} />
}

function StartNetwork({ fix }: { readonly fix: Extract<PlanFix, { kind: 'start-network' }> }) {
  const { host, planAgain } = useWizard()
  const [isBusy, setBusy] = useState(false)
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
