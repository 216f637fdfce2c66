import type { ErrorData } from '../../../shared/errors'
import type { ConsolePortMessage } from '../../../shared/model/console'

type MessageHandler = (event: { readonly data: ArrayBuffer }) => void
type CloseHandler = (event: { readonly code: number; readonly reason: string }) => void

/** How much is handed to the screen before main hears of it; it pauses the guest at 8 MiB. */
const ackEveryBytes = 1024 * 1024

/**
 * A WebSocket as noVNC wants it, over a MessagePort. noVNC looks for the members among an object's own keys and the
 * names of its direct prototype (core/websock.js), so nothing here may be inherited.
 *
 * A VNC server speaks first: what arrives before noVNC listens is kept, and handed over in a microtask, because noVNC
 * sets `onmessage` in the middle of its own constructor.
 */
export class PortChannel {
  binaryType = 'arraybuffer'
  readonly protocol = ''
  /** noVNC takes the words of RTCDataChannel as well as WebSocket's numbers. */
  readyState: 'open' | 'closed' = 'open'
  onopen: (() => void) | null = null
  onerror: ((event: unknown) => void) | null = null
  onclose: CloseHandler | null = null
  /** Who ended it and why; set before `onclose` is called. */
  ending: { readonly by: 'us' | 'guest' | 'bad-data'; readonly error?: ErrorData } | undefined
  #onmessage: MessageHandler | null = null
  readonly #port: MessagePort
  #early: ArrayBuffer[] = []
  #unackedBytes = 0
  /** So far. */
  receivedBytes = 0

  constructor(port: MessagePort) {
    this.#port = port
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data)
  }

  get onmessage(): MessageHandler | null {
    return this.#onmessage
  }

  set onmessage(handler: MessageHandler | null) {
    this.#onmessage = handler
    if (handler && this.#early.length > 0) queueMicrotask(() => this.#flush())
  }

  /** Copies: noVNC passes a view of the queue it writes on into, and cloning a view would clone all of it. */
  send(data: ArrayBuffer | ArrayBufferView): void {
    if (this.readyState !== 'open') return
    const bytes =
      data instanceof ArrayBuffer
        ? data.slice(0)
        : new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer
    // Never as a transfer: main would not receive the message (https://github.com/electron/electron/issues/34905)
    this.#port.postMessage(bytes)
  }

  close(): void {
    this.#end({ by: 'us' })
  }

  /** What came makes no sense. */
  refuse(detail: string): void {
    this.#end({
      by: 'bad-data',
      error: { kind: 'internal', message: 'The screen sent data that could not be drawn', detail },
    })
  }

  #receive(data: unknown): void {
    if (this.readyState !== 'open') return
    if (data instanceof ArrayBuffer) {
      this.receivedBytes += data.byteLength
      this.#early.push(data)
      this.#flush()
      return
    }
    const message = data as ConsolePortMessage
    if (message?.kind === 'closed') {
      this.#end({ by: 'guest', ...(message.error ? { error: message.error } : {}) })
    }
  }

  #flush(): void {
    while (this.#onmessage && this.#early.length > 0 && this.readyState === 'open') {
      const data = this.#early.shift() as ArrayBuffer
      try {
        this.#onmessage({ data })
      } catch (error) {
        // noVNC throws on bytes that make no sense; after that it would never draw again.
        this.onerror?.(error)
        this.refuse(error instanceof Error ? error.message : String(error))
        return
      }
      this.#acknowledge(data.byteLength)
    }
  }

  #acknowledge(bytes: number): void {
    this.#unackedBytes += bytes
    if (this.#unackedBytes < ackEveryBytes || this.readyState !== 'open') return
    const message: ConsolePortMessage = { kind: 'ack', bytes: this.#unackedBytes }
    this.#unackedBytes = 0
    this.#port.postMessage(message)
  }

  #end(ending: NonNullable<PortChannel['ending']>): void {
    if (this.readyState === 'closed') return
    this.readyState = 'closed'
    this.ending = ending
    this.#early = []
    this.#port.onmessage = null
    this.#port.close()
    // As with a WebSocket, the caller of close() is told after it returned.
    queueMicrotask(() => this.onclose?.({ code: 1000, reason: ending.error?.message ?? '' }))
  }
}
