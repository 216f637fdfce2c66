import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { Host } from '../../../shared/model/host'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { useClaimedTask } from '../../stores/use-claimed-task'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { DiskIcon } from '../../ui/icons/hardware'
import { loadPools } from './pools'

const usualFolder = '/var/lib/libvirt/images'

interface Props {
  readonly host: Host
  readonly lockedReason: string | undefined
}

/** A host without pools: the usual one is a click away. */
export function NoPools({ host, lockedReason }: Props) {
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setBusy] = useState(false)
  const run = useClaimedTask()
  // a user's own libvirt keeps its images in that user's home, which only the host knows
  const isSession =
    host.status.kind === 'connected' && host.status.info.connectedUri.split('?')[0]?.endsWith('/session')
  const openForm = (): void => openDialog({ kind: 'storage', host: host.id, ask: { kind: 'createPool' } })
  const create = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await run(() =>
        api.storage.createPool({
          host: host.id,
          values: { name: 'default', type: 'dir', path: usualFolder },
          build: 'build',
          start: true,
          autostart: true,
        }),
      )
      await loadPools(host.id)
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="storage-first">
      <EmptyState
        icon={DiskIcon}
        title="No storage pools yet"
        actions={
          isSession ? (
            <Button variant="primary" disabledReason={lockedReason} onPress={openForm}>
              New pool…
            </Button>
          ) : (
            <>
              <Button
                variant="primary"
                disabledReason={lockedReason}
                isBusy={isBusy}
                onPress={() => void create()}
              >
                Create the default pool
              </Button>
              <Button disabledReason={lockedReason} onPress={openForm}>
                Another pool…
              </Button>
            </>
          )
        }
      >
        {isSession
          ? 'A pool is a place on the host where the disks of VMs are kept. A folder will do.'
          : `A pool is a place on the host where the disks of VMs are kept. Usually it is the folder ${usualFolder}, which starts with the host.`}
      </EmptyState>
      {error ? <ErrorBox error={error} title="The pool was not created" /> : null}
    </div>
  )
}
