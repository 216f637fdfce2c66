import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { VmRef } from '../../../../shared/model/ids'
import { snapshotName } from '../../../../shared/model/snapshots/inputs'
import type { Snapshot, SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { closeDialog } from '../../../stores/dialogs'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { PencilIcon } from '../../../ui/icons/general'
import { TextArea } from '../../../ui/TextArea'
import { TextField } from '../../../ui/TextField'
import { markSnapshot } from '../store'
import { useSnapshots } from '../use-snapshots'
import { whyRefused } from '../words'

export function EditDialog({ target, name }: { target: VmRef; name: string }) {
  const view = useSnapshots(target).value
  const [snapshot] = useState(() => view?.snapshots.find((one) => one.name === name))
  return view && snapshot ? <EditForm target={target} view={view} snapshot={snapshot} /> : null
}

interface Props {
  readonly target: VmRef
  readonly view: SnapshotView
  readonly snapshot: Snapshot
}

function EditForm({ target, view, snapshot }: Props) {
  const [name, setName] = useState(snapshot.name)
  const [description, setDescription] = useState(snapshot.description)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const problem = problemOf(name, snapshot, view)
  const keepsName = whyRefused(snapshot.actions.rename)
  const submit = async (): Promise<void> => {
    if (problem !== undefined || isBusy) return
    const isRenamed = name !== snapshot.name
    const isDescribed = description !== snapshot.description
    if (!isRenamed && !isDescribed) return closeDialog()
    setBusy(true)
    setError(undefined)
    try {
      await api.snapshots.edit({
        ...target,
        name: snapshot.name,
        ...(isRenamed ? { newName: name } : {}),
        ...(isDescribed ? { description } : {}),
      })
      markSnapshot(target, name)
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Edit ${snapshot.name}`}
      icon={PencilIcon}
      width={480}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            isBusy={isBusy}
            isDisabled={problem !== undefined}
            keepsFocus
          >
            Save
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        autoFocus={keepsName === undefined}
        isDisabled={keepsName !== undefined}
        error={problem}
        {...(keepsName === undefined ? {} : { hint: keepsName })}
      />
      <TextArea label="Description" rows={5} value={description} onChange={setDescription} />
      {error ? <ErrorBox error={error} title="The snapshot was left as it is" /> : null}
    </Dialog>
  )
}

/** A name that libvirt took from somebody else may stay, whatever it is. */
function problemOf(name: string, snapshot: Snapshot, view: SnapshotView): string | undefined {
  if (name === snapshot.name) return undefined
  if (view.snapshots.some((other) => other.name === name)) return `There is a snapshot ${name} already`
  return snapshotName.safeParse(name).error?.issues[0]?.message
}
