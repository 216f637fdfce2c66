/**
 * Notices a peer that went silent without closing (cable pulled, laptop suspended): after some silence a PING is sent,
 * and after several without a single byte in return the peer counts as dead. Any received byte is a sign of life.
 */
export interface KeepAliveOptions {
  /** Silence after which a PING is sent, and the time between two. */
  intervalMs: number
  /** This many PINGs without any answer mean the peer is dead. */
  maxMissed: number
}

export class KeepAlive {
  private timer: ReturnType<typeof setInterval> | null = null
  private heard = true
  private missed = 0
  private probe: ReturnType<typeof setTimeout> | null = null

  constructor(
    private readonly options: KeepAliveOptions,
    private readonly peer: { ping(): void; isPaused(): boolean; dead(silentMs: number): void },
  ) {}

  start(): void {
    this.timer = setInterval(() => this.tick(), this.options.intervalMs)
    this.timer.unref()
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer)
    if (this.probe !== null) clearTimeout(this.probe)
    this.timer = this.probe = null
  }

  /** Bytes arrived. */
  alive(): void {
    this.heard = true
    this.missed = 0
    if (this.probe !== null) clearTimeout(this.probe)
    this.probe = null
  }

  /** Asks for a sign of life within `timeoutMs`, as after the computer was asleep. */
  check(timeoutMs: number): void {
    if (this.probe !== null) return
    this.probe = setTimeout(() => this.peer.dead(timeoutMs), timeoutMs)
    this.probe.unref()
    this.peer.ping()
  }

  private tick(): void {
    // While we do not read, silence is our own doing.
    if (this.heard || this.peer.isPaused()) {
      this.heard = false
      this.missed = 0
      return
    }
    if (this.missed >= this.options.maxMissed) {
      this.peer.dead((this.missed + 1) * this.options.intervalMs)
      return
    }
    this.missed += 1
    this.peer.ping()
  }
}
