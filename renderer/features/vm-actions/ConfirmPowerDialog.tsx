import { useState } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { PowerAction } from '../../../shared/model/vm'
import { closeDialog, openDialog, type DialogRequest } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { useVms, vmsAt } from '../../stores/vms'
import { Checkbox } from '../../ui/Checkbox'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { StateIcon } from '../../components/StateIcon'
import { vmActions } from './actions'
import { LostMemory } from './LostMemory'
import { perform } from './run'

const warnings: Partial<Record<PowerAction, string>> = {
  forceOff: 'This is like pulling the power plug: unsaved data is lost, and file systems may need a repair.',
  reset: 'This is like pressing the reset button: unsaved data is lost, and file systems may need a repair.',
  discardSaved: 'The saved memory is deleted. The next start boots from scratch; unsaved data in it is lost.',
  startAfresh: 'The saved memory is deleted and the guest boots from scratch; unsaved data in it is lost.',
  shutdown: 'Each guest is asked to shut down.',
  reboot: 'Each guest is asked to reboot.',
}

interface Props {
  readonly action: PowerAction
  readonly refs: readonly VmRef[]
  readonly next: DialogRequest | undefined
}

export function ConfirmPowerDialog({ action, refs, next }: Props) {
  const byKey = useVms((state) => state.byKey)
  const [isSkipped, setSkipped] = useState(false)
  const vms = vmsAt(byKey, refs.map(vmKey))
  const { label, icon, isDanger = false } = vmActions[action]
  const [first] = vms
  const goOn = (): void => (next ? openDialog(next) : closeDialog())
  if (!first) return null
  const what = vms.length === 1 ? first.name : `${vms.length} virtual machines`
  return (
    <ConfirmDialog
      title={
        action === 'startAfresh'
          ? `Start ${what} afresh?`
          : `${label}${action === 'discardSaved' ? ' of' : ''} ${what}?`
      }
      confirmLabel={label}
      tone={isDanger ? 'danger' : 'plain'}
      icon={icon}
      onClose={goOn}
      onConfirm={async () => {
        if (isSkipped) {
          const { skipConfirm } = useRemembered.getState()
          remember({ skipConfirm: [...new Set([...skipConfirm, action])] })
        }
        goOn()
        await Promise.all(refs.map((ref) => perform(action, ref)))
      }}
    >
      <p>{warnings[action]}</p>
      {(action === 'discardSaved' || action === 'startAfresh') && vms.length === 1 ? (
        <LostMemory vm={first} />
      ) : null}
      {vms.length > 1 ? (
        <ul className="vm-list-confirm">
          {vms.map((vm) => (
            <li key={vm.id} className="confirm-vm">
              <StateIcon state={vm.state} size={12} />
              <span className="truncate">{vm.name}</span>
              <span className="confirm-host truncate">{hostLabel(vm.host)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="secondary">{`On ${hostLabel(first.host)}.`}</p>
      )}
      {isDanger && vms.length === 1 ? (
        <Checkbox isSelected={isSkipped} onChange={setSkipped}>
          Don’t ask again for a single virtual machine
        </Checkbox>
      ) : null}
    </ConfirmDialog>
  )
}
