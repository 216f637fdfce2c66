import { splitForTruncation } from './split-for-truncation'
import './middle-truncate.css'

/** Shortens in the middle when there is no room, because the end of a path names the file. Hovering shows all of it. */
export function MiddleTruncate({ text, tailLength }: { text: string; tailLength?: number }) {
  const [head, tail] = splitForTruncation(text, tailLength)
  return (
    <span className="middle-truncate" title={text}>
      <span className="middle-head">{head}</span>
      <span className="middle-tail">{tail}</span>
    </span>
  )
}
