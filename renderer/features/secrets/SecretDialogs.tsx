import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { Secret } from '../../../shared/model/secret'
import { api } from '../../api/client'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorBox } from '../../components/ErrorBox'
import { secretName } from '../../components/secret-words'
import { NewSecretDialog } from '../../form/NewSecretDialog'
import { SecretValueFields, valueProblem, type TypedValue } from '../../form/SecretValueFields'
import { closeDialog } from '../../stores/dialogs'
import type { SecretDialogRequest } from '../../stores/network-dialogs'
import { noteResourceChange } from '../hosts/use-resource-changes'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { KeyIcon, TrashIcon } from '../../ui/icons/general'
import { Note } from '../../ui/Note'
import './secrets.css'

/** The dialogs of a host's secrets. Their requests are no tasks, so the list is told itself. */
export function SecretDialogs({ dialog }: { dialog: SecretDialogRequest }) {
  const { host } = dialog
  const done = (): void => {
    noteResourceChange({ host, resource: 'secret' })
    closeDialog()
  }
  switch (dialog.kind) {
    case 'newSecret':
      return <NewSecretDialog host={host} onClose={closeDialog} onCreated={done} />
    case 'setSecretValue':
      return <SetValueDialog host={host} uuid={dialog.uuid} onDone={done} />
    case 'deleteSecret':
      return <DeleteSecretDialog host={host} uuid={dialog.uuid} onDone={done} />
  }
}

interface Props {
  readonly host: HostId
  readonly uuid: string
  readonly onDone: () => void
}

function SetValueDialog({ host, uuid, onDone }: Props) {
  const { secret, error: listError } = useSecret(host, uuid)
  const [chosen, setTyped] = useState<TypedValue>()
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const typed = chosen ?? { encoding: secret?.usageType === 'ceph' ? 'base64' : 'text', value: '' }
  const set = async (): Promise<void> => {
    setTried(true)
    if (isBusy || valueProblem(typed, true) !== undefined) return
    setBusy(true)
    setError(undefined)
    const { encoding, value } = typed
    // gone from the window before it is known what becomes of it
    setTyped({ encoding, value: '' })
    setTried(false)
    try {
      await api.secrets.setValue({
        host,
        uuid,
        value: { encoding, value: encoding === 'base64' ? value.trim() : value },
      })
      onDone()
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Value of ${secret ? secretName(secret) : 'the secret'}`}
      icon={KeyIcon}
      width={480}
      onClose={closeDialog}
      onSubmit={() => void set()}
      footer={
        <>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Set value
          </Button>
        </>
      }
    >
      <p className="secondary">
        {secret?.hasValue === false
          ? 'It has no value yet.'
          : 'The new value takes the place of the one that may be there. What runs already keeps going; it is read when something is started.'}
      </p>
      <SecretValueFields
        typed={typed}
        onChange={setTyped}
        label="New value"
        hint="Never shown again."
        isTried={isTried}
        isRequired
        autoFocus
      />
      {listError ? <ErrorBox error={listError} title="The secret could not be read" /> : null}
      {error ? <ErrorBox error={error} title="The value was not set; it has to be typed again" /> : null}
    </Dialog>
  )
}

function DeleteSecretDialog({ host, uuid, onDone }: Props) {
  const { secret, error } = useSecret(host, uuid)
  const name = secret ? secretName(secret) : 'this secret'
  const users = secret?.usedBy ?? []
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      confirmLabel="Delete secret"
      tone="danger"
      icon={TrashIcon}
      width={500}
      canConfirm={secret !== undefined}
      onClose={closeDialog}
      onConfirm={async () => {
        await api.secrets.delete({ host, uuid })
        onDone()
      }}
    >
      {error ? <ErrorBox error={error} title="Who uses it could not be read" /> : null}
      {users.length > 0 ? (
        <Note tone="warning" title="It is in use">
          <span>
            {`${users.join(', ')} ${users.length === 1 ? 'names' : 'name'} it and will not start without it.`}
          </span>
        </Note>
      ) : null}
      <p>
        The host forgets its value, and nobody can bring it back: what it opens stays closed unless the value
        is kept elsewhere.
      </p>
    </ConfirmDialog>
  )
}

interface Found {
  readonly secret?: Secret
  readonly error?: ErrorData
}

function useSecret(host: HostId, uuid: string): Found {
  const [found, setFound] = useState<Found>({})
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      try {
        const { items } = await api.secrets.list({ host })
        const secret = items.find((one) => one.uuid === uuid)
        if (isCurrent && secret) setFound({ secret })
      } catch (error) {
        if (isCurrent) setFound({ error: errorData(error) })
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
  }, [host, uuid])
  return found
}
