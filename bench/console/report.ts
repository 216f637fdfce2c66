export interface Seen {
  readonly encoding: string
  readonly viewer: string
  readonly framesPerSecond: number
  /** Of those, as many were on the display: it has 60 frames a second. Not known of the native viewer. */
  readonly shownPerSecond: number
  readonly megabytesPerSecond: number
  /** Of one core. */
  readonly cpuPercent: number
  readonly displayCpuPercent: number
  readonly keysMs: { readonly whileStill: readonly number[]; readonly whileMoving: readonly number[] }
}

const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Medians over the rounds; `ratio` is ours divided by the native viewer's: above 1 the app takes more pictures. */
export function reportScreens(
  seen: readonly Seen[],
  about: Record<string, unknown>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const encoding of new Set(seen.map((one) => one.encoding))) {
    const of = (viewer: string): Seen[] =>
      seen.filter((one) => one.encoding === encoding && one.viewer === viewer)
    const fps = (viewer: string): number =>
      quantile(
        of(viewer).map(({ framesPerSecond }) => framesPerSecond),
        0.5,
      )
    result[encoding] = {
      ratio: round(fps('innkeeper') / fps('vncviewer')),
      ...Object.fromEntries(['innkeeper', 'vncviewer'].map((viewer) => [viewer, line(of(viewer))])),
    }
  }
  return { about, ...result }
}

function line(rounds: readonly Seen[]): Record<string, number> {
  const median = (of: (one: Seen) => number): number => round(quantile(rounds.map(of), 0.5))
  const keys = (of: (one: Seen) => readonly number[], share: number): number =>
    round(quantile(rounds.flatMap(of), share))
  return {
    framesPerSecond: median((one) => one.framesPerSecond),
    ...(rounds.some(({ shownPerSecond }) => Number.isNaN(shownPerSecond))
      ? {}
      : { shownPerSecond: median((one) => one.shownPerSecond) }),
    megabytesPerSecond: median((one) => one.megabytesPerSecond),
    cpuPercent: median((one) => one.cpuPercent),
    displayCpuPercent: median((one) => one.displayCpuPercent),
    keyMedianMs: keys((one) => one.keysMs.whileStill, 0.5),
    keyWorstTenthMs: keys((one) => one.keysMs.whileStill, 0.9),
    keyMedianWhileMovingMs: keys((one) => one.keysMs.whileMoving, 0.5),
    keyWorstTenthWhileMovingMs: keys((one) => one.keysMs.whileMoving, 0.9),
  }
}
