import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import { vmName } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useClaimedTask } from '../../stores/use-claimed-task'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { PencilIcon } from '../../ui/icons/general'
import { TextField } from '../../ui/TextField'

export function RenameDialog({ target }: { target: VmRef }) {
  const vm = useVm(vmKey(target))
  const [name, setName] = useState(vm?.name ?? '')
  const [isTouched, setTouched] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const run = useClaimedTask()
  if (!vm) return null
  const checked = vmName.safeParse(name)
  const problem = checked.success ? undefined : checked.error.issues[0]?.message
  const submit = async (): Promise<void> => {
    setTouched(true)
    if (!checked.success || isBusy) return
    if (checked.data === vm.name) return closeDialog()
    setBusy(true)
    setError(undefined)
    try {
      await run(() => api.vms.rename({ ...target, name: checked.data }))
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
      setBusy(false)
    }
  }
  const isFieldError = error?.field === 'name'
  return (
    <Dialog
      title={`Rename ${vm.name}`}
      icon={PencilIcon}
      width={420}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Rename
          </Button>
        </>
      }
    >
      <TextField
        label="New name"
        value={name}
        autoFocus
        onChange={(text) => {
          setName(text)
          setError(undefined)
        }}
        error={isFieldError ? error.message : isTouched || name !== vm.name ? problem : undefined}
        hint="Letters, digits and _ - . : +"
      />
      {error && !isFieldError ? <ErrorBox error={error} /> : null}
    </Dialog>
  )
}
