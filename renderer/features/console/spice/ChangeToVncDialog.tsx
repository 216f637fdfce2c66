import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { HardwareView } from '../../../../shared/model/hardware/view'
import type { VmRef } from '../../../../shared/model/ids'
import { ErrorBox } from '../../../components/ErrorBox'
import { showToast } from '../../../stores/toasts'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { changeHardware } from '../change-hardware'
import { changeToVnc } from './to-vnc'

interface Props {
  readonly vm: VmRef
  readonly name: string
  readonly hardware: HardwareView
  readonly onClose: () => void
}

/** Says what goes with SPICE, then changes the VM as its hardware page would. */
export function ChangeToVncDialog({ vm, name, hardware, onClose }: Props) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorData>()
  const change = changeToVnc(hardware)

  const apply = async (): Promise<void> => {
    if (!change) return
    setBusy(true)
    setFailure(undefined)
    try {
      const outcome = await changeHardware(vm, hardware.base, [...change.changes], 'next-start')
      if (outcome.kind === 'conflict')
        throw new Error('It was changed elsewhere meanwhile. Close this and look again.')
      showToast({
        tone: 'success',
        title: hardware.isRunning ? `${name} has VNC from its next start` : `${name} has VNC now`,
      })
      onClose()
    } catch (error) {
      setFailure(errorData(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Change ${name} to VNC?`}
      role="alertdialog"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            disabledReason={change ? undefined : 'It has no SPICE display any more'}
            onPress={() => void apply()}
          >
            Change to VNC
          </Button>
        </>
      }
    >
      <p>
        Its screen can then be shown here.{' '}
        {hardware.isRunning ? 'The VM keeps SPICE until it is shut off and started again.' : ''} These go with
        SPICE:
      </p>
      <ul className="console-lost">
        {change?.lost.map((what) => (
          <li key={what}>{what}</li>
        ))}
      </ul>
      {failure === undefined ? null : <ErrorBox error={failure} />}
    </Dialog>
  )
}
