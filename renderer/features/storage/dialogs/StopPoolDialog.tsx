import type { HostId } from '../../../../shared/model/ids'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { api } from '../../../api/client'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { ForceOffIcon } from '../../../ui/icons/power'
import { Note } from '../../../ui/Note'
import { usePool } from '../pools'
import { useBriefTask } from '../../../stores/use-brief-task'

/** Asked when VMs have disks in it, or when the pool would be gone. */
export function StopPoolDialog({ host, pool: name }: { host: HostId; pool: string }) {
  const pool = usePool(host, name)
  const run = useBriefTask()
  const detaches = poolTypeOf(pool?.type ?? '')?.detaches
  return (
    <ConfirmDialog
      title={`Stop pool ${name}?`}
      confirmLabel="Stop"
      icon={ForceOffIcon}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.storage.poolAction({ host, pool: name, action: 'stop' }))
        closeDialog()
      }}
    >
      <p>
        VMs that run keep the disks they have in it. Until it is started again its volumes are not listed, and
        no VM can be given one of them through the pool.
      </p>
      {detaches === undefined ? null : <Note tone="warning" title={detaches} />}
      {pool && !pool.isPersistent ? (
        <Note
          tone="warning"
          title="The host keeps no definition of this pool: it is gone when it is stopped."
        >
          Its volumes stay where they are. Copy its XML first if it shall come back.
        </Note>
      ) : null}
    </ConfirmDialog>
  )
}
