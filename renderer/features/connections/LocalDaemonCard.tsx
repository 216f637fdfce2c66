import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { LocalDaemon } from '../../../shared/model/host'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { ErrorDetails } from '../../components/ErrorDetails'
import { go } from '../../stores/route'
import { Button } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { HostIcon } from '../../ui/icons/objects'

interface Props {
  readonly daemon: LocalDaemon
  /** Asks for the list again. */
  readonly onAdded: () => void
}

/** A hypervisor of this computer: one click when it may be used, the reason and the cure when not. */
export function LocalDaemonCard({ daemon, onAdded }: Props) {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const { access } = daemon
  const add = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      go({ kind: 'host', host: await api.hosts.add({ uri: daemon.uri, autoconnect: true }) })
    } catch (reason) {
      setError(errorData(reason))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="card">
      <span className={classNames('card-icon', !access.ok && 'card-icon-off')}>
        <HostIcon size={18} />
      </span>
      <div className="card-text">
        <span className="card-title">{daemon.title}</span>
        <span className="card-note mono">{daemon.uri}</span>
        {access.ok ? null : (
          <>
            <span className="card-problem">{access.error.message}</span>
            <ErrorDetails error={access.error} />
          </>
        )}
        {error ? <ErrorBox error={error} /> : null}
      </div>
      {daemon.isAdded ? (
        <span className="secondary">Added</span>
      ) : access.ok ? (
        <Button
          variant="primary"
          isBusy={isBusy}
          aria-label={`Connect to ${daemon.title}`}
          onPress={() => void add()}
        >
          Connect
        </Button>
      ) : (
        <Button onPress={onAdded}>Check again</Button>
      )}
    </div>
  )
}
