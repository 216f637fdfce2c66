import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { HostId } from '../../../shared/model/ids'
import type { ImageInfo, PathAccess } from '../../../shared/model/storage/image'
import { formatBytes } from '../../../shared/units'
import { api } from '../../api/client'
import { CommandBlock } from '../../components/CommandBlock'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { nameIn } from './host-paths'

interface Props {
  readonly host: HostId
  readonly path: string
  readonly image: ImageInfo | undefined
  readonly access: PathAccess | undefined
  readonly onGranted: () => void
}

/** What was chosen: what is in it, and whether VMs get there at all. */
export function ChosenFile({ host, path, image, access, onGranted }: Props) {
  return (
    <div className="hf-chosen" role="status">
      <span>
        <strong>{nameIn(path)}</strong>
        {image ? (
          <span className="secondary">
            {' '}
            {image.format}, {formatBytes(image.virtualSizeBytes)}
            {image.backingPath === undefined ? '' : `, built on ${nameIn(image.backingPath)}`}
          </span>
        ) : null}
      </span>
      {access?.blockedAt === undefined ? (
        access?.why === undefined || access.canRead === true ? null : (
          <span className="secondary">{access.why}.</span>
        )
      ) : (
        <Blocked key={path} host={host} access={access} onGranted={onGranted} />
      )}
    </div>
  )
}

interface BlockedProps {
  readonly host: HostId
  readonly access: PathAccess
  readonly onGranted: () => void
}

function Blocked({ host, access, onGranted }: BlockedProps) {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const { path, why, fix } = access
  const grant = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await api.files.grantAccess({ host, path })
      onGranted()
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Note
      tone="warning"
      title="A VM could not open it"
      actions={
        fix ? (
          <Button isBusy={isBusy} keepsFocus onPress={() => void grant()}>
            Let VMs through
          </Button>
        ) : null
      }
    >
      <span>{why}.</span>
      {fix ? (
        <>
          <span className="secondary">{fix.explanation}</span>
          <CommandBlock text={fix.argv.join(' ')} />
        </>
      ) : null}
      {error ? <ErrorBox error={error} /> : null}
    </Note>
  )
}
