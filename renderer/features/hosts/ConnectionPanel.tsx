import { useEffect, useState } from 'react'
import { connectStages, connectStageText, type Host } from '../../../shared/model/host'
import { formatDuration } from '../../../shared/units'
import { ErrorBox } from '../../components/ErrorBox'
import { openDialog } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { CheckIcon } from '../../ui/icons/general'
import { RebootIcon } from '../../ui/icons/power'
import { PulseIcon } from '../../ui/icons/objects'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { connectHost, disconnectHost } from './host-actions'

/** How the connection stands while there is none, and what can be done about it. */
export function ConnectionPanel({ host }: { host: Host }) {
  const { status } = host
  switch (status.kind) {
    case 'connected':
      return null
    case 'disconnected':
      return (
        <div className="connection">
          <Note tone="info" title="Not connected">
            <span className="secondary">
              {host.lastInfo
                ? 'What is shown below is from the last connection.'
                : 'Connect to see its virtual machines.'}
            </span>
          </Note>
        </div>
      )
    case 'connecting':
      return (
        <div className="connection">
          <div className="connecting" role="status">
            <ol className="stages">
              {connectStages.map((stage, index) => {
                const current = connectStages.indexOf(status.stage)
                const state = index < current ? 'done' : index === current ? 'current' : 'coming'
                return (
                  <li key={stage} className={classNames('stage', `stage-${state}`)}>
                    <span className="stage-mark">
                      {state === 'done' ? (
                        <CheckIcon size={12} />
                      ) : state === 'current' ? (
                        <Spinner size={14} />
                      ) : null}
                    </span>
                    <span>{connectStageText[stage]}</span>
                    {state === 'current' ? <span className="visually-hidden">(now)</span> : null}
                  </li>
                )
              })}
            </ol>
            <div className="connection-buttons">
              <Button onPress={() => void disconnectHost(host)}>Cancel</Button>
              <LogButton host={host} />
            </div>
          </div>
          {status.error ? (
            <Note
              tone="warning"
              title={status.attempt > 1 ? `Attempt ${status.attempt}` : 'Reconnecting'}
              actions={<DiagnoseButton host={host} />}
            >
              <span>{status.error.message}</span>
            </Note>
          ) : null}
        </div>
      )
    case 'failed':
      return (
        <div className="connection">
          <ErrorBox
            error={status.error}
            actions={
              <>
                <Button icon={RebootIcon} onPress={() => void connectHost(host)}>
                  Retry now
                </Button>
                <DiagnoseButton host={host} />
                <LogButton host={host} />
                {status.retryAtMs === undefined ? null : <RetryCountdown atMs={status.retryAtMs} />}
              </>
            }
          />
        </div>
      )
  }
}

function DiagnoseButton({ host }: { host: Host }) {
  return (
    <Button icon={PulseIcon} onPress={() => openDialog({ kind: 'diagnosis', host: host.id })}>
      Diagnose…
    </Button>
  )
}

function LogButton({ host }: { host: Host }) {
  return (
    <Button variant="quiet" onPress={() => openDialog({ kind: 'hostLog', host: host.id })}>
      Connection log
    </Button>
  )
}

function RetryCountdown({ atMs }: { atMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const leftMs = Math.max(0, atMs - nowMs)
  return (
    <span className="retry secondary">
      {leftMs < 1000 ? 'Trying again…' : `Trying again in ${formatDuration(leftMs)}`}
    </span>
  )
}
