import { useContext } from 'react'
import type { ErrorData } from '../../shared/errors'
import { Disclosure } from '../ui/Disclosure'
import { ClipboardContext } from '../ui/clipboard'
import { CopyButton } from '../ui/CopyButton'

/** The cure, and the host's own words folded away. */
export function ErrorDetails({ error }: { error: ErrorData }) {
  const copyText = useContext(ClipboardContext)
  return (
    <>
      {error.cure === undefined ? null : <span className="note-cure selectable">{error.cure}</span>}
      {error.detail === undefined ? null : (
        <Disclosure summary="Details">
          <div className="details-box">
            <pre className="selectable">{error.detail}</pre>
            <CopyButton label="Copy details" copy={() => copyText(error.detail ?? '')} />
          </div>
        </Disclosure>
      )}
    </>
  )
}
