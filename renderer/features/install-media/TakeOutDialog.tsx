import { useState } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { InstallMedia, InstallMedium, TakenOut } from '../../../shared/model/new-vm/install-media'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { expectOtherUses } from '../../form/host-data'
import { closeDialog } from '../../stores/dialogs'
import { answeredByTask } from '../../stores/task-claims'
import { useVm } from '../../stores/vms'
import { Checkbox } from '../../ui/Checkbox'
import { EjectIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { fileName, roleText } from './words'
import './install-media.css'

interface Props {
  readonly target: VmRef
  readonly found: InstallMedia
}

/** Each disc, what it was for, and what becomes of it. */
export function TakeOutDialog({ target, found }: Props) {
  const name = useVm(vmKey(target))?.name ?? 'the VM'
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const [deletes, setDeletes] = useState(true)
  const [left, setLeft] = useState<TakenOut['left']>()
  const { media, isRunning, base } = found
  const gone = media.filter(({ id }) => !kept.has(id))
  const deletable = gone.find(({ deletableBytes }) => deletableBytes !== undefined)
  if (left !== undefined && left.length > 0) return <Left name={name} left={left} />
  const confirm = async (): Promise<void> => {
    const result = await answeredByTask(
      ({ kind, host, vm }) =>
        (kind === 'vm.hardware' || kind === 'volume.delete') && host === target.host && vm === target.vm,
      () =>
        api.newVm.takeOutMedia({
          ...target,
          base,
          media: gone.map(({ id }) => id),
          deletesAnswers: deletes && deletable !== undefined,
        }),
    )
    expectOtherUses(target.host)
    if (result.left.length === 0) closeDialog()
    else setLeft(result.left)
  }
  return (
    <ConfirmDialog
      title={`Take the installation media out of ${name}?`}
      confirmLabel={labelOf(gone, deletes && deletable !== undefined)}
      icon={EjectIcon}
      width={560}
      canConfirm={gone.length > 0}
      onClose={closeDialog}
      onConfirm={confirm}
    >
      <p>
        The drives stay, and are empty then.{' '}
        {isRunning
          ? 'Do this when the installation has ended: an installer that still reads a disc would fail.'
          : 'It takes effect at the next start.'}
      </p>
      <ul className="take-out-list" aria-label="Media">
        {media.map((medium) => (
          <li key={medium.id}>
            <Checkbox
              isSelected={!kept.has(medium.id)}
              onChange={(goes) => setKept(without(kept, medium.id, goes))}
            >
              <span className="mono">{medium.place}</span>
              <span className="take-out-what secondary">{whatOf(medium)}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
      {deletable?.deletableBytes === undefined ? null : (
        <Checkbox isSelected={deletes} onChange={setDeletes}>
          {`Delete ${fileName(deletable.place)}, which was made for this VM (frees ${formatBytes(deletable.deletableBytes)})`}
        </Checkbox>
      )}
      <p className="secondary">
        Your own images are never deleted. What is taken out can be put back on the Hardware page
        {deletable && deletes ? '; a deleted file cannot' : ''}.
      </p>
    </ConfirmDialog>
  )
}

function Left({ name, left }: { readonly name: string; readonly left: TakenOut['left'] }) {
  return (
    <ConfirmDialog
      title={`Not everything is out of ${name} yet`}
      confirmLabel={undefined}
      icon={EjectIcon}
      width={560}
      onClose={closeDialog}
      onConfirm={async () => closeDialog()}
    >
      {left.map(({ place, why }) => (
        <Note key={`${place} ${why}`} tone="warning" title={fileName(place)}>
          {why}
        </Note>
      ))}
    </ConfirmDialog>
  )
}

function whatOf({ role, drive, keptBecause }: InstallMedium): string {
  return [
    roleText(role),
    drive === undefined ? 'in no drive any more' : `in ${drive}`,
    ...(keptBecause === undefined ? [] : [`its file stays: ${keptBecause}`]),
  ].join(', ')
}

function labelOf(gone: readonly InstallMedium[], deletes: boolean): string {
  const inDrives = gone.filter(({ drive }) => drive !== undefined).length
  if (inDrives === 0) return deletes ? 'Delete the file' : 'Take out'
  return deletes ? 'Take out and delete' : 'Take out'
}

function without(kept: ReadonlySet<string>, id: string, goes: boolean): ReadonlySet<string> {
  const next = new Set(kept)
  if (goes) next.delete(id)
  else next.add(id)
  return next
}
