/**
 * Connections for calls that may take minutes. Each carries as many as the daemon serves at once; when all are taken, by
 * work or by calls that never come back, another is opened. So four stuck guests do not keep a fifth from starting.
 */
import type { LibvirtConnection } from './libvirt-connection'

/** As many as a connection has in flight at most (see CallQueue). */
const callsPerLane = 4
/** Together they hold at most this many of the daemon's workers (max_workers in libvirtd.conf, 20 unless changed). */
const maxLanes = 3

interface Lane {
  readonly opening: Promise<LibvirtConnection>
  connection: LibvirtConnection | null
  running: number
}

export class JobConnections {
  private readonly lanes = new Set<Lane>()
  private idleTimer: ReturnType<typeof setTimeout> | null = null

  constructor(
    private readonly open: () => Promise<LibvirtConnection>,
    private readonly idleMs: number,
  ) {}

  async run<T>(work: (connection: LibvirtConnection) => Promise<T>): Promise<T> {
    this.stopTimer()
    const lane = this.leastLoaded()
    lane.running += 1
    try {
      return await work(await lane.opening)
    } finally {
      lane.running -= 1
      if ([...this.lanes].every(({ running }) => running === 0)) this.closeWhenIdle()
    }
  }

  stopTimer(): void {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer)
    this.idleTimer = null
  }

  private leastLoaded(): Lane {
    const lanes = [...this.lanes].filter(({ connection }) => (connection?.closeReason ?? null) === null)
    const best = lanes.sort((a, b) => loadOf(a) - loadOf(b))[0]
    if (best !== undefined && (loadOf(best) < callsPerLane || lanes.length >= maxLanes)) return best
    return this.openLane()
  }

  private openLane(): Lane {
    const lane: Lane = { opening: this.open(), connection: null, running: 0 }
    this.lanes.add(lane)
    lane.opening.then(
      (connection) => {
        lane.connection = connection
        void connection.closed.then(() => this.lanes.delete(lane))
      },
      // its callers are told; the next call tries anew
      () => this.lanes.delete(lane),
    )
    return lane
  }

  /** One with a call that the daemon has not answered stays: closing it would only hide that the call is there. */
  private closeWhenIdle(): void {
    this.stopTimer()
    this.idleTimer = setTimeout(() => {
      for (const lane of this.lanes) {
        if (lane.connection === null || lane.running > 0) continue
        const { connection } = lane
        connection.onceIdle(() => {
          if (lane.running > 0) return
          this.lanes.delete(lane)
          void connection.close()
        })
      }
    }, this.idleMs)
    this.idleTimer.unref()
  }
}

function loadOf(lane: Lane): number {
  return lane.running + (lane.connection?.abandonedCalls ?? 0)
}
