import { useState } from 'react'
import { errorData, type ErrorData } from '../../shared/errors'
import type { HostId } from '../../shared/model/ids'
import { api } from '../api/client'
import { ErrorBox } from '../components/ErrorBox'
import { namedUsages, usageWords, type NamedUsage } from '../components/secret-words'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { Dialog } from '../ui/Dialog'
import { KeyIcon } from '../ui/icons/general'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { askForChoices } from './host-data'
import { SecretValueFields, valueProblem, type TypedValue } from './SecretValueFields'

interface Props {
  readonly host: HostId
  /** What it is wanted for, where that is known. */
  readonly usage?: NamedUsage
  readonly onClose: () => void
  /** Called with the UUID once the host has it. */
  readonly onCreated: (uuid: string) => void
}

/** What a Ceph keyring holds is base64; everything else is typed as it is. */
const empty = (usage: NamedUsage): TypedValue => ({
  encoding: usage === 'ceph' ? 'base64' : 'text',
  value: '',
})

/** Has the host keep a secret. Its value is typed hidden, sent once and forgotten. */
export function NewSecretDialog({ host, usage: wanted = 'volume', onClose, onCreated }: Props) {
  const [usage, setUsage] = useState<NamedUsage>(wanted)
  const [usageId, setUsageId] = useState('')
  const [description, setDescription] = useState('')
  const [typed, setTyped] = useState<TypedValue>(empty(wanted))
  const [isEphemeral, setEphemeral] = useState(false)
  const [isPrivate, setPrivate] = useState(true)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const words = usageWords[usage]
  const idProblem = usageId.trim() === '' ? 'Enter a name: what uses the secret finds it by this' : undefined

  const create = async (): Promise<void> => {
    setTried(true)
    if (isBusy || idProblem !== undefined || valueProblem(typed, false) !== undefined) return
    setBusy(true)
    setError(undefined)
    const { value, encoding } = typed
    // gone from the window before it is known what becomes of it
    setTyped({ encoding, value: '' })
    try {
      const uuid = await api.secrets.create({
        host,
        usageType: usage,
        usageId: usageId.trim(),
        isEphemeral,
        isPrivate,
        ...(description.trim() === '' ? {} : { description: description.trim() }),
        ...(value === '' ? {} : { value: { encoding, value: encoding === 'base64' ? value.trim() : value } }),
      })
      askForChoices(host)
      onCreated(uuid)
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="New secret"
      icon={KeyIcon}
      width={520}
      onClose={onClose}
      onSubmit={() => void create()}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Create
          </Button>
        </>
      }
    >
      {error ? (
        <ErrorBox error={error} title="The secret was not made; its value has to be typed again" />
      ) : null}
      <Select<NamedUsage>
        label="For"
        value={usage}
        onChange={(next) => {
          setUsage(next)
          setTyped({ ...typed, encoding: empty(next).encoding })
        }}
        options={namedUsages.map((id) => ({ id, label: usageWords[id].label }))}
        hint={words.note}
      />
      <TextField
        label={words.idLabel}
        value={usageId}
        onChange={setUsageId}
        isMono
        placeholder={words.example}
        error={isTried ? idProblem : undefined}
      />
      <TextField label="Description (optional)" value={description} onChange={setDescription} />
      <SecretValueFields
        typed={typed}
        onChange={setTyped}
        isTried={isTried}
        isRequired={false}
        hint="Never shown again. It can also be set later."
      />
      <Checkbox isSelected={isPrivate} onChange={setPrivate}>
        Private: libvirt gives its value to nobody who asks, only to what uses it
      </Checkbox>
      <Checkbox isSelected={isEphemeral} onChange={setEphemeral}>
        In memory only: gone when libvirt restarts, and never on the host’s disk
      </Checkbox>
    </Dialog>
  )
}
