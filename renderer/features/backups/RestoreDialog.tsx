import { useState } from 'react'
import type { Backup, HostBackups } from '../../../shared/model/backups/backup'
import type { VmRef } from '../../../shared/model/ids'
import { vmName } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { useBriefTask } from '../../stores/use-brief-task'
import { useVms } from '../../stores/vms'
import { PlusIcon } from '../../ui/icons/general'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { timeText } from './words'

/** As a new VM: the one that was backed up stays as it is. */
export function RestoreDialog({
  target,
  view,
  backup,
}: {
  target: VmRef
  view: HostBackups
  backup: Backup
}) {
  const byKey = useVms((state) => state.byKey)
  const taken = new Set([...byKey.values()].filter(({ host }) => host === target.host).map((vm) => vm.name))
  const [name, setName] = useState(() => freeVmName(`${backup.vmName}-restored`, taken))
  const [toPool, setToPool] = useState(backup.pool)
  const run = useBriefTask()
  const checked = vmName.safeParse(name)
  const nameError = checked.success
    ? taken.has(checked.data)
      ? 'There is a VM of this name'
      : undefined
    : checked.error.issues[0]?.message
  return (
    <ConfirmDialog
      title={`Restore ${backup.vmName} as a new VM`}
      confirmLabel="Restore"
      icon={PlusIcon}
      width={520}
      canConfirm={nameError === undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() =>
          api.backups.restore({ ...target, pool: backup.pool, id: backup.id, name: name.trim(), toPool }),
        )
        closeDialog()
      }}
    >
      <p className="secondary">
        As it was on {timeText(backup.atMs)}. Its disks are copied, and it gets addresses of its own. It is
        off afterwards; passwords of its console are not in the backup, and UEFI variables are made anew.
      </p>
      <TextField label="Name of the new VM" value={name} onChange={setName} autoFocus error={nameError} />
      <Select
        label="Its disks go to"
        value={toPool}
        onChange={setToPool}
        options={view.pools.map((one) => ({
          id: one.name,
          label: one.name,
          ...(one.freeBytes === undefined ? {} : { hint: `${formatBytes(one.freeBytes)} free` }),
        }))}
      />
    </ConfirmDialog>
  )
}

function freeVmName(stem: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if (!taken.has(name)) return name
  }
}
