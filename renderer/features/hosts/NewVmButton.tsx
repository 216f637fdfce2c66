import type { HostId } from '../../../shared/model/ids'
import { useHosts } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { PlusIcon } from '../../ui/icons/general'
import { hostForNewVm, openNewVm, whyNoNewVm } from './new-vm-entry'

interface Props {
  /** Absent: the first host that takes one; another can be chosen in the dialog. */
  readonly host?: HostId | undefined
  readonly variant?: 'plain' | 'primary'
}

/** Opens the wizard, or says why no VM can be made now. */
export function NewVmButton({ host: id, variant = 'plain' }: Props) {
  const host = useHosts((hosts) =>
    hostForNewVm(hosts, id === undefined ? { kind: 'all' } : { kind: 'host', host: id }),
  )
  const why = whyNoNewVm(host)
  return (
    <Button
      icon={PlusIcon}
      variant={variant}
      disabledReason={why}
      tooltip="New VM"
      shortcut="Ctrl+N"
      onPress={() => host && openNewVm(host.id)}
    >
      New VM…
    </Button>
  )
}
