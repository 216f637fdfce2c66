/** Every wait of the hosts layer in one place, so that tests and slow networks can change them. Milliseconds. */
export interface HostTiming {
  /** For each stage of a connection attempt; time the user takes to answer a question does not count. */
  readonly connectTimeoutMs: number
  /** For one call to a connected host that should be quick. */
  readonly callTimeoutMs: number
  /** First retry after a connection dropped; daemons that restart are back within a second or so. */
  readonly firstRetryMs: number
  readonly minRetryMs: number
  readonly maxRetryMs: number
  /** A connection that lasted this long counts as healthy: after the next drop the host is tried again soon. */
  readonly healthyAfterMs: number
  /** One that lasted this long is forgiven all earlier failures: it is tried again at once. */
  readonly stableAfterMs: number
  /** A host that is asked for a sign of life (the computer woke up) has this long to give one. */
  readonly probeTimeoutMs: number
  /** Hosts that are all to be tried "now" are spread over this time. */
  readonly wakeSpreadMs: number
  /** At the start of the app so many hosts are connected at once; the others follow one by one. */
  readonly connectTogether: number
  readonly connectGapMs: number
  readonly statsIntervalMs: number
  readonly pollIntervalMs: number
  /** Changes within this time travel to the window as one message; one frame of the screen. */
  readonly batchMs: number
  /** How long the inventory may differ from its copy on disk. */
  readonly saveDelayMs: number
}

export const defaultTiming: HostTiming = {
  connectTimeoutMs: 30_000,
  callTimeoutMs: 30_000,
  firstRetryMs: 500,
  minRetryMs: 1_000,
  maxRetryMs: 60_000,
  healthyAfterMs: 5_000,
  stableAfterMs: 60_000,
  // a packet that is lost three times in a row is sent again after 7 s (RFC 6298)
  probeTimeoutMs: 10_000,
  wakeSpreadMs: 1_000,
  connectTogether: 3,
  connectGapMs: 90,
  statsIntervalMs: 2_000,
  pollIntervalMs: 3_000,
  batchMs: 16,
  saveDelayMs: 5_000,
}
