import type { HostId } from '../../../shared/model/ids'
import type { LeftFile, UnfinishedCreation } from '../../../shared/model/new-vm/unfinished'
import { wishesOfInput } from '../../../shared/model/new-vm/wishes-of-input'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { useClaimedTask } from '../../stores/use-claimed-task'
import { TrashIcon } from '../../ui/icons/general'
import { bytesOf, countText, removable } from './words'
import './unfinished.css'

interface Props {
  readonly host: HostId
  readonly creation: UnfinishedCreation
  /** What follows when it is gone. */
  readonly next: 'nothing' | 'again'
}

/** Every file that goes and every one that stays, before anything is removed. */
export function CleanUpDialog({ host, creation, next }: Props) {
  const { id, name, again } = creation
  const run = useClaimedTask()
  const gone = removable(creation)
  const kept = creation.files.filter(({ keptBecause }) => keptBecause !== undefined)
  const isAgain = next === 'again'
  return (
    <ConfirmDialog
      title={isAgain ? `Start ${name} again?` : `Remove what is left of ${name}?`}
      confirmLabel={labelOf(gone.length, isAgain)}
      tone={gone.length === 0 ? 'plain' : 'danger'}
      icon={TrashIcon}
      width={580}
      onClose={closeDialog}
      onConfirm={async () => {
        const files = gone.map(({ pool, volume }) => ({ pool, volume }))
        await run(() => api.newVm.cleanUp({ host, id, files }))
        if (isAgain) beginAgain(host, creation)
        else closeDialog()
      }}
    >
      {gone.length === 0 ? null : (
        <>
          <p>
            {`${countText(gone.length)} of ${formatBytes(bytesOf(gone))} ${gone.length === 1 ? 'is' : 'are'} removed from ${hostLabel(host)}. This cannot be undone.`}
          </p>
          <Files label="Removed" files={gone} />
        </>
      )}
      {kept.length === 0 ? null : (
        <>
          <p>These stay:</p>
          <Files label="Kept" files={kept} />
        </>
      )}
      {isAgain ? (
        <p className="secondary">
          {again
            ? `Then the wizard opens with the same choices.${again.without.length === 0 ? '' : ` To be entered anew, as they are never kept: ${again.without.join(', ')}.`}`
            : 'Then the page for clones opens.'}
        </p>
      ) : null}
    </ConfirmDialog>
  )
}

function labelOf(count: number, isAgain: boolean): string {
  if (count === 0) return 'Start again'
  return isAgain ? `Remove ${countText(count)} and start again` : `Remove ${countText(count)}`
}

function beginAgain(host: HostId, { again, cloneOf }: UnfinishedCreation): void {
  if (again)
    openDialog({
      kind: 'newVm',
      host,
      begin: { wishes: wishesOfInput(again.input), without: again.without },
    })
  else if (cloneOf !== undefined) openDialog({ kind: 'cloneVm', ref: { host, vm: cloneOf } })
  else closeDialog()
}

function Files({ label, files }: { readonly label: string; readonly files: readonly LeftFile[] }) {
  return (
    <ul className="cut-off-files" aria-label={label}>
      {files.map(({ pool, volume, path, sizeBytes, isPartial, keptBecause }) => (
        <li key={`${pool}/${volume}`}>
          <span className="mono selectable">{path ?? `${pool}/${volume}`}</span>
          <span className="secondary">
            {[
              ...(sizeBytes === undefined ? [] : [formatBytes(sizeBytes)]),
              ...(isPartial ? ['perhaps only a part'] : []),
              ...(keptBecause === undefined ? [] : [keptBecause]),
            ].join(', ')}
          </span>
        </li>
      ))}
    </ul>
  )
}
