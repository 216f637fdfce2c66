import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { refOf } from '../../stores/vms'
import { TrashIcon } from '../../ui/icons/general'
import { PlayIcon } from '../../ui/icons/power'
import { runAction } from '../vm-actions/run'
import { SavedRow, SavedTable } from './SavedTable'

interface Props {
  readonly vms: readonly Vm[]
  readonly isConnected: boolean
  readonly lockedReason: string | undefined
}

/** What the host keeps with its VMs. */
export function ManagedSaves({ vms, isConnected, lockedReason }: Props) {
  if (vms.length === 0)
    return <p className="secondary">No VM of this host has a saved state. “Save state” makes one.</p>
  return (
    <SavedTable label="Saved states of VMs" where="Where">
      {vms.map((vm) => (
        <ManagedRow key={vm.id} vm={vm} isConnected={isConnected} lockedReason={lockedReason} />
      ))}
    </SavedTable>
  )
}

function ManagedRow({ vm, isConnected, lockedReason }: Omit<Props, 'vms'> & { readonly vm: Vm }) {
  const { value } = useAnswer(`managed save ${vm.host} ${vm.id}`, () => api.saves.managed(refOf(vm)), {
    isWanted: isConnected,
  })
  return (
    <SavedRow
      host={vm.host}
      of={{ kind: 'managed', vm: vm.id }}
      vmName={vm.name}
      about={vm.name}
      where="With the VM"
      sizeBytes={value?.sizeBytes}
      memoryBytes={vm.maxMemoryBytes}
      savedAtMs={value?.savedAtMs}
      lockedReason={lockedReason}
      restoreLabel="Restore"
      onRestore={() => runAction('restore', [vm])}
      entries={[
        {
          id: 'startAfresh',
          label: 'Start afresh…',
          icon: PlayIcon,
          isDanger: true,
          disabledReason: lockedReason,
          run: () => runAction('startAfresh', [vm]),
        },
        {
          id: 'discard',
          label: 'Discard…',
          icon: TrashIcon,
          isDanger: true,
          disabledReason: lockedReason,
          run: () => runAction('discardSaved', [vm]),
        },
      ]}
    />
  )
}
