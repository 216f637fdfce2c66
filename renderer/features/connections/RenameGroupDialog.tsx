import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHosts } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { FolderIcon } from '../../ui/icons/objects'
import { TextField } from '../../ui/TextField'
import { groupNames } from './host-draft'

export function RenameGroupDialog({ group }: { group: string }) {
  const byId = useHosts((state) => state.byId)
  const order = useHosts((state) => state.order)
  const [name, setName] = useState(group)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const wanted = name.trim()
  const others = groupNames(order.flatMap((id) => byId[id] ?? [])).filter((other) => other !== group)
  const submit = async (): Promise<void> => {
    if (isBusy || wanted === '') return
    setBusy(true)
    try {
      if (wanted !== group) {
        // folded or not is kept by name
        const folded = useRemembered.getState().foldedGroups
        remember({ foldedGroups: folded.map((other) => (other === group ? wanted : other)) })
        await api.hosts.renameGroup({ group, name: wanted })
      }
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Rename group ${group}`}
      icon={FolderIcon}
      width={400}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy} isDisabled={wanted === ''} keepsFocus>
            Rename
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        autoFocus
        value={name}
        onChange={setName}
        {...(others.includes(wanted) ? { hint: 'There is a group of this name: the two become one.' } : {})}
      />
      {error ? <ErrorBox error={error} title="The group was not renamed" /> : null}
    </Dialog>
  )
}
