import type { HostId } from '../../../shared/model/ids'
import { mediumText } from '../../../shared/model/os/medium-words'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'

/** What an image is that is a disc: read from its header on the host. Nothing for one that is none. */
export function DiscNote({ host, path }: { readonly host: HostId; readonly path: string }) {
  const { value, error } = useAnswer(`disc ${host} ${path}`, () =>
    api.media.detect({ host, place: { kind: 'path', path } }),
  )
  if (error) return <p className="secondary">Whether it is a disc could not be read: {error.message}</p>
  if (!value) return null
  return (
    <p className="image-disc" role="status">
      {mediumText(value)}
      {value.label === '' || value.os === undefined ? null : (
        <span className="secondary"> · labelled “{value.label}”</span>
      )}
    </p>
  )
}
