import { connectStageText, type HostStatus } from '../../shared/model/host'
import { WarningIcon } from '../ui/icons/general'
import { HostIcon, UnplugIcon } from '../ui/icons/objects'
import { Spinner } from '../ui/Spinner'

export function HostStatusIcon({ status, size = 16 }: { status: HostStatus; size?: number }) {
  switch (status.kind) {
    case 'connected':
      return <HostIcon size={size} className="state-icon-running" />
    case 'connecting':
      return <Spinner size={size} />
    case 'failed':
      return <WarningIcon size={size} className="state-icon-crashed" />
    case 'disconnected':
      return <UnplugIcon size={size} className="state-icon-shut-off" />
  }
}

export function hostStatusText(status: HostStatus): string {
  switch (status.kind) {
    case 'connected':
      return 'Connected'
    case 'connecting':
      return status.error === undefined ? `Connecting: ${connectStageText[status.stage]}` : 'Reconnecting'
    case 'failed':
      return `Not connected: ${status.error.message}`
    case 'disconnected':
      return 'Not connected'
  }
}
