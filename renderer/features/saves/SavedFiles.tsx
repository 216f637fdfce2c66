import { useEffect, useEffectEvent, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { SavedFiles as Found, SavedFile } from '../../../shared/model/save/saved-state'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { onTaskEnd } from '../../stores/tasks'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { TrashIcon } from '../../ui/icons/general'
import { SaveIcon } from '../../ui/icons/power'
import { MiddleTruncate } from '../../ui/MiddleTruncate'
import { Spinner } from '../../ui/Spinner'
import { useVmChanges } from '../hosts/use-vm-changes'
import { FolderField } from './FolderField'
import { SavedRow, SavedTable } from './SavedTable'

/** Files with memory in a folder of the host, which its user may change. */
export function SavedFiles({ host, lockedReason }: { host: HostId; lockedReason: string | undefined }) {
  const [folder, setFolder] = useState<string>()
  const [typed, setTyped] = useState<string>()
  const answer = useAnswer(`saved files ${host} ${folder ?? ''}`, () =>
    api.saves.files({ host, ...(folder === undefined ? {} : { folder }) }),
  )
  useVmChanges(host, answer.reload)
  const again = useEffectEvent(answer.reload)
  useEffect(
    () =>
      onTaskEnd((task) => {
        if (task.host === host && task.kind.startsWith('saves.')) again()
      }),
    [host],
  )
  const { value, error, isLoading, reload } = answer
  const shown = typed ?? value?.folder ?? folder ?? ''
  const look = (wanted: string): void => {
    const next = wanted.trim().replace(/(.)\/+$/, '$1')
    if (next === (folder ?? value?.folder)) reload()
    else setFolder(next)
    setTyped(undefined)
  }
  return (
    <>
      <form
        className="saves-folder"
        onSubmit={(event) => {
          event.preventDefault()
          look(shown)
        }}
      >
        <FolderField
          host={host}
          label="Folder on the host"
          value={shown}
          folders={value?.folders ?? []}
          onChange={(text) => {
            if (value?.folders.some(({ path }) => path === text)) look(text)
            else setTyped(text)
          }}
        />
        <Button type="submit" isBusy={isLoading} keepsFocus>
          Look
        </Button>
      </form>
      {error ? <ErrorBox error={error} title="The folder could not be looked at" /> : null}
      {value ? (
        <FilesFound host={host} found={value} lockedReason={lockedReason} />
      ) : error ? null : (
        <p className="host-waiting" role="status">
          <Spinner /> Looking for saved states…
        </p>
      )}
    </>
  )
}

interface FoundProps {
  readonly host: HostId
  readonly found: Found
  readonly lockedReason: string | undefined
}

function FilesFound({ host, found, lockedReason }: FoundProps) {
  const { folder, folders, files, error, isTruncated } = found
  const isInPool = folders.some(({ path, pool }) => path === folder && pool !== undefined)
  if (error) return <ErrorBox error={error} title={`${folder || 'The folder'} could not be looked at`} />
  return (
    <>
      {files.length === 0 ? (
        <EmptyState icon={SaveIcon} title="No saved states in this folder">
          “Save to file…” in the menu of a running VM makes one. Files of virsh save are shown as well.
        </EmptyState>
      ) : (
        <SavedTable label="Saved states in files" where="File">
          {files.map((file) => (
            <FileRow
              key={file.path}
              host={host}
              file={file}
              isInPool={isInPool}
              lockedReason={lockedReason}
            />
          ))}
        </SavedTable>
      )}
      {isTruncated ? (
        <p className="secondary">There are more files in this folder than were looked at.</p>
      ) : null}
    </>
  )
}

/** Of the name of a file: the time in it, and what kind it is. */
const endLength = 14

interface RowProps {
  readonly host: HostId
  readonly file: SavedFile
  readonly isInPool: boolean
  readonly lockedReason: string | undefined
}

function FileRow({ host, file, isInPool, lockedReason }: RowProps) {
  const { path, name, memoryBytes, savedAtMs, sizeBytes } = file
  const fileName = path.slice(path.lastIndexOf('/') + 1)
  return (
    <SavedRow
      host={host}
      of={{ kind: 'file', path }}
      vmName={name}
      about={fileName}
      where={
        <span className="mono selectable">
          <MiddleTruncate text={fileName} tailLength={endLength} />
        </span>
      }
      sizeBytes={sizeBytes}
      memoryBytes={memoryBytes}
      savedAtMs={savedAtMs}
      lockedReason={lockedReason}
      restoreLabel="Restore…"
      onRestore={() => openDialog({ kind: 'restoreFile', host, path })}
      entries={[
        {
          id: 'delete',
          label: 'Delete file…',
          icon: TrashIcon,
          isDanger: true,
          disabledReason:
            lockedReason ??
            (isInPool
              ? undefined
              : 'The folder is of no storage pool, and the host deletes files of its pools only'),
          run: () => openDialog({ kind: 'deleteSavedFile', host, file }),
        },
      ]}
    />
  )
}
