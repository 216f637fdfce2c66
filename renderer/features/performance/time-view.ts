/** Which stretch of time the charts show. */
export const ranges = [
  { id: '1min', label: '1 min', spanMs: 60_000 },
  { id: '5min', label: '5 min', spanMs: 5 * 60_000 },
  { id: '1h', label: '1 h', spanMs: 3_600_000 },
  { id: '6h', label: '6 h', spanMs: 6 * 3_600_000 },
  { id: '24h', label: '24 h', spanMs: 24 * 3_600_000 },
  { id: '7d', label: '7 days', spanMs: 7 * 24 * 3_600_000 },
] as const
export type RangeId = (typeof ranges)[number]['id']

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface TimeView {
  readonly range: RangeId
  /** What was drawn with the mouse, the last on top; undefined stands for the range up to now. */
  readonly zooms: readonly Span[]
  /** The present as it was when the charts were stopped. */
  readonly pausedAtMs?: number
}

/** More points are no more than a pixel or two each, and cost the charts dearly. */
export const maxPoints = 300
const shortestMs = 10_000

export function spanOf(view: TimeView, nowMs: number): Span {
  const zoom = view.zooms.at(-1)
  if (zoom) return zoom
  const toMs = view.pausedAtMs ?? nowMs
  return { fromMs: toMs - (ranges.find(({ id }) => id === view.range)?.spanMs ?? 0), toMs }
}

/** A stretch shorter than a few samples is taken for a click. */
export function zoomed(view: TimeView, oneMs: number, otherMs: number): TimeView {
  const fromMs = Math.min(oneMs, otherMs)
  const toMs = Math.max(oneMs, otherMs)
  return toMs - fromMs < shortestMs ? view : { ...view, zooms: [...view.zooms, { fromMs, toMs }] }
}

/** Whether new samples change what is seen. */
export function isLive(view: TimeView): boolean {
  return view.zooms.length === 0 && view.pausedAtMs === undefined
}

/** As often as a new point can be told apart from the one before, and not more often than samples come. */
export function refreshMs({ fromMs, toMs }: Span): number {
  return Math.min(60_000, Math.max(2_000, (toMs - fromMs) / maxPoints))
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const steps = [
  5 * second,
  10 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
] as const

/** Round times by the clock on the wall, at most `most` of them. */
export function timeTicks({ fromMs, toMs }: Span, most: number): number[] {
  const stepMs =
    steps.find((one) => (toMs - fromMs) / one <= most) ?? Math.ceil((toMs - fromMs) / most / day) * day
  const offsetMs = new Date(fromMs).getTimezoneOffset() * minute
  const ticks: number[] = []
  for (let tick = Math.ceil((fromMs - offsetMs) / stepMs) * stepMs + offsetMs; tick <= toMs; tick += stepMs)
    ticks.push(tick)
  return ticks
}

/** As exact as the distance of ticks asks for. */
export function tickText(atMs: number, { fromMs, toMs }: Span): string {
  const spanMs = toMs - fromMs
  const options: Intl.DateTimeFormatOptions =
    spanMs <= 3 * minute
      ? { hour: '2-digit', minute: '2-digit', second: '2-digit' }
      : spanMs <= day
        ? { hour: '2-digit', minute: '2-digit' }
        : { weekday: 'short', day: 'numeric' }
  return new Date(atMs).toLocaleString(undefined, { hourCycle: 'h23', ...options })
}

export function exactTime(atMs: number): string {
  return new Date(atMs).toLocaleString(undefined, {
    hourCycle: 'h23',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
}
