import type { Duplex, Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../shared/errors'
import { abortable, abortError, throwIfAborted } from './abort'
import { EndNotice } from './end-notice'
import type { Command, CommandExit, Link, RunOptions, RunResult, Shell, TerminalSize } from './link'
import { PairStream } from './pair-stream'
import { Places } from './places'
import { runCommand } from './run-command'
import { shellCommand } from './shell-quote'
import { forwardError, isNoSession, sessionError, sshLostError } from './ssh-errors'
import { keepTail } from './text-tail'

export interface SshChannel extends Duplex {
  readonly stderr: Readable
  signal(name: string): void
  setWindow(rows: number, columns: number, heightPx: number, widthPx: number): void
}

/** What is used of ssh2's Client; the computer's own ssh offers the same (system-ssh/mux-connection.ts). */
export interface SshConnection {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'close', listener: () => void): unknown
  exec(command: string, opened: Opened): unknown
  shell(window: ShellWindow, options: ShellOptions, opened: Opened): unknown
  forwardOut(sourceHost: string, sourcePort: number, host: string, port: number, opened: Opened): unknown
  openssh_forwardOutStreamLocal(path: string, opened: Opened): unknown
  end(): unknown
  destroy(): unknown
}

/** Of the terminal a shell runs on (RFC 4254 section 6.2). */
export interface ShellWindow {
  readonly term: string
  readonly cols: number
  readonly rows: number
}

export interface ShellOptions {
  readonly env: Readonly<Record<string, string>>
}

/** What xterm.js understands, and what hosts know by that name. */
const terminalType = 'xterm-256color'

/**
 * The terminal's characters are UTF-8, and a shell that does not know drops what is not ASCII. Hosts take it or leave it
 * (sshd_config(5), AcceptEnv; most distributions accept LANG).
 */
const shellEnv = { LANG: 'C.UTF-8' }

/** sshd lets ten sessions in over one connection (sshd_config(5), MaxSessions); consoles may want some of them. */
const commandsAtOnce = 6

/** sshd gives the place of a command that has ended back a moment after it told its end. */
const sessionTries = 6
const sessionWaitMs = 200

interface SshLinkParts {
  /** Signed in. */
  readonly client: SshConnection
  /** Names the host in errors. */
  readonly address: string
  /** The jump hosts its connection goes through, the nearest to the host first. */
  readonly via?: readonly { readonly client: SshConnection; readonly address: string }[]
  /** The program that joins its input and output to a Unix socket, where the server does not forward to those. */
  readonly netcat: string
  log(text: string): void
}

/** There is no channel with an error. */
type Opened = (error: Error | undefined, channel: SshChannel) => void

/** Everything to one host over one ssh connection: each stream or command is a channel of it. */
export class SshLink implements Link {
  readonly isLocal = false
  readonly #client: SshConnection
  readonly #parts: SshLinkParts
  readonly #notice = new EndNotice()
  readonly #streams = new Set<Duplex>()
  readonly #commands = new Places(commandsAtOnce)
  /** Set once the server was seen not to forward to Unix sockets. */
  #usesNetcat = false

  constructor(parts: SshLinkParts) {
    this.#parts = parts
    this.#client = parts.client
    // what breaks first says why: with a jump host all the connections through it end as well
    for (const { client, address } of [...(parts.via ?? []), parts]) {
      let lastError: Error | undefined
      client.on('error', (error: Error) => {
        lastError = error
      })
      client.on('close', () => this.#ended(sshLostError(lastError, address)))
    }
  }

  async openUnix(path: string, signal?: AbortSignal): Promise<Duplex> {
    if (!this.#usesNetcat) {
      try {
        const channel = await this.#channel(
          (opened) => this.#client.openssh_forwardOutStreamLocal(path, opened),
          signal,
        )
        return this.#socket(channel)
      } catch (error) {
        if (error instanceof AppError) throw error
        // OpenSSH gives one reason for a missing socket and for forbidden forwarding
        this.#parts.log(`The ssh server does not forward to ${path}, trying ${this.#parts.netcat}`)
      }
    }
    return this.#openByNetcat(path, signal)
  }

  async openTcp(host: string, port: number, signal?: AbortSignal): Promise<Duplex> {
    try {
      // the origin is for the server's log only
      const channel = await this.#channel(
        (opened) => this.#client.forwardOut('127.0.0.1', 0, host, port, opened),
        signal,
      )
      return this.#socket(channel)
    } catch (error) {
      throw error instanceof AppError ? error : forwardError(error as Error, `${host}:${port}`)
    }
  }

  async exec(argv: readonly string[], options: { signal?: AbortSignal } = {}): Promise<Command> {
    const line = shellCommand(argv)
    const { signal } = options
    let how: CommandExit = {}
    let channel: SshChannel
    try {
      channel = await this.#channel(
        (opened) =>
          this.#client.exec(line, (error, starting) => {
            // at once: the exit code may come in the same packet as the consent
            starting?.on('exit', (code: number | null, name?: string) => {
              how = code === null ? (name === undefined ? {} : { signal: name }) : { code }
            })
            opened(error, starting)
          }),
        signal,
      )
    } catch (error) {
      throw error instanceof AppError ? error : sessionError(error as Error)
    }
    const stderr = keepTail(channel.stderr)
    const stream = this.#stream(channel, () => channel.signal('TERM'))
    const exit = new Promise<CommandExit>((resolve, reject) => {
      const end = (): void => {
        if (this.#notice.isOver) reject(this.#notice.error ?? closedByUs())
        else resolve(how)
      }
      channel.on('close', end)
      // destroyed by its owner: the server closes only once the process has ended, and sshd does not pass signals
      // on to processes of root, so that may be never
      stream.on('close', end)
    })
    // not everybody who starts a command waits for its end
    exit.catch(() => undefined)
    const stop = (): void => void stream.destroy(signal ? abortError(signal) : undefined)
    signal?.addEventListener('abort', stop, { once: true })
    stream.once('close', () => signal?.removeEventListener('abort', stop))
    return { stream, stderr, exit }
  }

  run(argv: readonly string[], options?: RunOptions): Promise<RunResult> {
    return this.#commands.within(options?.signal, () =>
      runCommand((words, execOptions) => this.#execSoon(words, execOptions), argv, options),
    )
  }

  /** What was refused was not begun. */
  async #execSoon(...words: Parameters<Link['exec']>): Promise<Command> {
    for (let time = 1; ; time += 1) {
      try {
        return await this.exec(...words)
      } catch (error) {
        if (!isNoSession(error) || time === sessionTries) throw error
        await abortable(delay(sessionWaitMs), words[1]?.signal)
      }
    }
  }

  async openShell({ columns, rows }: TerminalSize, signal?: AbortSignal): Promise<Shell> {
    let channel: SshChannel
    try {
      const window = { term: terminalType, cols: columns, rows }
      channel = await this.#channel((opened) => this.#client.shell(window, { env: shellEnv }, opened), signal)
    } catch (error) {
      throw error instanceof AppError ? error : sessionError(error as Error)
    }
    // with a terminal there is no standard error beside it, yet what is not read would hold the channel
    channel.stderr.resume()
    return {
      stream: this.#stream(channel, () => channel.signal('HUP')),
      resize: (size) => channel.setWindow(size.rows, size.columns, 0, 0),
    }
  }

  onClosed(listener: (error?: AppError) => void): () => void {
    return this.#notice.listen(listener)
  }

  async close(): Promise<void> {
    this.#client.end()
    this.#ended(undefined)
    // a host that does not answer the farewell is left without one
    this.#client.destroy()
    this.#closeVia()
  }

  #closeVia(): void {
    for (const { client } of this.#parts.via ?? []) {
      client.end()
      client.destroy()
    }
  }

  async #openByNetcat(path: string, signal: AbortSignal | undefined): Promise<Duplex> {
    const options = signal === undefined ? {} : { signal }
    // netcat says nothing while all is well, so what can be known beforehand is asked beforehand
    const isThere = await this.run(['test', '-S', path], options)
    if (isThere.code !== 0) {
      throw new AppError('unreachable', `There is no socket at ${path} on the host`, {
        cure: 'Check that the service that makes it is installed and running',
        detail: isThere.stderr.trim() || undefined,
      })
    }
    const mayOpen = await this.run(['test', '-w', path], options)
    if (mayOpen.code !== 0) {
      throw new AppError('denied', `Your account on the host may not open ${path}`, {
        cure: 'Add it to the group libvirt there, or sign in as root',
        detail: mayOpen.stderr.trim() || undefined,
      })
    }
    const command = await this.exec([this.#parts.netcat, '-U', path], options)
    this.#usesNetcat = true
    void command.exit.then(
      ({ code }) => {
        if (code !== 0 && code !== undefined)
          command.stream.destroy(this.#netcatError(code, command.stderr()))
      },
      () => undefined,
    )
    return command.stream
  }

  #netcatError(code: number, stderr: string): AppError {
    const { netcat } = this.#parts
    const detail = stderr.trim() || `${netcat} ended with code ${code}`
    // 127: the shell found no such command
    if (code !== 127) return new AppError('unreachable', `${netcat} on the host gave up`, { detail })
    return new AppError('unsupported', `The host has no ${netcat} and forwards no Unix sockets over ssh`, {
      cure: `Install netcat-openbsd there, or set AllowStreamLocalForwarding yes in its sshd_config`,
      detail,
    })
  }

  /** Opens a channel; rejects with ssh2's own error, or an AppError when the link is over or the signal aborts. */
  #channel(open: (opened: Opened) => void, signal: AbortSignal | undefined): Promise<SshChannel> {
    throwIfAborted(signal)
    if (this.#notice.isOver) throw this.#notice.error ?? closedByUs()
    const opening = new Promise<SshChannel>((resolve, reject) => {
      const forget = this.#notice.listen((error) => reject(error ?? closedByUs()))
      // ssh2 throws at once when its socket is gone
      open((error, channel) => {
        forget()
        if (error) reject(error)
        else resolve(channel)
      })
    })
    return abortable(opening, signal, (late) => {
      // unread, it would hold its window for ever
      late.resume()
      late.destroy()
    })
  }

  /** As a socket of this computer it is over once the other side has ended: sshd waits for us to end as well. */
  #socket(channel: SshChannel): Duplex {
    const stream = this.#stream(channel)
    return stream.once('end', () => stream.end())
  }

  #stream(channel: SshChannel, beforeClosing: () => void = () => undefined): Duplex {
    const stream = new PairStream({
      source: channel,
      sink: channel,
      release: () => {
        beforeClosing()
        channel.destroy()
        channel.resume()
      },
    })
    // a link that breaks ends its streams with its own error; who no longer listens must not crash the app
    stream.on('error', () => undefined)
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
    return stream
  }

  #ended(error: AppError | undefined): void {
    if (this.#notice.isOver) return
    this.#notice.tell(error)
    for (const stream of this.#streams) stream.destroy(error)
    if (error) this.#closeVia()
  }
}

function closedByUs(): AppError {
  return new AppError('unreachable', 'The connection to the host was closed')
}
