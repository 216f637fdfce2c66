import { api } from '../api/client'
import type { ErrorData } from '../../shared/errors'
import { Disclosure } from '../ui/Disclosure'
import { CopyButton } from '../ui/CopyButton'

/** The cure, and the host's own words folded away. */
export function ErrorDetails({ error }: { error: ErrorData }) {
  return (
    <>
      {error.cure === undefined ? null : <span className="note-cure selectable">{error.cure}</span>}
      {error.detail === undefined ? null : (
        <Disclosure summary="Details">
          <div className="details-box">
            <pre className="selectable">{error.detail}</pre>
            <CopyButton label="Copy details" copy={() => api.app.copyText({ text: error.detail ?? '' })} />
          </div>
        </Disclosure>
      )}
    </>
  )
}
