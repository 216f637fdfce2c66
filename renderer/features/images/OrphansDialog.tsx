import { useState } from 'react'
import { errorData, AppError, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { Orphan } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { hostLabel } from '../../stores/hosts'
import { claimTask } from '../../stores/task-claims'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { EmptyState } from '../../ui/EmptyState'
import { CheckIcon, SearchIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { listed } from './image-text'
import { OrphansTable } from './OrphansTable'
import './images.css'

const noRows: readonly Orphan[] = []

/** Images that no VM uses: what they take, and to be rid of them. Nothing is ticked until somebody does. */
export function OrphansDialog({ host }: { readonly host: HostId }) {
  const { value, error, isLoading, reload } = useAnswer(`orphans ${host}`, () =>
    api.storage.orphans({ host }),
  )
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [isSure, setSure] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorData>()
  const orphans = value?.orphans ?? noRows
  const chosen = orphans.filter(({ path }) => ticked.has(path))
  const gain = chosen.reduce((sum, { allocationBytes }) => sum + allocationBytes, 0)
  const what = chosen.length === 1 ? '1 image' : `${chosen.length} images`

  const remove = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await deleteAll(host, chosen)
      setTicked(new Set())
    } catch (reason) {
      setFailure(errorData(reason))
    } finally {
      setBusy(false)
      setSure(false)
      reload()
    }
  }
  return (
    <Dialog
      title={`Unused images on ${hostLabel(host)}`}
      icon={SearchIcon}
      width={860}
      onClose={closeDialog}
      footer={
        isSure ? (
          <>
            <span className="push">
              Delete {what} for good? {formatBytes(gain)} become free.
            </span>
            <Button onPress={() => setSure(false)} autoFocus>
              Keep them
            </Button>
            <Button variant="danger" isBusy={isBusy} onPress={() => void remove()}>
              Delete {what}
            </Button>
          </>
        ) : (
          <>
            <span className="push secondary" role="status">
              {chosen.length === 0 ? null : `${what}, ${formatBytes(gain)}`}
            </span>
            <Button onPress={closeDialog}>Close</Button>
            <Button
              variant="danger"
              disabledReason={chosen.length === 0 ? 'Tick what is not needed any more' : undefined}
              onPress={() => setSure(true)}
            >
              Delete…
            </Button>
          </>
        )
      }
    >
      <div className="image-orphans">
        {failure ? <ErrorBox error={failure} /> : null}
        {error ? (
          <ErrorBox
            error={error}
            title="Unused images could not be looked for"
            actions={
              <Button isDisabled={isLoading} onPress={reload}>
                Try again
              </Button>
            }
          />
        ) : null}
        {!value && !error ? (
          <p className="secondary image-wait" role="status">
            <Spinner size={14} /> Looking who uses which image…
          </p>
        ) : null}
        {value && orphans.length === 0 ? (
          <EmptyState icon={CheckIcon} title="Every image is in use">
            No image in the running pools of this host is without a VM, a snapshot or an image that needs it.
          </EmptyState>
        ) : null}
        {value && value.unread.length > 0 ? (
          <Note tone="warning" title="Not everything could be looked at, so some of these may be in use">
            <span>{listed(value.unread)}</span>
          </Note>
        ) : null}
        {orphans.length > 0 ? (
          <>
            <p className="secondary">
              No VM, snapshot or other image of this host uses these. Programs that libvirt does not know, and
              VMs of other hosts that share a pool, are not looked at.
            </p>
            <OrphansTable
              orphans={orphans}
              ticked={ticked}
              isDisabled={isBusy || isSure}
              onChange={setTicked}
            />
          </>
        ) : null}
      </div>
    </Dialog>
  )
}

/** A task for each pool. What came into use since is kept, and told. */
async function deleteAll(host: HostId, orphans: readonly Orphan[]): Promise<void> {
  const byPool = new Map<string, string[]>()
  for (const { pool, volume } of orphans) byPool.set(pool, [...(byPool.get(pool) ?? []), volume])
  let failed: ErrorData | undefined
  for (const [pool, volumes] of byPool) {
    const claim = await claimTask(() => api.storage.deleteVolumes({ host, pool, volumes, evenUsed: [] }))
    failed = (await claim.ended).error ?? failed
  }
  if (failed) throw AppError.from(failed)
}
