/**
 * One connection to QEMU's monitor. Commands may be answered in any order; what arrives is held to limits, and whatever is
 * no QMP ends the connection with the reason, never with an exception anywhere else.
 */
import type { Duplex } from 'node:stream'
import { QmpClosedError, QmpError, QmpTimeoutError, type QmpEndKind } from './errors'
import { Lines } from './lines'
import { isObject, readMessage, type Greeting, type Json, type JsonObject, type QmpEvent } from './message'

export interface QmpLimits {
  readonly lineBytes: number
  readonly depth: number
  /** Events that are kept until somebody listens. */
  readonly heldEvents: number
  /** Commands that were given up and whose answers may still come. */
  readonly lateAnswers: number
}

/** query-qmp-schema of QEMU 9 comes to 300 KB in one line; a large guest's query-block to some MB. */
export const usualLimits: QmpLimits = {
  lineBytes: 32 * 1024 * 1024,
  depth: 1000,
  heldEvents: 1000,
  lateAnswers: 64,
}

export interface QmpOptions {
  /** The greeting comes at once from a monitor that nobody else has; while somebody has it nothing comes. */
  readonly greetingTimeoutMs?: number
  readonly signal?: AbortSignal
  readonly limits?: Partial<QmpLimits>
}

export interface CommandOptions {
  /** 30 s unless told; 0: none. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Ahead of commands that take long, where monitor and command can. */
  readonly isOutOfBand?: boolean
}

interface Waiting {
  readonly command: string
  resolve(value: Json): void
  reject(error: unknown): void
}

const usualTimeoutMs = 30_000

export class QmpClient {
  readonly closed: Promise<QmpClosedError>
  readonly #waiting = new Map<string, Waiting>()
  readonly #late = new Set<string>()
  readonly #listeners = new Set<(event: QmpEvent) => void>()
  readonly #limits: QmpLimits
  readonly #lines: Lines
  #held: QmpEvent[] = []
  #greeting: Greeting | undefined
  #greeted: ((greeting: Greeting) => void) | undefined
  #whyOver: QmpClosedError | undefined
  #tellClosed: (reason: QmpClosedError) => void = () => undefined
  #lastId = 0
  #commands: Promise<ReadonlySet<string>> | undefined

  private constructor(
    private readonly stream: Duplex,
    limits: Partial<QmpLimits> = {},
  ) {
    this.#limits = { ...usualLimits, ...limits }
    this.#lines = new Lines(this.#limits.lineBytes)
    this.closed = new Promise((resolve) => (this.#tellClosed = resolve))
    stream.on('data', (chunk: Buffer | string) => this.#take(chunk))
    stream.once('end', () => this.#end('ended', 'The emulator ended the connection'))
    stream.once('close', () => this.#end('ended', 'The emulator ended the connection'))
    stream.on('error', (error: Error) => this.#end('ended', error.message))
  }

  /** Takes over the stream. Ends with a QmpClosedError when it leads to no monitor that is free. */
  static async open(stream: Duplex, options: QmpOptions = {}): Promise<QmpClient> {
    const client = new QmpClient(stream, options.limits)
    const { greetingTimeoutMs = 5000, signal } = options
    const stop = (): void => void client.#end('closed', 'Opening the monitor was given up')
    const timer = setTimeout(
      () => client.#end('silent', `No greeting within ${greetingTimeoutMs} ms`),
      greetingTimeoutMs,
    )
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
    try {
      const greeting = await client.#untilGreeted()
      const enable = greeting.canOutOfBand ? ['oob'] : []
      await client.execute('qmp_capabilities', { enable }, { timeoutMs: greetingTimeoutMs })
      return client
    } catch (error) {
      client.close()
      throw error
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
  }

  get version(): string {
    return this.#greeting?.version ?? ''
  }

  get canOutOfBand(): boolean {
    return this.#greeting?.canOutOfBand === true
  }

  get isOpen(): boolean {
    return this.#whyOver === undefined
  }

  /** The first listener is also told what came before it. Returns unsubscribe. */
  onEvent(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener)
    const held = this.#held
    this.#held = []
    for (const event of held) listener(event)
    return () => this.#listeners.delete(listener)
  }

  /** Rejects with QmpError when refused, QmpTimeoutError, QmpClosedError, or the signal's reason. */
  execute(command: string, args: JsonObject = {}, options: CommandOptions = {}): Promise<Json> {
    const { timeoutMs = usualTimeoutMs, signal, isOutOfBand = false } = options
    if (this.#whyOver) return Promise.reject(this.#whyOver)
    if (signal?.aborted) return Promise.reject(reasonOf(signal))
    const id = `i-${++this.#lastId}`
    const word = isOutOfBand && this.canOutOfBand ? 'exec-oob' : 'execute'
    return new Promise<Json>((resolve, reject) => {
      const giveUp = (error: unknown): void => {
        if (!this.#waiting.delete(id)) return
        settle()
        this.#late.add(id)
        reject(error)
        if (this.#late.size > this.#limits.lateAnswers)
          this.#end('silent', `${this.#late.size} commands were not answered`)
      }
      const stop = (): void => giveUp(signal ? reasonOf(signal) : undefined)
      const timer =
        timeoutMs === 0
          ? undefined
          : setTimeout(() => giveUp(new QmpTimeoutError(command, timeoutMs)), timeoutMs)
      const settle = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
      }
      signal?.addEventListener('abort', stop, { once: true })
      this.#waiting.set(id, {
        command,
        resolve: (value) => {
          settle()
          resolve(value)
        },
        reject: (error) => {
          settle()
          reject(error)
        },
      })
      this.stream.write(`${JSON.stringify({ [word]: command, arguments: args, id })}\n`)
    })
  }

  /** A line for people, and what is answered to it; errors are words as well. */
  async hmp(line: string, options: CommandOptions = {}): Promise<string> {
    const answer = await this.execute('human-monitor-command', { 'command-line': line }, options)
    if (typeof answer !== 'string')
      throw this.#end('broken', 'A command for people was answered with no text')
    return answer
  }

  /** Names of all commands that this emulator has; asked once. */
  commands(): Promise<ReadonlySet<string>> {
    this.#commands ??= this.execute('query-commands').then((answer) => {
      const list: readonly Json[] = Array.isArray(answer) ? answer : []
      return new Set(
        list.flatMap((one) => (isObject(one) && typeof one['name'] === 'string' ? [one['name']] : [])),
      )
    })
    return this.#commands
  }

  close(): void {
    this.#end('closed', 'The connection to the monitor was closed')
  }

  #untilGreeted(): Promise<Greeting> {
    if (this.#greeting) return Promise.resolve(this.#greeting)
    return new Promise((resolve, reject) => {
      this.#greeted = resolve
      void this.closed.then(reject)
    })
  }

  #take(chunk: Buffer | string): void {
    if (this.#whyOver) return
    try {
      for (const line of this.#lines.take(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) {
        if (this.#whyOver) return
        this.#understand(line)
      }
    } catch (error) {
      if (error instanceof QmpClosedError) this.#end(error.kind, error.message)
      else this.#end('broken', error instanceof Error ? error.message : String(error))
    }
  }

  #understand(line: string): void {
    const message = readMessage(line, this.#limits.depth)
    if (message.kind === 'greeting') {
      if (this.#greeting) throw new QmpClosedError('broken', 'It greeted twice')
      this.#greeting = message.greeting
      this.#greeted?.(message.greeting)
      return
    }
    if (!this.#greeting) throw new QmpClosedError('broken', 'It spoke before it greeted')
    if (message.kind === 'event') {
      this.#tell(message.event)
      return
    }
    if (this.#late.delete(message.id)) return
    const waiting = this.#waiting.get(message.id)
    if (!waiting) throw new QmpClosedError('broken', 'It answered what nobody asked')
    this.#waiting.delete(message.id)
    if (message.kind === 'answer') waiting.resolve(message.value)
    else waiting.reject(new QmpError(message.errorClass, message.text, waiting.command))
  }

  #tell(event: QmpEvent): void {
    if (this.#listeners.size === 0) {
      this.#held.push(event)
      if (this.#held.length > this.#limits.heldEvents)
        throw new QmpClosedError(
          'broken',
          `More than ${this.#limits.heldEvents} events came before anybody listened`,
        )
      return
    }
    for (const listener of [...this.#listeners]) listener(event)
  }

  #end(kind: QmpEndKind, message: string): QmpClosedError {
    if (this.#whyOver) return this.#whyOver
    const reason = new QmpClosedError(kind, message)
    this.#whyOver = reason
    this.stream.destroy()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#late.clear()
    this.#held = []
    for (const one of waiting) one.reject(reason)
    this.#tellClosed(reason)
    return reason
  }
}

function reasonOf(signal: AbortSignal): unknown {
  return signal.reason ?? new Error('It was cancelled')
}
