import { connectStages, connectStageText, type Host, type HostStatus } from '../../../shared/model/host'
import { formatDuration } from '../../../shared/units'
import { ErrorBox } from '../../components/ErrorBox'
import { ErrorDetails } from '../../components/ErrorDetails'
import { openDialog } from '../../stores/dialogs'
import { usePrompts } from '../../stores/prompts'
import { Button } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { CheckIcon, PencilIcon, TrashIcon } from '../../ui/icons/general'
import { PulseIcon } from '../../ui/icons/objects'
import { RebootIcon } from '../../ui/icons/power'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { connectHost, disconnectHost } from './host-actions'
import { asOf, clockTime } from './last-heard'
import { useNowMs } from './use-now'

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
              {host.lastInfo === undefined ? (
                'Connect to see its virtual machines.'
              ) : (
                <LastHeard host={host} />
              )}
            </span>
          </Note>
        </div>
      )
    case 'connecting':
      return (
        <div className="connection">
          <Connecting host={host} status={status} />
        </div>
      )
    case 'failed':
      return (
        <div className="connection">
          <ErrorBox error={status.error} actions={<FailedActions host={host} status={status} />} />
          {host.lastInfo === undefined ? null : (
            <p className="secondary">
              <LastHeard host={host} />
            </p>
          )}
        </div>
      )
  }
}

function Connecting({ host, status }: { host: Host; status: Extract<HostStatus, { kind: 'connecting' }> }) {
  const isAsking = usePrompts(({ pending }) => pending.some((prompt) => prompt.host === host.id))
  const current = connectStages.indexOf(status.stage)
  return (
    <>
      <div className="connecting">
        <ol className="stages" aria-label="Steps of connecting">
          {connectStages.map((stage, index) => {
            const state = index < current ? 'done' : index === current ? 'current' : 'coming'
            return (
              <li
                key={stage}
                className={classNames('stage', `stage-${state}`)}
                {...(state === 'current' ? { 'aria-current': 'step' } : {})}
              >
                <span className="stage-mark">
                  {state === 'done' ? <CheckIcon size={12} /> : null}
                  {state === 'current' ? <Spinner size={14} /> : null}
                </span>
                <span>{connectStageText[stage]}</span>
              </li>
            )
          })}
        </ol>
        <Elapsed sinceMs={status.sinceMs} />
        <div className="connection-buttons">
          <LogButton host={host} />
          <Button onPress={() => void disconnectHost(host)}>Cancel</Button>
        </div>
      </div>
      {isAsking ? (
        <p className="secondary" role="status">
          It goes on as soon as you have answered what the host asks.
        </p>
      ) : null}
      {status.error ? (
        <Note
          tone="warning"
          title={
            status.attempt > 1
              ? `Attempt ${status.attempt}: the one before failed`
              : 'Reconnecting: the connection was lost'
          }
          actions={<DiagnoseButton host={host} />}
        >
          <span>{status.error.message}</span>
          <ErrorDetails error={status.error} />
        </Note>
      ) : null}
    </>
  )
}

function FailedActions({ host, status }: { host: Host; status: Extract<HostStatus, { kind: 'failed' }> }) {
  return (
    <>
      <Button icon={RebootIcon} onPress={() => void connectHost(host)}>
        Try again
      </Button>
      <Button icon={PencilIcon} onPress={() => openDialog({ kind: 'editHost', host: host.id })}>
        Edit…
      </Button>
      <DiagnoseButton host={host} />
      <LogButton host={host} />
      <Button
        icon={TrashIcon}
        variant="quiet"
        onPress={() => openDialog({ kind: 'removeHost', host: host.id })}
      >
        Remove…
      </Button>
      {status.retryAtMs === undefined ? null : <NextTry host={host} atMs={status.retryAtMs} />}
    </>
  )
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

function LastHeard({ host }: { host: Host }) {
  const nowMs = useNowMs(60_000)
  return <>Shown as of {asOf(host.lastHeardMs, nowMs)}; nothing can be changed until it is connected.</>
}

function Elapsed({ sinceMs }: { sinceMs: number }) {
  const nowMs = useNowMs(1000)
  return <span className="retry secondary">{formatDuration(Math.max(0, nowMs - sinceMs))}</span>
}

/** Main chose the moment with some chance in it, so that many hosts do not come back at once. */
function NextTry({ host, atMs }: { host: Host; atMs: number }) {
  const leftMs = Math.max(0, atMs - useNowMs(1000))
  return (
    <>
      <Button variant="quiet" onPress={() => void disconnectHost(host)}>
        Stop trying
      </Button>
      <span className="retry secondary">
        {leftMs < 1000 ? 'Trying again…' : `Next try in ${formatDuration(leftMs)}, at ${clockTime(atMs)}`}
      </span>
    </>
  )
}
