import type { QueuedCall } from './call-queue'
import type { CallSpec } from './procedures'
import type { RpcStream } from './stream'

/** A call between being asked for and being answered, with the timer and signal that may end the wait early. */
export class PendingCall {
  isSent = false
  isSettled = false
  private timer: ReturnType<typeof setTimeout> | null = null
  private stopListening: (() => void) | null = null
  private lateListener: (() => void) | null = null

  constructor(
    readonly serial: number,
    readonly spec: CallSpec<never, unknown>,
    readonly stream: RpcStream | null,
    private readonly onSettled: (error: unknown, ret?: unknown) => void,
    readonly queued: QueuedCall,
  ) {}

  onTimeout(timeoutMs: number, then: () => void): void {
    this.timer = setTimeout(then, timeoutMs)
  }

  onAbort(signal: AbortSignal, then: (reason: unknown) => void): void {
    const listener = () => then(abortReason(signal))
    signal.addEventListener('abort', listener, { once: true })
    this.stopListening = () => signal.removeEventListener('abort', listener)
  }

  onLate(listener: () => void): void {
    this.lateListener = listener
  }

  /** Answered, or ended with its connection, after it was given up. */
  late(): void {
    this.lateListener?.()
  }

  /** Only the first time counts: a late answer to a call given up is no news to anybody. */
  settle(error: unknown, ret?: unknown): void {
    if (this.isSettled) return
    this.isSettled = true
    if (this.timer !== null) clearTimeout(this.timer)
    this.stopListening?.()
    this.onSettled(error, ret)
  }
}

/** Whatever `abort()` was given, or an error where it was given nothing usable. */
export const abortReason = (signal: AbortSignal): unknown =>
  signal.reason ?? new Error('the call was given up')
