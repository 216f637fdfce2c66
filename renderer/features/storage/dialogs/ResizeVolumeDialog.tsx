import { useState } from 'react'
import type { HostId } from '../../../../shared/model/ids'
import type { ImageUser } from '../../../../shared/model/storage/volume'
import { whyNotResized } from '../../../../shared/model/storage/volume-abilities'
import { formatBytes } from '../../../../shared/units'
import { api } from '../../../api/client'
import { CommandBlock } from '../../../components/CommandBlock'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { Checkbox } from '../../../ui/Checkbox'
import { Disclosure } from '../../../ui/Disclosure'
import { ResizeIcon } from '../../../ui/icons/storage'
import { Note } from '../../../ui/Note'
import { SizeField } from '../../../ui/SizeField'
import { usePool } from '../pools'
import { Facts, UserList, Waiting } from './parts'
import { useBriefTask } from '../../../stores/use-brief-task'
import { useVolume } from './use-volume'

interface Props {
  readonly host: HostId
  readonly pool: string
  readonly volume: string
}

/** Larger, or smaller with the loss said; and what remains to be done inside the guest. */
export function ResizeVolumeDialog({ host, pool: poolName, volume: name }: Props) {
  const answer = useVolume(host, poolName, name)
  const { value: state } = answer
  const pool = usePool(host, poolName)
  const [size, setSize] = useState<number | string>()
  const [isAllocated, setAllocated] = useState(false)
  const [isSure, setSure] = useState(false)
  const run = useBriefTask()
  const now = state?.volume.capacityBytes
  const wanted = size ?? now
  const isShrinking = typeof wanted === 'number' && now !== undefined && wanted < now
  const sizeError =
    typeof wanted !== 'number'
      ? wanted === undefined || size === undefined
        ? undefined
        : 'Enter a size such as 20'
      : wanted < 512
        ? 'Enter a larger size'
        : undefined
  const isBase = state?.users.some(({ kind }) => kind === 'image' || kind === 'backing') ?? false
  const whyNot = isBase
    ? 'Other images are built on it. Resize the one on top instead.'
    : state && whyNotResized(state.volume.format)
  const running = state?.users.filter(({ isRunning }) => isRunning) ?? []
  const growth = typeof wanted === 'number' && now !== undefined ? wanted - now : 0
  const isTight = isAllocated && pool?.availableBytes !== undefined && growth > pool.availableBytes
  return (
    <ConfirmDialog
      title={`Resize ${name}`}
      confirmLabel={isShrinking ? 'Shrink' : 'Resize'}
      tone={isShrinking ? 'danger' : 'plain'}
      icon={ResizeIcon}
      width={520}
      canConfirm={
        whyNot === undefined &&
        typeof wanted === 'number' &&
        wanted !== now &&
        sizeError === undefined &&
        !isTight &&
        (!isShrinking || (isSure && running.length === 0))
      }
      onClose={closeDialog}
      onConfirm={async () => {
        if (typeof wanted !== 'number') return
        await run(() =>
          api.storage.resizeVolume({
            host,
            pool: poolName,
            volume: name,
            capacityBytes: wanted,
            allocate: isAllocated && !isShrinking && running.length === 0,
            shrink: isShrinking,
          }),
        )
        closeDialog()
      }}
    >
      {state === undefined ? (
        <Waiting text="Reading the volume…" answer={answer} failure="The volume could not be read" />
      ) : (
        <>
          <Facts
            facts={[
              ['Format', state.volume.format ?? state.volume.type],
              ['Capacity now', formatBytes(state.volume.capacityBytes)],
              ...(pool?.availableBytes === undefined
                ? []
                : [['Free in the pool', formatBytes(pool.availableBytes)] as const]),
            ]}
          />
          {whyNot === undefined ? null : <Note tone="warning" title={whyNot} />}
          <SizeField
            label="New capacity"
            value={wanted}
            onChange={(next) => setSize(next ?? '')}
            error={sizeError ?? (isTight ? 'The pool has less space than this left' : undefined)}
            isDisabled={whyNot !== undefined}
          />
          {growth > 0 && running.length === 0 ? (
            <Checkbox isSelected={isAllocated} onChange={setAllocated}>
              Take all of the space now, so that the guest never finds the pool full
            </Checkbox>
          ) : null}
          {isShrinking ? (
            <Note tone="warning" title="What lies behind the new end is lost">
              <span>
                First make the partitions and file systems inside the guest smaller than the new capacity.
              </span>
              <Checkbox isSelected={isSure} onChange={setSure}>
                The guest no longer uses what is cut off
              </Checkbox>
            </Note>
          ) : null}
          {running.length === 0 ? null : <Running users={running} isShrinking={isShrinking} />}
          {isShrinking ? null : <GuestSteps target={state.users[0]?.target} />}
        </>
      )}
    </ConfirmDialog>
  )
}

function Running({ users, isShrinking }: { users: readonly ImageUser[]; isShrinking: boolean }) {
  return (
    <Note
      tone={isShrinking ? 'warning' : 'info'}
      title={
        isShrinking
          ? 'A disk that a VM runs with cannot be made smaller'
          : 'A VM runs with this disk and sees the new size at once'
      }
    >
      <UserList label="VMs that run with it" users={users} />
      {isShrinking ? <span>Shut it down first.</span> : null}
    </Note>
  )
}

/** The disk gets larger, what is on it does not. */
function GuestSteps({ target = 'vda' }: { target: string | undefined }) {
  return (
    <Disclosure summary="Then, inside the guest">
      <div className="guest-steps">
        <p>
          The guest sees a larger disk; its partition and file system keep their size until they are grown.
          For the first partition of a Linux guest, with ext4 or XFS:
        </p>
        <CommandBlock
          text={`growpart /dev/${target} 1\nresize2fs /dev/${target}1\n# or, for XFS:\nxfs_growfs /`}
          what="commands"
        />
        <p>With LVM: pvresize, then lvextend -r. In Windows: Disk Management, Extend volume.</p>
      </div>
    </Disclosure>
  )
}
