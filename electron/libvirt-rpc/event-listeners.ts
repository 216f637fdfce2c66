/**
 * Who wants which event. Dispatch goes by procedure number: callback ids cannot serve, as every family of events
 * (domains, pools, ...) counts its own from the same start.
 */
import type { EventSpec } from './procedures'
import { XdrReader } from './xdr/reader'

interface Entry {
  spec: EventSpec<unknown>
  listeners: Set<(message: never) => void>
}

export class EventListeners {
  private readonly entries = new Map<string, Entry>()

  add<Message>(spec: EventSpec<Message>, listener: (message: Message) => void): () => void {
    const key = keyOf(spec.program, spec.num)
    const entry: Entry = this.entries.get(key) ?? { spec, listeners: new Set() }
    this.entries.set(key, entry)
    entry.listeners.add(listener)
    return () => {
      entry.listeners.delete(listener)
    }
  }

  /** Throws RpcProtocolError when the payload cannot be read. An event nobody listens to is not even looked at. */
  dispatch(program: number, procedure: number, payload: Uint8Array): void {
    const entry = this.entries.get(keyOf(program, procedure))
    if (entry === undefined || entry.listeners.size === 0) return
    const reader = new XdrReader(payload)
    const message = entry.spec.read?.(reader)
    reader.end()
    for (const listener of [...entry.listeners]) {
      try {
        listener(message as never)
      } catch (error) {
        // A fault in a listener is not the host's: the connection and the other listeners go on.
        process.emitWarning(error instanceof Error ? error : String(error))
      }
    }
  }

  clear(): void {
    this.entries.clear()
  }
}

const keyOf = (program: number, procedure: number): string => `${program}:${procedure}`
