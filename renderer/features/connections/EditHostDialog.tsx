import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { PencilIcon } from '../../ui/icons/general'
import { TextField } from '../../ui/TextField'
import './connections.css'

export function EditHostDialog({ id }: { id: HostId }) {
  const host = useHost(id)
  const [label, setLabel] = useState(host?.label ?? '')
  const [autoconnect, setAutoconnect] = useState(host?.autoconnect ?? true)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  if (!host) return null
  const submit = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    try {
      await api.hosts.update({ host: id, label: label.trim(), autoconnect })
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Edit ${host.label}`}
      icon={PencilIcon}
      width={440}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Save
          </Button>
        </>
      }
    >
      <TextField
        label="Name in the list"
        autoFocus
        value={label}
        onChange={setLabel}
        hint="Left empty, the list shows the host’s address."
      />
      <div className="field">
        <span className="field-label">Connection URI</span>
        <span className="mono selectable">{host.uri}</span>
        <span className="field-hint">To use another URI, add it as a new host and remove this one.</span>
      </div>
      <Checkbox isSelected={autoconnect} onChange={setAutoconnect}>
        Connect when Innkeeper starts
      </Checkbox>
      {error ? <ErrorBox error={error} title="The changes were not saved" /> : null}
    </Dialog>
  )
}
