import type { Mark } from './marks'
import { exactTime } from './time-view'

/** What happened in the time shown, in words: the lines in the charts have room for none. */
export function MarkStrip({ marks }: { marks: readonly Mark[] }) {
  if (marks.length === 0) return null
  const shown = marks.slice(-maxShown)
  return (
    <ul className="perf-marks" aria-label="Events in the time shown">
      {marks.length > maxShown ? <li className="secondary">{marks.length - maxShown} earlier</li> : null}
      {shown.map(({ id, tone, text, fromMs }) => (
        <li key={id}>
          <span className={`perf-mark-key perf-mark-${tone}`} />
          {text}
          <time className="secondary">{exactTime(fromMs)}</time>
        </li>
      ))}
    </ul>
  )
}

const maxShown = 6
