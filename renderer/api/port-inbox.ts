import { AppError } from '../../shared/errors'
import type { ConsoleId } from '../../shared/model/ids'

interface Waiting {
  resolve(port: MessagePort): void
  reject(error: AppError): void
  readonly timer: ReturnType<typeof setTimeout>
}

const arrivalTimeoutMs = 10_000
const maxForgotten = 100

/**
 * Where console ports arrive. A MessagePort cannot cross the context bridge, so the preload sends it by
 * window.postMessage, before or after the request that asked for it was answered.
 */
export class PortInbox {
  readonly #arrived = new Map<string, MessagePort>()
  readonly #waiting = new Map<string, Waiting>()
  /** Ids nobody wants any more; their port is closed when it comes. */
  readonly #forgotten = new Set<string>()
  readonly #window: Window

  constructor(onWindow: Window) {
    this.#window = onWindow
    onWindow.addEventListener('message', this.#receive)
  }

  take(id: ConsoleId): Promise<MessagePort> {
    const port = this.#arrived.get(id)
    if (port) {
      this.#arrived.delete(id)
      return Promise.resolve(port)
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id)
        this.forget(id)
        reject(new AppError('internal', 'The stream of the screen did not arrive'))
      }, arrivalTimeoutMs)
      this.#waiting.set(id, { resolve, reject, timer })
    })
  }

  /** The console is not wanted any more. */
  forget(id: ConsoleId): void {
    const port = this.#arrived.get(id)
    if (port) {
      this.#arrived.delete(id)
      port.close()
      return
    }
    const waiting = this.#waiting.get(id)
    if (waiting) {
      clearTimeout(waiting.timer)
      this.#waiting.delete(id)
      waiting.reject(new AppError('cancelled', 'The console was closed'))
    }
    this.#forgotten.add(id)
    if (this.#forgotten.size > maxForgotten) this.#forgotten.delete([...this.#forgotten][0] as string)
  }

  dispose(): void {
    this.#window.removeEventListener('message', this.#receive)
    for (const port of this.#arrived.values()) port.close()
    this.#arrived.clear()
  }

  readonly #receive = (event: MessageEvent<unknown>): void => {
    if (event.source !== this.#window) return
    const data = event.data as { type?: unknown; console?: unknown } | null
    const port = event.ports[0]
    if (data?.type !== 'innkeeper:console-port' || typeof data.console !== 'string' || !port) return
    const id = data.console
    if (this.#forgotten.delete(id)) return port.close()
    const waiting = this.#waiting.get(id)
    if (!waiting) {
      this.#arrived.set(id, port)
      return
    }
    clearTimeout(waiting.timer)
    this.#waiting.delete(id)
    waiting.resolve(port)
  }
}

let ofWindow: PortInbox | undefined

/** One for the window: ports arrive by window messages, whichever console asked. */
export function portInbox(): PortInbox {
  ofWindow ??= new PortInbox(window)
  return ofWindow
}
