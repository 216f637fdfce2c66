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

  constructor(private readonly maxInFlight: number) {}

  /** True when nothing runs and nothing waits. */
  get isIdle(): boolean {
    return this.inFlight === 0 && order.every((priority) => this.waiting[priority].length === 0)
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
  }

  /** A started call was answered. */
  release(): void {
    this.inFlight -= 1
    this.startWaiting()
  }

  clear(): void {
    for (const priority of order) this.waiting[priority] = []
  }

  private startWaiting(): void {
    while (this.inFlight < this.maxInFlight) {
      const next = this.waiting.user.shift() ?? this.waiting.poll.shift()
      if (next === undefined) return
      this.inFlight += 1
      next.start()
    }
  }
}
