import type { LoadPoint } from './load-history'

interface Frame {
  readonly windowMs: number
  readonly max: number
  readonly width: number
  readonly height: number
}

/** The path of one value over the last window, newest at the right edge; a missing value leaves a gap. */
export function ratePath(
  points: readonly LoadPoint[],
  valueOf: (point: LoadPoint) => number | undefined,
  { windowMs, max, width, height }: Frame,
): string {
  const nowMs = points.at(-1)?.atMs ?? 0
  let path = ''
  let isPenDown = false
  for (const point of points) {
    const value = valueOf(point)
    if (value === undefined) {
      isPenDown = false
      continue
    }
    const x = width * (1 - (nowMs - point.atMs) / windowMs)
    const share = Math.min(1, Math.max(0, value / max))
    const y = height - 1 - share * (height - 3)
    path += `${isPenDown ? 'L' : 'M'}${round(x)} ${round(y)}`
    isPenDown = true
  }
  return path
}

/** Grows in doublings, so that the scale does not jump with every sample. */
export function niceMax(values: readonly (number | undefined)[], least: number): number {
  const biggest = Math.max(least, ...values.map((value) => value ?? 0))
  let max = least
  while (max < biggest) max *= 2
  return max
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
