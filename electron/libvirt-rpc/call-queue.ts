/**
 * Holds calls back so that few are in flight. libvirtd stops reading a connection while 5 of its requests are being
 * served (max_client_requests in libvirtd.conf), keepalive answers included, and would then take us for dead; so we
 * stay below that. What the user asked for overtakes polling.
 */
export type CallPriority = 'user' | 'poll'

const order: readonly CallPriority[] = ['user', 'poll']

export interface QueuedCall {
  priority: CallPriority
  start(): void
}

export class CallQueue {
  private readonly waiting: Record<CallPriority, QueuedCall[]> = { user: [], poll: [] }
  private inFlight = 0
  private abandoned = 0
  private idleListeners: (() => void)[] = []

  constructor(private readonly maxInFlight: number) {}

  /** True when nothing runs and nothing waits. */
  get isIdle(): boolean {
    return this.inFlight === 0 && order.every((priority) => this.waiting[priority].length === 0)
  }

  /** Calls in flight that nobody waits for any more: they hold slots for nothing until the daemon answers them. */
  get abandonedCalls(): number {
    return this.abandoned
  }

  /** Starts the call now if a slot is free, otherwise when one becomes free. */
  add(call: QueuedCall): void {
    this.waiting[call.priority].push(call)
    this.startWaiting()
  }

  /** Forgets a call that has not started. */
  remove(call: QueuedCall): void {
    const list = this.waiting[call.priority]
    const at = list.indexOf(call)
    if (at >= 0) list.splice(at, 1)
    this.tellIdle()
  }

  /** Nobody waits for a started call any more. It keeps its slot, as the daemon still counts it. */
  abandon(): void {
    this.abandoned += 1
  }

  /** A started call was answered. */
  release(wasAbandoned = false): void {
    this.inFlight -= 1
    if (wasAbandoned) this.abandoned -= 1
    this.startWaiting()
    this.tellIdle()
  }

  clear(): void {
    for (const priority of order) this.waiting[priority] = []
  }

  /** Calls back once, as soon as nothing runs or waits. */
  onceIdle(listener: () => void): void {
    this.idleListeners.push(listener)
    this.tellIdle()
  }

  private tellIdle(): void {
    if (!this.isIdle) return
    for (const listener of this.idleListeners.splice(0)) listener()
  }

  private startWaiting(): void {
    while (this.inFlight < this.maxInFlight) {
      const next = this.waiting.user.shift() ?? (this.hasRoomForPolls ? this.waiting.poll.shift() : undefined)
      if (next === undefined) return
      this.inFlight += 1
      next.start()
    }
  }

  /** Where calls already got stuck, polling leaves the last slot to the user. */
  private get hasRoomForPolls(): boolean {
    return this.abandoned === 0 || this.inFlight < this.maxInFlight - 1
  }
}
