import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { AppError } from '../../shared/errors'
import type { SenderId } from '../../shared/ipc/define'
import type { ConsoleOpening, ConsoleProtection, OpenConsoleInput } from '../../shared/model/console-sign-in'
import { consoleId, type ConsoleId, type HostId, type VmId } from '../../shared/model/ids'
import { CredentialMemory } from './credential-memory'
import {
  signedInPreface,
  signInToDisplay,
  type CertificatePins,
  type DisplaySession,
  type SignedIn,
} from './display-sign-in'
import { pump, type Preface, type Pump, type PumpPort } from './pump'

/** The part of a HypervisorSession the screen needs. */
export interface ConsoleSession extends DisplaySession {
  openConsole(vm: VmId, signal: AbortSignal): Promise<Duplex>
}

/** What a window is given: bytes both ways, whatever they are of. */
export interface Wanted {
  readonly host: HostId
  readonly sender: SenderId
  /** "The screen of this VM", for the error of one that does not open. */
  readonly what: string
  open(signal: AbortSignal): Promise<Duplex>
  readonly preface?: Preface
}

/** Nothing to show yet: the user has to answer first. */
class Question extends Error {
  constructor(readonly asked: Exclude<SignedIn, { kind: 'open' }>) {
    super('The screen asks for something')
  }
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
  readonly #pins: CertificatePins
  readonly #memory = new CredentialMemory()
  readonly #open = new Map<ConsoleId, OpenConsole>()

  /** `getSession` throws an AppError when the host is unknown or not connected. */
  constructor(getSession: (host: HostId) => ConsoleSession, pins: CertificatePins) {
    this.#getSession = getSession
    this.#pins = pins
  }

  /**
   * Opens the guest's screen and signs in to it, or tells what the user has to answer first. `makePort` is called once
   * pictures may be asked for: it makes a channel, hands one end to the window under the given id and returns the other.
   */
  async open(
    input: OpenConsoleInput,
    sender: SenderId,
    makePort: (id: ConsoleId) => PumpPort,
  ): Promise<ConsoleOpening> {
    let protection: ConsoleProtection = { by: 'none' }
    const open = async (signal: AbortSignal): Promise<Duplex> => {
      const session = this.#getSession(input.host)
      const stream = await session.openConsole(input.vm, signal)
      const parts = { session, memory: this.#memory, pins: this.#pins, signal }
      const signedIn = await signInToDisplay(stream, input, parts)
      if (signedIn.kind !== 'open') throw new Question(signedIn)
      protection = signedIn.protection
      return signedIn.stream
    }
    const wanted = { host: input.host, sender, what: 'The screen of this VM', open, preface: signedInPreface }
    try {
      return { kind: 'open', console: await this.carry(wanted, makePort), protection }
    } catch (error) {
      if (error instanceof Question) return error.asked
      throw error
    }
  }

  /** The same for any other stream; `begin` gets it just before its bytes go to the window. */
  async carry(
    wanted: Wanted,
    makePort: (id: ConsoleId) => PumpPort,
    begin: (id: ConsoleId, stream: Duplex) => void = () => {},
  ): Promise<ConsoleId> {
    const { host, sender } = wanted
    const owned = [...this.#open.values()].filter((entry) => entry.sender === sender)
    if (owned.length >= maxPerSender) {
      throw new AppError('busy', `This window has ${maxPerSender} consoles open`, {
        cure: 'Close some of them first.',
      })
    }
    const id = consoleId.parse(randomUUID())
    const entry: OpenConsole = { sender, host, abort: new AbortController() }
    this.#open.set(id, entry)
    try {
      const stream = await this.#openStream(wanted, entry.abort)
      let port: PumpPort
      try {
        port = makePort(id)
      } catch (error) {
        stream.destroy()
        throw error
      }
      begin(id, stream)
      entry.pump = pump(stream, port, {
        ...(wanted.preface ? { preface: wanted.preface } : {}),
        onEnd: () => this.#open.delete(id),
      })
      return id
    } catch (error) {
      this.#open.delete(id)
      throw error
    }
  }

  owns(id: ConsoleId, sender: SenderId): boolean {
    return this.#open.get(id)?.sender === sender
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
    this.#memory.forgetHost(host)
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
  async #openStream(wanted: Wanted, abort: AbortController): Promise<Duplex> {
    const { signal } = abort
    const opening = wanted.open(signal)
    let isTimedOut = false
    const timer = setTimeout(() => {
      isTimedOut = true
      abort.abort()
    }, openTimeoutMs)
    const abandoned = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () =>
        reject(
          isTimedOut
            ? new AppError('timed-out', `${wanted.what} did not open in time`, {
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
