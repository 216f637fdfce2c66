import type { HostId } from '../../../shared/model/ids'
import type { SavedFile } from '../../../shared/model/save/saved-state'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { savesOf, useKnownSaves } from '../../stores/known-saves'
import { useClaimedTask } from '../../stores/use-claimed-task'
import { TrashIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { whenText } from './words'

interface Props {
  readonly host: HostId
  readonly file: SavedFile
}

export function DeleteSavedFileDialog({ host, file }: Props) {
  const { path, name, vm, memoryBytes, sizeBytes, savedAtMs } = file
  const run = useClaimedTask()
  const { saves } = useKnownSaves()
  const isOnlyOne = savesOf(saves, { host, vm }).some((one) => one.path === path)
  return (
    <ConfirmDialog
      title={`Delete ${path.slice(path.lastIndexOf('/') + 1)}?`}
      confirmLabel="Delete"
      tone="danger"
      icon={TrashIcon}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.saves.delete({ host, path }))
        closeDialog()
      }}
    >
      <p>
        {`Lost: ${formatBytes(memoryBytes)} of memory of ${name}`}
        {savedAtMs === undefined ? '' : `, saved on ${whenText(savedAtMs)}`}.
        {sizeBytes === undefined ? '' : ` ${formatBytes(sizeBytes)} become free.`}
      </p>
      <p className="secondary">
        <span className="mono selectable">{path}</span> on {hostLabel(host)}.
      </p>
      {isOnlyOne ? (
        <Note tone="warning" title={`${name} has not been on since`}>
          What it had not yet written to its disks is in this file alone.
        </Note>
      ) : null}
    </ConfirmDialog>
  )
}
