import { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { AgentRefusal, AgentSilence, exchange } from './exchange'

type Answer = (command: string, id: number | undefined) => string | undefined

/** An agent at the other end of a line, which answers as it is told. */
function agent(answer: Answer): { stream: Duplex; asked: string[] } {
  const asked: string[] = []
  const stream: Duplex = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      const text = chunk.subarray(chunk.lastIndexOf(0xff) + 1).toString()
      const { execute, arguments: words } = JSON.parse(text) as {
        execute: string
        arguments: { id?: number }
      }
      asked.push(execute)
      const said = answer(execute, words.id)
      if (said !== undefined) stream.push(said)
      done()
    },
  })
  return { stream, asked }
}

const synced: Answer = (command, id) =>
  command === 'guest-sync-delimited' ? `${JSON.stringify({ return: id })}\n` : undefined
const question = { command: 'guest-ping', syncTimeoutMs: 1000, answerTimeoutMs: 1000 }

describe('a question to the agent of a guest', () => {
  it('is answered once both sides have found together, whatever was left on the line', async () => {
    const { stream, asked } = agent((command, id) =>
      command === 'guest-sync-delimited'
        ? `{"return": "of an earlier one"}\nrubbish\n{"return": ${id}}\n`
        : '{"return": {"value": 7}}\n',
    )
    expect(await exchange(stream, question)).toEqual({ value: 7 })
    expect(asked).toEqual(['guest-sync-delimited', 'guest-ping'])
    expect(stream.destroyed).toBe(true)
  })

  it('that is refused has the words of the agent', async () => {
    const { stream } = agent(
      (command, id) => synced(command, id) ?? '{"error": {"class": "GenericError", "desc": "not here"}}\n',
    )
    await expect(exchange(stream, question)).rejects.toThrow(new AgentRefusal('not here'))
  })

  it('ends when nobody answers, when the line ends, and when the answer has no end', async () => {
    const quick = { ...question, syncTimeoutMs: 20 }
    await expect(exchange(agent(() => undefined).stream, quick)).rejects.toThrow(AgentSilence)
    const { stream } = agent(() => undefined)
    const asked = exchange(stream, question)
    stream.destroy()
    await expect(asked).rejects.toThrow(AgentSilence)
    const flood = agent((command, id) => synced(command, id) ?? 'x'.repeat(9 * 1024 * 1024))
    await expect(exchange(flood.stream, question)).rejects.toThrow('longer than')
  })
})
