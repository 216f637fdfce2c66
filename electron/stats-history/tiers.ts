/** How finely the past is kept: the further back, the coarser. What is drawn has at most 300 points anyway. */
export interface Tier {
  readonly stepMs: number
  readonly slots: number
}

const second = 1_000
const minute = 60 * second

/** Each is the mean of the one before. Slots are whole chunks of a ring. */
export const tiers: readonly Tier[] = [
  { stepMs: 10 * second, slots: 360 }, // 1 hour
  { stepMs: minute, slots: 360 }, // 6 hours
  { stepMs: 5 * minute, slots: 300 }, // 25 hours
  { stepMs: 30 * minute, slots: 360 }, // 7 days and a half
]

/** Samples as they came: 6 minutes at the usual interval. */
export const rawSamples = 180

/** From here on a tier is kept on disk as well: what a crash may cost. */
export const firstStoredTier = 1
