import { useState } from 'react'
import { AppError, errorData, type ErrorData } from '../../../shared/errors'
import type { HostId, TaskId } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { useTasks } from '../../stores/tasks'
import { claimTask } from '../../stores/task-claims'
import { Button } from '../../ui/Button'
import { ProgressBar } from '../../ui/ProgressBar'

interface Props {
  readonly host: HostId
  readonly pool: string
  /** Told the name that the volume has. */
  readonly onDone: (name: string) => void
}

/** A file of this computer goes into the pool, to be chosen there. It goes on when the dialog is closed. */
export function UploadHere({ host, pool, onDone }: Props) {
  const [upload, setUpload] = useState<{ readonly task?: TaskId; readonly name: string }>()
  const [error, setError] = useState<ErrorData>()
  const task = useTasks((state) => (upload?.task === undefined ? undefined : state.byId[upload.task]))
  const begin = async (): Promise<void> => {
    setError(undefined)
    try {
      const file = await api.files.chooseLocal({ kind: 'open', title: `Upload into ${pool}` })
      if (!file) return
      setUpload({ name: file.name })
      const claim = await claimTask(async () => {
        const id = await api.storage.upload({
          host,
          pool,
          file: file.id,
          name: file.name,
          overwrite: false,
          resume: false,
        })
        setUpload({ name: file.name, task: id })
        return id
      })
      const ended = await claim.ended
      if (ended.error) throw AppError.from(ended.error)
      onDone(file.name)
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setUpload(undefined)
    }
  }
  return (
    <>
      <div className="hf-upload">
        {upload ? (
          <>
            <span className="truncate secondary">Uploading {upload.name}</span>
            <ProgressBar label={`Uploading ${upload.name}`} value={task?.progress} />
            {task?.canCancel === true ? (
              <Button onPress={() => void api.tasks.cancel({ task: task.id })}>Cancel</Button>
            ) : null}
          </>
        ) : (
          <Button onPress={() => void begin()}>Upload from this computer…</Button>
        )}
      </div>
      {error && error.kind !== 'cancelled' ? <ErrorBox error={error} title="The upload failed" /> : null}
    </>
  )
}
