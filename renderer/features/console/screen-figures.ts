import { formatBytesPerSecond } from '../../../shared/units'

/** What a screen has done so far. */
export interface ScreenReading {
  readonly atMs: number
  readonly receivedBytes: number
  readonly updates: number
  readonly pictures: number
  readonly encoding: string | undefined
}

/** What happened between two readings, and how long the server took to answer, in words. */
export function figuresOf(
  before: ScreenReading,
  now: ScreenReading,
  answerMs: number | undefined,
): readonly { readonly label: string; readonly text: string }[] {
  const seconds = Math.max(0.001, (now.atMs - before.atMs) / 1000)
  const perSecond = (count: number): string => `${Math.round(count / seconds)} per second`
  return [
    { label: 'Updates', text: perSecond(now.updates - before.updates) },
    { label: 'Drawn', text: perSecond(now.pictures - before.pictures) },
    { label: 'Received', text: formatBytesPerSecond((now.receivedBytes - before.receivedBytes) / seconds) },
    { label: 'Answer after', text: answerMs === undefined ? '–' : answerText(answerMs) },
    { label: 'Encoding', text: now.encoding ?? '–' },
  ]
}

function answerText(ms: number): string {
  return ms < 9.5 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}
