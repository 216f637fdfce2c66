import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { AppError } from '../../shared/errors'
import type { SenderId } from '../../shared/ipc/define'
import { consoleId, type ConsoleId, type HostId, type VmId, type VmRef } from '../../shared/model/ids'
import { pump, type Pump, type PumpPort } from './pump'

/** The part of a HypervisorSession consoles need. */
export interface ConsoleSession {
  openConsole(vm: VmId, signal: AbortSignal): Promise<Duplex>
}

interface OpenConsole {
  readonly sender: SenderId
  readonly host: HostId
  readonly abort: AbortController
  /** Absent while the guest's stream is being opened. */
  pump?: Pump
}

/** More than any window shows; keeps a misbehaving one from opening sockets without end. */
const maxPerSender = 32
const openTimeoutMs = 20_000

/**
 * Every open console with its owner, so that a closed window, a removed host or an abandoned tab leaves no stream
 * behind.
 */
export class Consoles {
  readonly #getSession: (host: HostId) => ConsoleSession
  readonly #open = new Map<ConsoleId, OpenConsole>()

  /** `getSession` throws an AppError when the host is unknown or not connected. */
  constructor(getSession: (host: HostId) => ConsoleSession) {
    this.#getSession = getSession
  }

  /**
   * Opens the guest's screen. `makePort` is called once the stream exists: it makes a channel, hands one end to the
   * window under the given id and returns the other.
   */
  async open(ref: VmRef, sender: SenderId, makePort: (id: ConsoleId) => PumpPort): Promise<ConsoleId> {
    const owned = [...this.#open.values()].filter((entry) => entry.sender === sender)
    if (owned.length >= maxPerSender) {
      throw new AppError('busy', `This window has ${maxPerSender} consoles open`, {
        cure: 'Close some of them first.',
      })
    }
    const id = consoleId.parse(randomUUID())
    const entry: OpenConsole = { sender, host: ref.host, abort: new AbortController() }
    this.#open.set(id, entry)
    try {
      const stream = await this.#openStream(ref, entry.abort)
      let port: PumpPort
      try {
        port = makePort(id)
      } catch (error) {
        stream.destroy()
        throw error
      }
      entry.pump = pump(stream, port, () => this.#open.delete(id))
      return id
    } catch (error) {
      this.#open.delete(id)
      throw error
    }
  }

  /** Only the window that opened a console may close it; an unknown id is already closed. */
  close(id: ConsoleId, sender: SenderId): void {
    const entry = this.#open.get(id)
    if (entry?.sender === sender) this.#end(id, entry)
  }

  /** A window is gone or was reloaded. */
  closeAllFor(sender: SenderId): void {
    for (const [id, entry] of [...this.#open]) if (entry.sender === sender) this.#end(id, entry)
  }

  /** A host is being disconnected or removed. */
  closeAllForHost(host: HostId): void {
    for (const [id, entry] of [...this.#open]) if (entry.host === host) this.#end(id, entry)
  }

  get count(): number {
    return this.#open.size
  }

  #end(id: ConsoleId, entry: OpenConsole): void {
    this.#open.delete(id)
    entry.abort.abort()
    entry.pump?.close()
  }

  /** A session that ignores the signal or hangs must not keep the window waiting: its stream is destroyed when late. */
  async #openStream(ref: VmRef, abort: AbortController): Promise<Duplex> {
    const { signal } = abort
    const opening = this.#getSession(ref.host).openConsole(ref.vm, signal)
    let isTimedOut = false
    const timer = setTimeout(() => {
      isTimedOut = true
      abort.abort()
    }, openTimeoutMs)
    const abandoned = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () =>
        reject(
          isTimedOut
            ? new AppError('timed-out', 'The screen of this VM did not open in time', {
                cure: 'Check that the host answers, then try again.',
              })
            : new AppError('cancelled', 'The console was closed'),
        ),
      )
    })
    try {
      return await Promise.race([opening, abandoned])
    } catch (error) {
      opening.then(
        (stream) => stream.on('error', () => {}).destroy(),
        () => {},
      )
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}
