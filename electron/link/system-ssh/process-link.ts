import type { Duplex } from 'node:stream'
import { AppError } from '../../../shared/errors'
import { throwIfAborted } from '../abort'
import { startChild } from '../child-command'
import { EndNotice } from '../end-notice'
import type { Command, CommandExit, Link } from '../link'
import { runCommand } from '../run-command'
import { shellCommand } from '../shell-quote'
import { sshArguments } from './arguments'
import { sshFailure } from './failures'
import { failureContext, type LinkParts } from './link-parts'
import { keepalive } from './settings'

/** ssh(1), EXIT STATUS: an error of ssh itself, though a command may choose the same number. */
const sshFailed = 255

/**
 * Where ssh cannot share a connection (Windows): each stream and each command is an ssh of its own, which signs in
 * anew. So nothing can be asked; keys or an agent are needed.
 */
export async function openProcessLink(parts: LinkParts): Promise<Link> {
  const { options, address, program } = parts
  options.onStage('reaching')
  options.log(
    `Connecting to ${address} with ${program}: one process for each stream, as this system's ssh shares none`,
  )
  const link = new ProcessLink(parts)
  try {
    const reached = await link.run(['true'], options.signal ? { signal: options.signal } : {})
    options.onStage('authenticating')
    if (reached.code !== 0) throw sshFailure(reached.stderr, failureContext(parts))
  } catch (error) {
    await link.close()
    throw error
  }
  options.log('Signed in')
  return link
}

class ProcessLink implements Link {
  readonly isLocal = false
  readonly #parts: LinkParts
  readonly #notice = new EndNotice()
  readonly #streams = new Set<Duplex>()
  readonly #keepalive: readonly string[]

  constructor(parts: LinkParts) {
    this.#parts = parts
    this.#keepalive = [
      ...keepalive(parts.settings),
      ...['-o', `ConnectTimeout=${Math.ceil((parts.options.reachTimeoutMs ?? 15_000) / 1000)}`],
    ]
  }

  async exec(argv: readonly string[], options: { signal?: AbortSignal } = {}): Promise<Command> {
    return this.#ssh(['-e', 'none'], [shellCommand(argv)], options.signal)
  }

  run: Link['run'] = (argv, options) => runCommand((words, more) => this.exec(words, more), argv, options)

  async openTcp(host: string, port: number, signal?: AbortSignal): Promise<Duplex> {
    const target = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
    const command = await this.#ssh(['-W', target], [], signal)
    return this.#endingWith(command, (stderr) => {
      const detail = stderr.trim() || undefined
      return new AppError('unreachable', `The host cannot reach ${host}:${port}`, {
        cure: 'Check that the service is running there, and AllowTcpForwarding in sshd_config on the host',
        detail,
      })
    })
  }

  async openUnix(path: string, signal?: AbortSignal): Promise<Duplex> {
    const netcat = this.#parts.options.netcat ?? 'nc'
    const command = await this.exec([netcat, '-U', path], signal ? { signal } : {})
    return this.#endingWith(command, (stderr, code) => {
      const detail = stderr.trim() || undefined
      // 127: the shell found no such command (POSIX, 2.8.2)
      if (code === 127) {
        return new AppError('unsupported', `The host has no ${netcat}`, {
          cure: 'Install netcat-openbsd there',
          detail,
        })
      }
      return new AppError('unreachable', `${path} on the host cannot be opened`, {
        cure: 'Check that the service that makes it is running, and that your account there may use it',
        detail,
      })
    })
  }

  onClosed(listener: (error?: AppError) => void): () => void {
    return this.#notice.listen(listener)
  }

  async close(): Promise<void> {
    const closed = [...this.#streams].map((stream) => new Promise((resolve) => stream.once('close', resolve)))
    for (const stream of this.#streams) stream.destroy()
    this.#notice.tell()
    await Promise.all(closed)
  }

  async #ssh(
    options: readonly string[],
    command: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Command> {
    throwIfAborted(signal)
    if (this.#notice.isOver) throw closedByUs()
    const { program, target } = this.#parts
    const words = sshArguments(target, [...this.#keepalive, ...options], command)
    const child = await startChild([program, ...words], signal)
    this.#streams.add(child.stream)
    child.stream.on('error', () => undefined)
    child.stream.once('close', () => this.#streams.delete(child.stream))
    const exit = child.exit.then((how): CommandExit => {
      if (this.#notice.isOver) throw closedByUs()
      if (how.code === sshFailed && saysWhy(child.stderr())) {
        throw sshFailure(child.stderr(), failureContext(this.#parts))
      }
      return how
    })
    exit.catch(() => undefined)
    return { ...child, exit }
  }

  /** A stream that ends with the error that its process ended with. */
  #endingWith(command: Command, explain: (stderr: string, code: number) => AppError): Duplex {
    command.exit.then(
      ({ code }) => {
        if (code !== undefined && code !== 0) command.stream.destroy(explain(command.stderr(), code))
      },
      (error: unknown) => command.stream.destroy(error as Error),
    )
    return command.stream
  }
}

/** Whether the words are ssh's own, rather than those of a command that ended with the same number. */
function saysWhy(stderr: string): boolean {
  return /^(?:ssh: |Host key verification|Permission denied|kex_|Connection |Timeout, server|.*: Permission denied \()/m.test(
    stderr,
  )
}

function closedByUs(): AppError {
  return new AppError('unreachable', 'The connection to the host was closed')
}
