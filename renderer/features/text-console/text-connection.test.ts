import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../../shared/errors'
import { consoleId, type ConsoleId } from '../../../shared/model/ids'
import { TextConnection, type TextSurroundings } from './text-connection'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const running: TextSurroundings = { peer: 'active', isHostConnected: true, isWanted: true }
const inUse = new AppError('busy', 'Serial 1 is open elsewhere', { field: 'isForced' })

function setUp(comesBack = true) {
  const forced: boolean[] = []
  const ports: MessageChannel[] = []
  const closed: ConsoleId[] = []
  const drawn: string[] = []
  /** What the next tries to open end with; nothing: they succeed. */
  const refusals: AppError[] = []
  const connection = new TextConnection({
    comesBack,
    open: async (isForced) => {
      forced.push(isForced)
      const refusal = refusals.shift()
      if (refusal) throw refusal
      ports.push(new MessageChannel())
      return consoleId.parse(`console-${ports.length}`)
    },
    close: async (id) => void closed.push(id),
    takePort: async () => {
      const channel = ports.at(-1)
      if (!channel) throw new Error('nothing was opened')
      return channel.port2
    },
    forgetPort: () => {},
    onConnected: () => {},
    onBytes: (bytes, onDrawn) => {
      drawn.push(new TextDecoder().decode(bytes))
      onDrawn()
    },
  })
  const state = () => connection.getState()
  const settled = () => vi.advanceTimersByTimeAsync(0)
  /** As main tells it. */
  const hostEnds = async (): Promise<void> => {
    const port = ports.at(-1)?.port2
    port?.onmessage?.(new MessageEvent('message', { data: { kind: 'closed' } }))
    await settled()
  }
  return { connection, state, forced, refusals, closed, drawn, ports, settled, hostEnds }
}

test('it is opened when it is looked at, without force, and shows what comes', async () => {
  const { connection, state, forced, settled, ports, drawn } = setUp()
  connection.update({ ...running, isWanted: false })
  expect(state().kind).toBe('resting')
  connection.update(running)
  await settled()
  expect(state().kind).toBe('connected')
  expect(forced).toEqual([false])
  const bytes = Uint8Array.from('login: ', (letter) => letter.charCodeAt(0)).buffer
  ports[0]?.port2.onmessage?.(new MessageEvent('message', { data: bytes }))
  expect(drawn).toEqual(['login: '])
})

test('somebody else is ended only when the user takes over', async () => {
  const { connection, state, forced, refusals, settled } = setUp()
  refusals.push(inUse)
  connection.update(running)
  await settled()
  expect(state()).toMatchObject({ kind: 'in-use', wasOurs: false })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(forced).toEqual([false])
  connection.takeOver()
  await settled()
  expect(forced).toEqual([false, true])
  expect(state().kind).toBe('connected')
})

test('a session that ends and is then found in use was taken over', async () => {
  const { connection, state, forced, refusals, hostEnds, settled } = setUp()
  connection.update(running)
  await settled()
  refusals.push(inUse)
  await hostEnds()
  expect(state().kind).toBe('retrying')
  await vi.advanceTimersByTimeAsync(300)
  expect(state()).toMatchObject({ kind: 'in-use', wasOurs: true })
  expect(forced).toEqual([false, false])
})

test('it waits for a VM that is off, and opens by itself when that starts', async () => {
  const { connection, state, closed, settled } = setUp()
  connection.update(running)
  await settled()
  connection.update({ ...running, peer: 'off' })
  expect(state().kind).toBe('off')
  expect(closed).toEqual(['console-1'])
  connection.update(running)
  await settled()
  expect(state().kind).toBe('connected')
})

test('a VM that the host calls off although the list does not is tried again', async () => {
  const { connection, state, refusals, settled } = setUp()
  refusals.push(new AppError('invalid', 'web-01 is shut off'))
  connection.update(running)
  await settled()
  expect(state().kind).toBe('off')
  await vi.advanceTimersByTimeAsync(300)
  expect(state().kind).toBe('connected')
})

test('what only the user can mend is not tried again, and then once on demand', async () => {
  const { connection, state, forced, refusals, settled } = setUp()
  refusals.push(new AppError('denied', 'This connection is read-only'))
  connection.update(running)
  await settled()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state()).toMatchObject({ kind: 'failed', error: { kind: 'denied' } })
  expect(forced).toHaveLength(1)
  connection.retry()
  await settled()
  expect(state().kind).toBe('connected')
})

test('a shell that was left stays as it ended', async () => {
  const { connection, state, hostEnds, settled } = setUp(false)
  connection.update(running)
  await settled()
  await hostEnds()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state().kind).toBe('ended')
})

test('a console that is closed while it opens leaves nothing open', async () => {
  const { connection, closed, settled } = setUp()
  connection.update(running)
  connection.dispose()
  await settled()
  expect(closed).toEqual(['console-1'])
})
