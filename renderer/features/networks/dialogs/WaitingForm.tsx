import type { ErrorData } from '../../../../shared/errors'
import { ErrorBox } from '../../../components/ErrorBox'
import { Spinner } from '../../../ui/Spinner'

/** Drawn empty until the form comes. */
const fields = ['name', 'bridge', 'address', 'prefix', 'range', 'domain']

/** Holds the place of the form until the host has answered, so that nothing jumps when it has. */
export function WaitingForm({ error }: { error: ErrorData | undefined }) {
  if (error) return <ErrorBox error={error} title="The networks of this host could not be read" />
  return (
    <>
      <p className="host-waiting" role="status">
        <Spinner /> Looking at what the host has…
      </p>
      {fields.map((field) => (
        <div key={field} className="net-waiting-field" aria-hidden="true" />
      ))}
    </>
  )
}
