/**
 * One question to a guest's agent (https://www.qemu.org/docs/master/interop/qemu-ga-ref.html). The line may hold what an
 * earlier asker did not read, so both sides find together first: a byte that is no JSON, and a number that comes back. The
 * guest is trusted with nothing, the length of its answer included.
 */
import { randomInt } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { isObject, type Json, type JsonObject } from '../../../qmp/index'

const mostBytes = 8 * 1024 * 1024
/** guest-sync-delimited: no JSON in UTF-8 has it. */
const mark = 0xff
const newline = 10

export class AgentRefusal extends Error {
  override readonly name = 'AgentRefusal'
}

/** Nobody answers, in time or at all. */
export class AgentSilence extends Error {
  override readonly name = 'AgentSilence'
}

export interface AgentQuestion {
  readonly command: string
  readonly words?: JsonObject
  readonly syncTimeoutMs: number
  readonly answerTimeoutMs: number
}

/** Ends the stream. */
export async function exchange(stream: Duplex, question: AgentQuestion): Promise<Json> {
  const { command, words = {}, syncTimeoutMs, answerTimeoutMs } = question
  const answers = new Answers(stream)
  try {
    const id = randomInt(1, 2 ** 31)
    const sync = JSON.stringify({ execute: 'guest-sync-delimited', arguments: { id } })
    stream.write(Buffer.concat([Buffer.from([mark]), Buffer.from(`${sync}\n`)]))
    await answers.until((answer) => (answer['return'] === id ? true : undefined), syncTimeoutMs)
    stream.write(`${JSON.stringify({ execute: command, arguments: words })}\n`)
    return await answers.until((answer) => {
      const { error } = answer
      if (isObject(error)) throw new AgentRefusal(typeof error['desc'] === 'string' ? error['desc'] : '')
      return Object.hasOwn(answer, 'return') ? (answer['return'] ?? null) : undefined
    }, answerTimeoutMs)
  } finally {
    stream.destroy()
  }
}

class Answers {
  #held = Buffer.alloc(0)
  #lines: JsonObject[] = []
  #whyOver: Error | undefined
  #wake: () => void = () => undefined

  constructor(stream: Duplex) {
    stream.on('data', (chunk: Buffer) => this.#take(chunk))
    const end = (error?: Error): void => {
      this.#whyOver ??= new AgentSilence(error?.message ?? 'The connection ended')
      this.#wake()
    }
    stream.once('end', () => end())
    stream.once('close', () => end())
    stream.on('error', end)
  }

  async until<T>(read: (answer: JsonObject) => T | undefined, timeoutMs: number): Promise<T> {
    const deadline = performance.now() + timeoutMs
    for (;;) {
      for (let line = this.#lines.shift(); line; line = this.#lines.shift()) {
        const found = read(line)
        if (found !== undefined) return found
      }
      if (this.#whyOver) throw this.#whyOver
      const left = deadline - performance.now()
      if (left <= 0) throw new AgentSilence(`No answer within ${timeoutMs} ms`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  #take(chunk: Buffer): void {
    if (this.#whyOver) return
    this.#held = Buffer.concat([this.#held, chunk])
    for (let at = this.#held.indexOf(newline); at >= 0; at = this.#held.indexOf(newline)) {
      const line = this.#held.subarray(0, at)
      this.#held = this.#held.subarray(at + 1)
      const answer = parsed(line.subarray(line.lastIndexOf(mark) + 1).toString('utf8'))
      if (answer) this.#lines.push(answer)
    }
    if (this.#held.length > mostBytes)
      this.#whyOver = new AgentSilence(`An answer is longer than ${mostBytes} bytes`)
    this.#wake()
  }
}

/** What is left of an earlier question may be anything. */
function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
