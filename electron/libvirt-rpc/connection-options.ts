import type { CallPriority } from './call-queue'
import type { KeepAliveOptions } from './keepalive'

export interface CallOptions {
  /** What the user waits for overtakes polling. Default: 'user'. */
  priority?: CallPriority
  /** Time for queueing, sending and the answer together; null to wait as long as the connection lives. */
  timeoutMs?: number | null
  /** Stops waiting, with the signal's reason. The daemon is not told; libvirt has no way to cancel a call. */
  signal?: AbortSignal
  /** A call that was given up is over in the daemon too: answered after all, never sent, or its connection ended. */
  onLate?: () => void
}

export interface ConnectionOptions {
  /** For calls that do not say otherwise. Default 30 s. */
  defaultTimeoutMs?: number
  /** Our own pings. Default: after 5 s of silence, dead after 5. Null for none. */
  keepAlive?: KeepAliveOptions | null
  /** See CallQueue; the default of 4 is one below the daemon's limit. */
  maxInFlight?: number
}
