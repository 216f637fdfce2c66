import { vmKey, type VmRef } from '../../../shared/model/ids'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { savesOf, useKnownSaves } from '../../stores/known-saves'
import { useVms, vmsAt } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { PlayIcon } from '../../ui/icons/power'
import { perform } from '../vm-actions/run'
import { whenText } from './words'
import './saves.css'

/** Their memory is in files: to start them is to throw it away, though the host itself would not say so. */
export function StartSavedDialog({
  targets,
  action,
}: {
  targets: readonly VmRef[]
  action: 'start' | 'startPaused'
}) {
  const byKey = useVms((state) => state.byKey)
  const { saves } = useKnownSaves()
  const vms = vmsAt(byKey, targets.map(vmKey))
  const saved = vms.flatMap((vm) =>
    savesOf(saves, { host: vm.host, vm: vm.id }).map((save) => ({ ...save, name: vm.name })),
  )
  const [first] = saved
  const one = vms.length === 1 ? vms[0] : undefined
  return (
    <ConfirmDialog
      title={one ? `Boot ${one.name} anew?` : `Start ${vms.length} virtual machines?`}
      confirmLabel="Start anyway"
      tone="danger"
      icon={PlayIcon}
      width={560}
      onClose={closeDialog}
      onConfirm={async () => {
        closeDialog()
        await Promise.all(targets.map((ref) => perform(action, ref)))
      }}
      extraButtons={
        one && first ? (
          <Button
            className="push"
            onPress={() => openDialog({ kind: 'restoreFile', host: first.host, path: first.path })}
          >
            Restore instead…
          </Button>
        ) : null
      }
    >
      <p>
        Saved to a file, and not on since. Started now, the guest boots, writes to its disks, and the file no
        longer fits them: what was in its memory is lost.
      </p>
      <ul className="vm-list-confirm">
        {saved.map(({ host, name, path, savedAtMs }) => (
          <li key={`${host} ${path}`}>
            <strong>{name}</strong> on {hostLabel(host)}: <span className="mono selectable">{path}</span>,{' '}
            {whenText(savedAtMs)}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}
