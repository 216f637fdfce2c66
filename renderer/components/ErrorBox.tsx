import type { ReactNode } from 'react'
import type { ErrorData } from '../../shared/errors'
import { Note } from '../ui/Note'
import { ErrorDetails } from './ErrorDetails'

interface Props {
  readonly error: ErrorData
  /** Said before the cause, where it is not plain from the place ("Could not delete web-01"). */
  readonly title?: string
  readonly actions?: ReactNode
}

/** What went wrong, what to do about it, and the host's own words under "Details". */
export function ErrorBox({ error, title, actions }: Props) {
  return (
    <Note tone="error" title={title ?? error.message} actions={actions}>
      {title === undefined ? null : <span>{error.message}</span>}
      <ErrorDetails error={error} />
    </Note>
  )
}
