import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { HostId } from '../../../../shared/model/ids'
import type { NetworkFilter } from '../../../../shared/model/networks/network'
import { api } from '../../../api/client'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { ErrorBox } from '../../../components/ErrorBox'
import { closeDialog } from '../../../stores/dialogs'
import { useClaimedTask } from '../../../stores/use-claimed-task'
import { TrashIcon } from '../../../ui/icons/general'
import { Note } from '../../../ui/Note'
import { openNetworkPage } from '../store'
import { NameList } from './UserNames'

/** A filter that is in use cannot go: says by whom. */
export function DeleteFilterDialog({ host, filter: name }: { host: HostId; filter: string }) {
  const { filter, error } = useFilter(host, name)
  const run = useClaimedTask()
  const users = filter?.usedBy ?? []
  return (
    <ConfirmDialog
      title={`Delete filter ${name}?`}
      confirmLabel={users.length > 0 ? undefined : 'Delete filter'}
      tone="danger"
      icon={TrashIcon}
      canConfirm={filter !== undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() => api.networks.deleteFilter({ host, filter: name }))
        openNetworkPage(host, undefined)
        closeDialog()
      }}
    >
      {error ? <ErrorBox error={error} title="The filter could not be read" /> : null}
      {users.length > 0 ? (
        <>
          <Note tone="warning" title="It is in use">
            <NameList names={users} />
          </Note>
          <p>
            A filter cannot be deleted while a network card or another filter names it. Choose another filter
            there first.
          </p>
        </>
      ) : (
        <p>Its rules are removed from the host. Nothing uses them. This cannot be undone.</p>
      )}
    </ConfirmDialog>
  )
}

interface Found {
  readonly filter?: NetworkFilter
  readonly error?: ErrorData
}

function useFilter(host: HostId, name: string): Found {
  const [found, setFound] = useState<Found>({})
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      try {
        const { items } = await api.networks.filters({ host })
        const filter = items.find((one) => one.name === name)
        if (isCurrent && filter) setFound({ filter })
      } catch (error) {
        if (isCurrent) setFound({ error: errorData(error) })
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
  }, [host, name])
  return found
}
