import type { Duplex } from 'node:stream'
import type { AppError } from '../../shared/errors'

/**
 * How a host is reached: byte streams and commands there, whether "there" is this computer or the far end of one
 * authenticated ssh connection. RPC, consoles and host tools all go through it, so the user signs in once.
 *
 * Every method ends with an AppError when it fails. Aborting a signal ends that one thing and leaves the link open.
 */
export interface Link {
  readonly isLocal: boolean

  /** False: only ports of the host that the network leads to; no sockets, no commands. Otherwise all of the host. */
  readonly entersHost?: false

  /** A stream to a Unix socket on the host. The caller destroys it. */
  openUnix(path: string, signal?: AbortSignal): Promise<Duplex>

  /** A stream to a TCP port as seen from the host ("127.0.0.1" is the host itself). The caller destroys it. */
  openTcp(host: string, port: number, signal?: AbortSignal): Promise<Duplex>

  /** Starts a command without a shell's interpretation: each word arrives as it is. Words never come from a shell. */
  exec(argv: readonly string[], options?: { signal?: AbortSignal }): Promise<Command>

  /** Runs a command to its end. A non-zero code is a result, not an error; too much output is an error. */
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>

  /** A shell for a person, on a terminal of this size. Absent where there is no way to one. */
  openShell?(size: TerminalSize, signal?: AbortSignal): Promise<Shell>

  /**
   * Tells once when the link has ended: with an error when it broke, without when `close` was called. A listener
   * added afterwards is told at once. Returns unsubscribe.
   */
  onClosed(listener: (error?: AppError) => void): () => void

  /** Ends the link with all its streams and commands; never throws. */
  close(): Promise<void>
}

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

/** A running shell. */
export interface Shell {
  /** What is typed and shown; destroying it ends the shell. */
  readonly stream: Duplex
  resize(size: TerminalSize): void
}

/** A running command. */
export interface Command {
  /** Writes to its standard input, reads its standard output; destroying it ends the command. */
  readonly stream: Duplex
  /** What it wrote to standard error so far, the last 64 KiB. */
  stderr(): string
  /** Settles when it has ended and its output is complete; rejects with an AppError only when the link broke. */
  readonly exit: Promise<CommandExit>
}

export interface CommandExit {
  /** Absent when a signal ended it. */
  readonly code?: number
  readonly signal?: string
}

export interface RunOptions {
  readonly input?: string | Uint8Array
  readonly signal?: AbortSignal
  /** Most bytes of standard output to accept, 16 MiB unless told. */
  readonly maxBytes?: number
}

export interface RunResult {
  readonly stdout: string
  readonly stderr: string
  /** 128 + signal number is not invented: a command ended by a signal has code -1 and names it in `signal`. */
  readonly code: number
  readonly signal?: string
}
