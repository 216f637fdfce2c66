import { errorData } from '../../../shared/errors'
import { ErrorDetails } from '../../components/ErrorDetails'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { WarningIcon } from '../../ui/icons/general'
import './shell.css'

/** Main did not answer: a bug of ours, or the app is going down. */
export function FatalPage({ error }: { error: unknown }) {
  const data = errorData(error)
  return (
    <div className="fatal" role="alert">
      <EmptyState
        icon={WarningIcon}
        title="The window could not start"
        actions={
          <Button variant="primary" onPress={() => window.location.reload()}>
            Try again
          </Button>
        }
      >
        {data.message}
      </EmptyState>
      <ErrorDetails error={data} />
    </div>
  )
}
