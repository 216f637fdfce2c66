import type { Readable } from 'node:stream'

export interface OutputEvents {
  /** The server answered and its key is being looked at. */
  onServer(): void
  /** For the host's log. */
  log(text: string): void
}

const keptBytes = 16 * 1024

/**
 * What an ssh process says on standard error, run with LogLevel=DEBUG1: its own progress lines tell how far it is,
 * the others are for people. Bounded, as a host's banner ends up here too.
 */
export class SshOutput {
  readonly #events: OutputEvents
  readonly #keyTypes = new Map<string, string>()
  #rest = ''
  #words = ''
  #saidSinceQuestion = ''
  #offered: string | undefined
  #wasSignedIn = false

  constructor(stream: Readable, events: OutputEvents) {
    this.#events = events
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => this.#take(chunk))
    stream.on('end', () => this.#take('\n'))
    stream.on('error', () => undefined)
  }

  /** Without the progress lines; the last 16 KiB. */
  get words(): string {
    return this.#words.trim()
  }

  /** Signed in: what was said until then does not explain what comes. */
  forget(): void {
    this.#words = ''
    this.#saidSinceQuestion = ''
  }

  /** "publickey,password": what the server last said it takes. */
  get offered(): string | undefined {
    return this.#offered
  }

  /** What was said since this was last called. */
  takeSaid(): string {
    const said = this.#saidSinceQuestion.trim()
    this.#saidSinceQuestion = ''
    return said
  }

  keyTypeOf(fingerprint: string): string | undefined {
    return this.#keyTypes.get(fingerprint)
  }

  #take(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n')
    // a line without an end must not fill the memory either
    this.#rest = (lines.pop() ?? '').slice(-keptBytes)
    for (const line of lines) this.#line(line.replace(/\r$/, ''))
  }

  #line(line: string): void {
    const progress = /^debug\d: (.*)$/.exec(line)?.[1]
    if (progress !== undefined) {
      this.#progress(progress)
      return
    }
    const how = /^Authenticated to .* using "([\w-]+)"\.$/.exec(line)?.[1]
    if (how !== undefined && !this.#wasSignedIn) {
      this.#wasSignedIn = true
      this.#events.log(`Signed in by ${how}`)
      return
    }
    if (line === '') return
    this.#words = `${this.#words}${line}\n`.slice(-keptBytes)
    this.#saidSinceQuestion = `${this.#saidSinceQuestion}${line}\n`.slice(-2048)
  }

  #progress(text: string): void {
    if (this.#wasSignedIn) return
    const key = /^Server host key: (\S+) (\S+)$/.exec(text)
    if (key?.[1] !== undefined && key[2] !== undefined) {
      this.#keyTypes.set(key[2], key[1])
      this.#events.log(`Host key ${key[1]} ${key[2]}`)
      this.#events.onServer()
    }
    this.#offered = /^Authentications that can continue: (\S+)$/.exec(text)?.[1] ?? this.#offered
  }
}
