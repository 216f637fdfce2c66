import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHost, useHosts } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { ComboField } from '../../ui/ComboField'
import { Dialog } from '../../ui/Dialog'
import { FolderIcon } from '../../ui/icons/objects'
import { groupNames } from './host-draft'

/** Puts a host into a group, one there is or a new one. */
export function MoveHostDialog({ id }: { id: HostId }) {
  const host = useHost(id)
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  const [group, setGroup] = useState(host?.group ?? '')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  if (!host) return null
  const submit = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    try {
      await api.hosts.update({ host: id, group: group.trim() })
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Move ${host.label}`}
      icon={FolderIcon}
      width={400}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Move
          </Button>
        </>
      }
    >
      <ComboField
        label="Group"
        placeholder="None"
        autoFocus
        value={group}
        options={groupNames(order.flatMap((other) => byId[other] ?? []))}
        onChange={setGroup}
        hint="A new name makes a new group; left empty, the host stands by itself."
      />
      {error ? <ErrorBox error={error} title={`${host.label} was not moved`} /> : null}
    </Dialog>
  )
}
