import { useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import { ErrorBox } from '../../components/ErrorBox'
import { ErrorDetails } from '../../components/ErrorDetails'
import { Button } from '../../ui/Button'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import type { TextAction, TextNotice } from './text-console-text'

interface Props {
  readonly notice: TextNotice
  /** What a button does; what it throws is shown. */
  readonly onAction: (action: TextAction) => void | Promise<unknown>
}

const labels: Record<TextAction, string> = {
  start: 'Start',
  restore: 'Restore',
  retry: 'Try again',
  takeOver: 'Take over',
  connectHost: 'Connect the host',
  openAgain: 'Open again',
}

/** Above the terminal, so that what was written stays to be read. */
export function TextNoticeBar({ notice, onAction }: Props) {
  const { tone, title, text, error, actions } = notice
  // the cure is in the text
  const { cure: _, ...details } = error ?? { kind: 'internal', message: '' }
  const [failure, setFailure] = useState<ErrorData>()
  const act = async (action: TextAction): Promise<void> => {
    setFailure(undefined)
    try {
      await onAction(action)
    } catch (reason) {
      setFailure(errorData(reason))
    }
  }
  if (tone === 'wait') {
    return (
      <p className="text-notice-wait" role="status">
        <Spinner size={14} />
        <span>{title}</span>
        {text === undefined ? null : <span className="secondary truncate">{text}</span>}
      </p>
    )
  }
  return (
    <div className="text-notice" role="status">
      <Note
        tone={tone}
        title={title}
        actions={
          actions.length === 0 ? undefined : (
            <>
              {actions.map((action, index) => (
                <Button
                  key={action}
                  {...(index === 0 ? { variant: 'primary' as const } : {})}
                  className="button-small"
                  onPress={() => void act(action)}
                >
                  {labels[action]}
                </Button>
              ))}
            </>
          )
        }
      >
        {text === undefined ? null : <span>{text}</span>}
        {details.detail === undefined ? null : <ErrorDetails error={details} />}
      </Note>
      {failure === undefined ? null : <ErrorBox error={failure} />}
    </div>
  )
}
