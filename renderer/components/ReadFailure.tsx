import type { ErrorData } from '../../shared/errors'
import { Button } from '../ui/Button'
import { Note } from '../ui/Note'
import { ErrorBox } from './ErrorBox'
import { ErrorDetails } from './ErrorDetails'

interface Props {
  readonly error: ErrorData
  /** Said of what failed. What a host does not have has failed at nothing. */
  readonly title?: string
  readonly reload: () => void
}

/**
 * In the place of what could not be read. What a host cannot do is no failure, and asking again would not change it, unless
 * there is something to be done about it.
 */
export function ReadFailure({ error, title, reload }: Props) {
  if (error.kind === 'unsupported') {
    return (
      <Note
        tone="info"
        title={error.message}
        actions={error.cure === undefined ? undefined : <Button onPress={reload}>Try again</Button>}
      >
        <ErrorDetails error={error} />
      </Note>
    )
  }
  return (
    <ErrorBox
      error={error}
      {...(title === undefined ? {} : { title })}
      actions={<Button onPress={reload}>Try again</Button>}
    />
  )
}
