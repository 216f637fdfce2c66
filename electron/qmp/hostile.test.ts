import { expect, it } from 'vitest'
import { QmpClient, QmpClosedError, QmpError, QmpTimeoutError } from './index'
import { greeting, TestMonitor } from './testing/monitor'

/** Always the same numbers (mulberry32), so that a failure can be had again. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const templates = [
  greeting,
  { return: {}, id: 'i-1' },
  { return: [{ name: 'stop' }], id: 'i-2' },
  { error: { class: 'GenericError', desc: 'no' }, id: 'i-2' },
  {
    event: 'SHUTDOWN',
    data: { guest: true, reason: 'guest-shutdown' },
    timestamp: { seconds: 1, microseconds: 2 },
  },
  {
    event: 'BLOCK_JOB_COMPLETED',
    data: { device: 'drive-vda', len: 1, offset: 1, speed: 0, type: 'mirror' },
  },
].map((message) => Buffer.from(`${JSON.stringify(message)}\n`))

function mutated(next: (below: number) => number): Buffer {
  const bytes = [...(templates[next(templates.length)] ?? [])]
  for (let count = next(4); count >= 0; count -= 1) {
    const at = next(bytes.length + 1)
    const way = next(6)
    if (way === 0) bytes[at] = next(256)
    else if (way === 1) bytes.splice(at, 1 + next(8))
    else if (way === 2) bytes.splice(at, 0, ...Array.from({ length: next(16) }, () => next(256)))
    else if (way === 3) bytes.splice(at, 0, ...bytes.slice(next(bytes.length), next(bytes.length)))
    else if (way === 4)
      bytes.splice(at, 0, ...Buffer.from(['[', '{"a":', '"', '\\u', '\n', '1e999', '\0'][next(7)] ?? ''))
    else bytes.length = Math.min(bytes.length, at)
  }
  return Buffer.from(bytes)
}

it('answers 10,000 mutated messages with an error or a clean end, and nothing else', async () => {
  const outside: unknown[] = []
  const note = (error: unknown): void => void outside.push(error)
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  const ends = new Map<string, number>()
  try {
    for (let seed = 1; seed <= 10_000; seed += 1) {
      const next = numbers(seed)
      const monitor = new TestMonitor()
      // some before the greeting, most after it
      const isEarly = seed % 10 === 0
      if (!isEarly) monitor.greets()
      monitor.write(isEarly ? mutated(next) : '')
      if (isEarly) monitor.hangUp()
      const outcome = await QmpClient.open(monitor.stream)
        .then(async (client) => {
          client.onEvent(() => undefined)
          const waiting = client.execute('query-commands')
          monitor.write(mutated(next))
          monitor.hangUp()
          const result = await waiting.then(
            () => 'answered',
            (error: unknown) => nameOf(error),
          )
          const end = await client.closed
          return `${result}, ${end.kind}`
        })
        .catch((error: unknown) => `not opened: ${nameOf(error)}`)
      ends.set(outcome, (ends.get(outcome) ?? 0) + 1)
      expect(monitor.stream.destroyed, `seed ${seed}`).toBe(true)
    }
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.off('uncaughtException', note)
    process.off('unhandledRejection', note)
  }
  expect(outside).toEqual([])
  // each of them was reached: whole answers, refusals, ends in the middle, and what is no QMP
  const kinds = [...ends.keys()].join('\n')
  for (const kind of [
    'answered, ended',
    'QmpError, ended',
    'ended, ended',
    'broken, broken',
    'not opened: broken',
  ])
    expect(kinds).toContain(kind)
})

/** Only errors of the library itself are an answer. */
function nameOf(error: unknown): string {
  if (error instanceof QmpClosedError) return error.kind
  if (error instanceof QmpError || error instanceof QmpTimeoutError) return error.name
  throw error
}
