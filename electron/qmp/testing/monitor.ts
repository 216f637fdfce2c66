/** The other end of a connection: a monitor that says what a test wants. */
import { Duplex, PassThrough } from 'node:stream'

export interface Asked {
  readonly execute?: string
  readonly 'exec-oob'?: string
  readonly arguments?: Record<string, unknown>
  readonly id: string
}

export const greeting = {
  QMP: {
    version: { qemu: { micro: 22, minor: 2, major: 7 }, package: 'Debian' },
    capabilities: ['oob'],
  },
}

export class TestMonitor {
  readonly stream: Duplex
  readonly asked: Asked[] = []
  readonly #toClient = new PassThrough()
  #onAsked: (asked: Asked) => void = () => undefined

  constructor() {
    const toMonitor = new PassThrough()
    this.stream = Duplex.from({ readable: this.#toClient, writable: toMonitor })
    let rest = ''
    toMonitor.on('data', (chunk: Buffer) => {
      rest += chunk.toString()
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const asked = JSON.parse(line) as Asked
        this.asked.push(asked)
        this.#onAsked(asked)
      }
    })
  }

  /** Says hello, takes the capabilities, and hands the rest to `answer`. */
  greets(answer: (asked: Asked) => void = () => undefined): this {
    this.#onAsked = (asked) => (asked.execute === 'qmp_capabilities' ? this.answer(asked, {}) : answer(asked))
    this.say(greeting)
    return this
  }

  answer(asked: Asked, value: unknown): void {
    this.say({ return: value, id: asked.id })
  }

  say(message: unknown): void {
    this.write(`${JSON.stringify(message)}\r\n`)
  }

  write(bytes: string | Uint8Array): void {
    this.#toClient.write(bytes)
  }

  hangUp(): void {
    this.#toClient.end()
  }
}
