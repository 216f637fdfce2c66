import { useCallback, useEffect, useState } from 'react'
import { errorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { UnfinishedUpload } from '../../../shared/model/storage/volume'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { openDialog } from '../../stores/dialogs'
import { showToast } from '../../stores/toasts'
import { Button } from '../../ui/Button'
import { UploadIcon } from '../../ui/icons/storage'
import { useStorageChanges } from './follow'

interface Props {
  readonly host: HostId
  readonly pool: string
  readonly lockedReason: string | undefined
}

/** Uploads to this pool that ended early: part of a volume is there, and the rest can follow. */
export function UnfinishedUploads({ host, pool, lockedReason }: Props) {
  const [uploads, setUploads] = useState<readonly UnfinishedUpload[]>([])
  const load = useCallback((): void => {
    api.storage.unfinishedUploads({ host }).then(
      (all) => setUploads(all.filter((one) => one.pool === pool)),
      // a host that does not tell has none to offer; the task that failed has said why
      () => setUploads([]),
    )
  }, [host, pool])
  useEffect(load, [load])
  useStorageChanges(host, true, load)
  return uploads.map((upload) => (
    <Unfinished key={upload.volume} host={host} upload={upload} lockedReason={lockedReason} />
  ))
}

function Unfinished({ host, upload, lockedReason }: UnfinishedProps) {
  const { pool, volume, localName, file, sentBytes, sizeBytes } = upload
  const [isBusy, setBusy] = useState(false)
  const resume = async (): Promise<void> => {
    setBusy(true)
    try {
      const from = file ?? (await api.files.chooseLocal({ kind: 'open', title: `Choose ${localName}` }))?.id
      if (from !== undefined)
        await api.storage.upload({ host, pool, file: from, name: volume, overwrite: true, resume: true })
    } catch (error) {
      showToast({ tone: 'error', title: `The upload of ${volume} did not go on`, error: errorData(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="unfinished" aria-label={`Unfinished upload of ${volume}`}>
      <UploadIcon size={14} />
      <span className="unfinished-text">
        <strong className="truncate">{volume}</strong>
        <span className="secondary">
          {`upload ended early: ${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)} are there.`}
          {file === undefined ? ` ${localName} has changed or is not known any more.` : ''}
        </span>
      </span>
      <Button
        className="button-small"
        disabledReason={lockedReason}
        isBusy={isBusy}
        onPress={() => void resume()}
      >
        {file === undefined ? 'Choose the file…' : 'Go on'}
      </Button>
      <Button
        className="button-small"
        variant="quiet"
        disabledReason={lockedReason}
        onPress={() =>
          openDialog({ kind: 'storage', host, ask: { kind: 'deleteVolumes', pool, volumes: [volume] } })
        }
      >
        Delete it…
      </Button>
    </section>
  )
}

interface UnfinishedProps {
  readonly host: HostId
  readonly upload: UnfinishedUpload
  readonly lockedReason: string | undefined
}
