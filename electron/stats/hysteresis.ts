/**
 * Whether a figure is above its limit, decided slowly: it has to be above for a while before it counts, and clearly below
 * for as long before it no longer does. A figure on the line neither rings nor flickers.
 */
export interface Hysteresis {
  readonly isRaised: boolean
  /** Since when the figure speaks for the other state; undefined while it does not. */
  readonly turningSinceMs?: number
}

export const calm: Hysteresis = { isRaised: false }

const clearlyBelow = 0.9

export function step(
  before: Hysteresis,
  value: number,
  atMs: number,
  { above, forMs }: { readonly above: number; readonly forMs: number },
): Hysteresis {
  const turns = before.isRaised ? value < above * clearlyBelow : value > above
  if (!turns) return before.turningSinceMs === undefined ? before : { isRaised: before.isRaised }
  const sinceMs = before.turningSinceMs ?? atMs
  return atMs - sinceMs >= forMs
    ? { isRaised: !before.isRaised }
    : { isRaised: before.isRaised, turningSinceMs: sinceMs }
}
