import type { ErrorData } from '../../../shared/errors'
import type { ConsolePortMessage } from '../../../shared/model/console'

/** How much is drawn before main hears of it; it pauses the guest at 8 MiB. */
const ackEveryBytes = 256 * 1024

export interface ChannelEvents {
  /** `onDrawn` once the bytes are on the screen. */
  onBytes(bytes: Uint8Array, onDrawn: () => void): void
  /** The far side ended it; not called after `close`. */
  onEnded(error?: ErrorData): void
}

/** The window's end of a text console: bytes both ways over a MessagePort, no more of them than can be drawn. */
export class TextChannel {
  readonly #port: MessagePort
  readonly #events: ChannelEvents
  #drawnBytes = 0
  #isOver = false

  constructor(port: MessagePort, events: ChannelEvents) {
    this.#port = port
    this.#events = events
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data)
  }

  send(bytes: Uint8Array): void {
    // its own buffer, and never as a transfer: main would not receive the message
    if (!this.#isOver) this.#port.postMessage(bytes.slice().buffer)
  }

  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#port.onmessage = null
    this.#port.close()
  }

  #receive(data: unknown): void {
    if (this.#isOver) return
    if (data instanceof ArrayBuffer) {
      this.#events.onBytes(new Uint8Array(data), () => this.#acknowledge(data.byteLength))
      return
    }
    const message = data as ConsolePortMessage | null
    if (message?.kind !== 'closed') return
    this.close()
    this.#events.onEnded(message.error)
  }

  #acknowledge(bytes: number): void {
    this.#drawnBytes += bytes
    if (this.#drawnBytes < ackEveryBytes || this.#isOver) return
    const message: ConsolePortMessage = { kind: 'ack', bytes: this.#drawnBytes }
    this.#drawnBytes = 0
    this.#port.postMessage(message)
  }
}
