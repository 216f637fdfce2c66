import { useEffect, useEffectEvent, useState } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { SavedFile, SavedFiles } from '../../../shared/model/save/saved-state'
import type { Vm } from '../../../shared/model/vm'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { onTaskEnd } from '../../stores/tasks'
import { refOf, useVms } from '../../stores/vms'
import { Button, IconButton } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { MoreIcon, TrashIcon } from '../../ui/icons/general'
import { CodeIcon } from '../../ui/icons/hardware'
import { PlayIcon, RestoreIcon, SaveIcon } from '../../ui/icons/power'
import { MenuButton } from '../../ui/Menu'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { Card } from '../hosts/HostTab'
import { useVmChanges } from '../hosts/use-vm-changes'
import { whyLocked } from '../hosts/why-locked'
import { runAction } from '../vm-actions/run'
import { FolderField } from './FolderField'
import { whenText } from './words'
import './saves.css'

/** Guests whose memory is on the disks of a host: what the host keeps for its VMs, and files in folders. */
export function SavesTab({ host: id }: { host: HostId }) {
  const host = useHost(id)
  const byKey = useVms((state) => state.byKey)
  const saved = [...byKey.values()].filter((vm) => vm.host === id && vm.hasSavedState)
  if (!host) return null
  const lockedReason = whyLocked(host)
  const isConnected = host.status.kind === 'connected'
  return (
    <div className="host-tab" data-stale={isConnected ? undefined : true}>
      <p className="host-lead">
        A saved guest goes on where it was, with its programs and what they had not yet written. Started in
        any other way it boots anew, and what was in its memory is lost.
      </p>
      <Card title="Kept by the host" isWide>
        {saved.length === 0 ? (
          <p className="secondary">No VM of this host has a saved state. “Save state” makes one.</p>
        ) : (
          <ManagedTable vms={saved} lockedReason={lockedReason} />
        )}
      </Card>
      <Card
        title="In files"
        isWide
        aside={
          <Button
            icon={RestoreIcon}
            className="button-small"
            disabledReason={lockedReason}
            onPress={() => openDialog({ kind: 'restoreFile', host: id })}
          >
            Restore a file…
          </Button>
        }
      >
        {isConnected ? (
          <Files host={id} lockedReason={lockedReason} />
        ) : (
          <Note tone="info">Connect the host to see its files.</Note>
        )}
      </Card>
    </div>
  )
}

function ManagedTable({ vms, lockedReason }: { vms: readonly Vm[]; lockedReason: string | undefined }) {
  return (
    <table className="host-table saves-table" aria-label="Saved states of VMs">
      <thead>
        <tr>
          <th scope="col">VM</th>
          <th scope="col">Where</th>
          <th scope="col">Memory</th>
          <th scope="col">Saved</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {vms.map((vm) => (
          <ManagedRow key={vm.id} vm={vm} lockedReason={lockedReason} />
        ))}
      </tbody>
    </table>
  )
}

function ManagedRow({ vm, lockedReason }: { vm: Vm; lockedReason: string | undefined }) {
  const { value } = useAnswer(`managed save ${vm.host} ${vm.id}`, () => api.saves.managed(refOf(vm)), {
    isWanted: lockedReason !== 'The host is not connected',
  })
  return (
    <tr>
      <th scope="row">{vm.name}</th>
      <td>
        With the VM
        {value?.sizeBytes === undefined ? '' : `, ${formatBytes(value.sizeBytes)}`}
      </td>
      <td>{formatBytes(vm.maxMemoryBytes)}</td>
      <td>{whenText(value?.savedAtMs) ?? <span className="secondary">–</span>}</td>
      <td className="saves-actions">
        <div>
          <Button
            className="button-small"
            disabledReason={lockedReason}
            aria-label={`Restore ${vm.name}`}
            onPress={() => runAction('restore', [vm])}
          >
            Restore
          </Button>
          <MenuButton
            label={`Actions for ${vm.name}`}
            entries={[
              {
                id: 'definition',
                label: 'Edit saved definition…',
                icon: CodeIcon,
                disabledReason: lockedReason,
                run: () =>
                  openDialog({
                    kind: 'savedDefinition',
                    host: vm.host,
                    of: { kind: 'managed', vm: vm.id },
                    name: vm.name,
                  }),
              },
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
          >
            <IconButton icon={MoreIcon} label={`More for ${vm.name}`} className="button-small" />
          </MenuButton>
        </div>
      </td>
    </tr>
  )
}

function Files({ host, lockedReason }: { host: HostId; lockedReason: string | undefined }) {
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
  readonly found: SavedFiles
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
        <table className="host-table saves-table" aria-label="Saved states in files">
          <thead>
            <tr>
              <th scope="col">VM</th>
              <th scope="col">File</th>
              <th scope="col">Memory</th>
              <th scope="col">Saved</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <FileRow
                key={file.path}
                host={host}
                file={file}
                isInPool={isInPool}
                lockedReason={lockedReason}
              />
            ))}
          </tbody>
        </table>
      )}
      {isTruncated ? (
        <p className="secondary">There are more files in this folder than were looked at.</p>
      ) : null}
    </>
  )
}

interface RowProps {
  readonly host: HostId
  readonly file: SavedFile
  readonly isInPool: boolean
  readonly lockedReason: string | undefined
}

function FileRow({ host, file, isInPool, lockedReason }: RowProps) {
  const fileName = file.path.slice(file.path.lastIndexOf('/') + 1)
  return (
    <tr>
      <th scope="row">{file.name}</th>
      <td className="mono selectable" title={file.path}>
        {fileName}
        {file.sizeBytes === undefined ? '' : ` (${formatBytes(file.sizeBytes)})`}
      </td>
      <td>{formatBytes(file.memoryBytes)}</td>
      <td>{whenText(file.savedAtMs) ?? <span className="secondary">–</span>}</td>
      <td className="saves-actions">
        <div>
          <Button
            className="button-small"
            disabledReason={lockedReason}
            aria-label={`Restore ${fileName}`}
            onPress={() => openDialog({ kind: 'restoreFile', host, path: file.path })}
          >
            Restore…
          </Button>
          <MenuButton
            label={`Actions for ${fileName}`}
            entries={[
              {
                id: 'definition',
                label: 'Edit saved definition…',
                icon: CodeIcon,
                disabledReason: lockedReason,
                run: () =>
                  openDialog({
                    kind: 'savedDefinition',
                    host,
                    of: { kind: 'file', path: file.path },
                    name: fileName,
                  }),
              },
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
          >
            <IconButton icon={MoreIcon} label={`More for ${fileName}`} className="button-small" />
          </MenuButton>
        </div>
      </td>
    </tr>
  )
}
