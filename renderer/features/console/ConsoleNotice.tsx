import { useState, type ReactNode } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { VmRef } from '../../../shared/model/ids'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { ErrorDetails } from '../../components/ErrorDetails'
import { usePendingTask } from '../../stores/tasks'
import { Button } from '../../ui/Button'
import { WarningIcon } from '../../ui/icons/general'
import { UnplugIcon, VmIcon } from '../../ui/icons/objects'
import { PlayIcon, RestoreIcon } from '../../ui/icons/power'
import { Spinner } from '../../ui/Spinner'
import { askBeforeStart } from '../vm-actions/ask-before-start'
import type { Notice } from './console-text'

interface Props {
  readonly notice: Notice
  readonly vm: VmRef
  readonly onRetry: () => void
  /** More that can be done about it. */
  readonly children?: ReactNode
}

/** Says in the middle of the screen why there is no picture and offers the next step. */
export function ConsoleNotice({ notice, vm, onRetry, children }: Props) {
  const [failure, setFailure] = useState<ErrorData>()
  const { cure: _, ...details } = notice.error ?? { kind: 'internal', message: '' }
  const attempt = (work: Promise<unknown>): void => {
    setFailure(undefined)
    work.catch((error: unknown) => setFailure(errorData(error)))
  }
  return (
    <div className="console-notice" data-tone={notice.tone}>
      <span className="empty-icon">{iconOf(notice)}</span>
      <div role="status" className="console-notice-text">
        <h2>{notice.title}</h2>
        {notice.text === undefined ? null : <p className="secondary">{notice.text}</p>}
      </div>
      {details.detail === undefined ? null : <ErrorDetails error={details} />}
      {children}
      <NextStep action={notice.action} vm={vm} attempt={attempt} onRetry={onRetry} />
      {failure === undefined ? null : <ErrorBox error={failure} />}
    </div>
  )
}

function iconOf({ tone, action }: Notice) {
  if (tone === 'wait') return <Spinner size={26} />
  if (tone === 'error') return <WarningIcon size={26} />
  return action === 'connectHost' ? <UnplugIcon size={26} /> : <VmIcon size={26} />
}

interface StepProps {
  readonly action: Notice['action']
  readonly vm: VmRef
  readonly attempt: (work: Promise<unknown>) => void
  readonly onRetry: () => void
}

function NextStep({ action, vm, attempt, onRetry }: StepProps) {
  const pending = usePendingTask(vm)
  switch (action) {
    case 'start':
    case 'restore':
      return (
        <Button
          variant="primary"
          icon={action === 'start' ? PlayIcon : RestoreIcon}
          isBusy={pending !== undefined}
          onPress={() => {
            if (!askBeforeStart(action, [vm])) attempt(api.vms.power({ ...vm, action }))
          }}
        >
          {action === 'start' ? 'Start' : 'Restore'}
        </Button>
      )
    case 'retry':
      return <Button onPress={onRetry}>Try again</Button>
    case 'connectHost':
      return <Button onPress={() => attempt(api.hosts.connect({ host: vm.host }))}>Connect the host</Button>
    default:
      return null
  }
}
