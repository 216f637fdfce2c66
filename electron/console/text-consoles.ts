import type { Duplex } from 'node:stream'
import { AppError, type ErrorData } from '../../shared/errors'
import type { SenderId } from '../../shared/ipc/define'
import type { ConsoleId, HostId } from '../../shared/model/ids'
import type { OpenShellInput } from '../../shared/model/host-shell'
import type { OpenTextInput } from '../../shared/model/text-console'
import type { HostShell, ShellSession, ShellSize } from '../backends/shell-session'
import type { TextConsoleSession } from '../backends/text-console-session'
import type { Consoles } from './consoles'
import type { PumpPort } from './pump'
import { TextLog } from './text-log'

interface Parts {
  readonly consoles: Consoles
  /** Throws when the host is unknown or not connected. */
  session(host: HostId): { readonly textConsoles: TextConsoleSession; readonly shell: ShellSession }
  /** The path of a file that the user chose for writing; throws for an unknown id. */
  filePath(file: string): string
  onLogFailed(failure: { readonly console: ConsoleId; readonly error: ErrorData }): void
}

/** Serial lines and the like in windows, and shells of hosts, each with a log if the user wants one. */
export class TextConsoles {
  readonly #parts: Parts
  readonly #streams = new Map<ConsoleId, Duplex>()
  readonly #shells = new Map<ConsoleId, HostShell>()
  readonly #logs = new Map<ConsoleId, TextLog>()
  /** Log files that were begun: a console that comes back goes on in its file. */
  readonly #begun = new Set<string>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  open(
    { host, vm, device, isForced }: OpenTextInput,
    sender: SenderId,
    makePort: (id: ConsoleId) => PumpPort,
  ): Promise<ConsoleId> {
    const open = async (signal: AbortSignal) =>
      this.#parts.session(host).textConsoles.openText(vm, { device, isForced }, signal)
    const wanted = { host, sender, what: 'The text console', open }
    return this.#parts.consoles.carry(wanted, makePort, (id, stream) => this.#keep(id, stream))
  }

  async openShell(
    { host, size }: OpenShellInput,
    sender: SenderId,
    makePort: (id: ConsoleId) => PumpPort,
  ): Promise<ConsoleId> {
    let shell: HostShell | undefined
    const open = async (signal: AbortSignal): Promise<Duplex> => {
      shell = await this.#parts.session(host).shell.openShell(size, signal)
      return shell.stream
    }
    const wanted = { host, sender, what: 'The shell', open }
    return this.#parts.consoles.carry(wanted, makePort, (id, stream) => {
      this.#keep(id, stream)
      if (!shell) return
      this.#shells.set(id, shell)
      stream.once('close', () => this.#shells.delete(id))
    })
  }

  /** A shell that has ended has no size. */
  resizeShell(console: ConsoleId, size: ShellSize, sender: SenderId): void {
    if (this.#parts.consoles.owns(console, sender)) this.#shells.get(console)?.resize(size)
  }

  async startLog(console: ConsoleId, file: string, sender: SenderId): Promise<void> {
    const stream = this.#owned(console, sender)
    const path = this.#parts.filePath(file)
    await this.#logs.get(console)?.stop()
    const log = await TextLog.begin(stream, { path, isAppended: this.#begun.has(file) }, (error) => {
      this.#logs.delete(console)
      this.#parts.onLogFailed({ console, error })
    })
    this.#begun.add(file)
    this.#logs.set(console, log)
  }

  /** Ends when all that was shown is in the file. */
  async stopLog(console: ConsoleId, sender: SenderId): Promise<void> {
    if (!this.#parts.consoles.owns(console, sender)) return
    const log = this.#logs.get(console)
    this.#logs.delete(console)
    await log?.stop()
  }

  #owned(console: ConsoleId, sender: SenderId): Duplex {
    const stream = this.#streams.get(console)
    if (stream && this.#parts.consoles.owns(console, sender)) return stream
    throw new AppError('not-found', 'This console was closed', { cure: 'Open it again.' })
  }

  #keep(id: ConsoleId, stream: Duplex): void {
    this.#streams.set(id, stream)
    stream.once('close', () => {
      this.#streams.delete(id)
      this.#logs.delete(id)
    })
  }
}
