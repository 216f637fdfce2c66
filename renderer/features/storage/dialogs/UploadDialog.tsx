import { useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import type { HostId } from '../../../../shared/model/ids'
import type { LocalFile } from '../../../../shared/model/storage/image'
import { formatBytes } from '../../../../shared/units'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { ErrorBox } from '../../../components/ErrorBox'
import { closeDialog } from '../../../stores/dialogs'
import { remember } from '../../../stores/remembered'
import { Button } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { Dialog } from '../../../ui/Dialog'
import { UploadIcon } from '../../../ui/icons/storage'
import { TextField } from '../../../ui/TextField'
import { usePool } from '../pools'
import { counted } from '../words'

interface Props {
  readonly host: HostId
  readonly pool: string
  readonly files: readonly LocalFile[]
}

/** What files of this computer shall be called in the pool; they are then sent among the tasks. */
export function UploadDialog({ host, pool: poolName, files }: Props) {
  const pool = usePool(host, poolName)
  const known = useAnswer(`names ${host} ${poolName}`, () =>
    api.storage.volumeNames({ host, pool: poolName }),
  )
  const [names, setNames] = useState<Readonly<Record<string, string>>>({})
  const [replaced, setReplaced] = useState<ReadonlySet<string>>(new Set())
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const taken = new Set(known.value?.volumes.map(({ name }) => name))
  const entries = files.map((file) => {
    const name = names[file.id] ?? file.name
    return { file, name, isTaken: taken.has(name), problem: nameProblem(name) }
  })
  const twice = entries.find(({ name }, at) => entries.findIndex((other) => other.name === name) !== at)
  const total = files.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
  const isTooLarge = pool?.availableBytes !== undefined && total > pool.availableBytes
  const canSend =
    twice === undefined &&
    entries.every(({ file, isTaken, problem }) => !problem && (!isTaken || replaced.has(file.id)))
  const send = async (): Promise<void> => {
    if (!canSend || isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      for (const { file, name, isTaken } of entries) {
        await api.storage.upload({
          host,
          pool: poolName,
          file: file.id,
          name,
          overwrite: isTaken,
          resume: false,
        })
      }
      remember({ tasksOpen: true })
      closeDialog()
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Upload to ${poolName}`}
      icon={UploadIcon}
      width={520}
      onClose={closeDialog}
      onSubmit={() => void send()}
      footer={
        <>
          <span className="push secondary">
            {files.length > 1 ? `${counted(files.length, 'file')}, ` : ''}
            {formatBytes(total)}
            {pool?.availableBytes === undefined ? '' : ` of ${formatBytes(pool.availableBytes)} free`}
          </span>
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isDisabled={!canSend} keepsFocus isBusy={isBusy}>
            Upload
          </Button>
        </>
      }
    >
      {entries.map(({ file, name, isTaken, problem }) => (
        <div key={file.id} className="upload-entry">
          <TextField
            label={files.length === 1 ? 'Name in the pool' : file.name}
            value={name}
            onChange={(next) => setNames({ ...names, [file.id]: next })}
            isMono
            error={problem}
            {...(files.length === 1 ? { hint: `${file.name}, ${formatBytes(file.sizeBytes ?? 0)}` } : {})}
          />
          {isTaken ? (
            <Checkbox
              isSelected={replaced.has(file.id)}
              onChange={(isOn) => {
                const next = new Set(replaced)
                if (isOn) next.add(file.id)
                else next.delete(file.id)
                setReplaced(next)
              }}
            >
              The pool has a volume of this name: write over it
            </Checkbox>
          ) : null}
        </div>
      ))}
      {twice === undefined ? null : <p className="field-error">Two files would have the name {twice.name}</p>}
      {isTooLarge ? (
        <p className="storage-warn">
          The pool has less space left. Files with long empty stretches may fit nevertheless, as those are not
          sent.
        </p>
      ) : null}
      {error ? <ErrorBox error={error} title="The upload did not begin" /> : null}
    </Dialog>
  )
}

function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'Enter a name'
  return /^[^/]+$/.test(name) && name !== '.' && name !== '..' ? undefined : 'Use no “/” and no “.” alone'
}
