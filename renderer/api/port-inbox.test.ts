import { afterEach, expect, test, vi } from 'vitest'
import { consoleId } from '../../shared/model/ids'
import { PortInbox } from './port-inbox'

const id = consoleId.parse('one')
const inboxes: PortInbox[] = []

afterEach(() => {
  for (const inbox of inboxes.splice(0)) inbox.dispose()
  vi.useRealTimers()
})

function setUp(): PortInbox {
  const inbox = new PortInbox(window)
  inboxes.push(inbox)
  return inbox
}

function fakePort(): MessagePort & { close: ReturnType<typeof vi.fn> } {
  return { close: vi.fn() } as unknown as MessagePort & { close: ReturnType<typeof vi.fn> }
}

function arrive(port: MessagePort, data: unknown, source: unknown = window): void {
  const event = new MessageEvent('message', { data, source: source as Window })
  Object.defineProperty(event, 'ports', { value: [port] })
  window.dispatchEvent(event)
}

const message = { type: 'innkeeper:console-port', console: 'one' }

test('a port that came first waits to be taken', async () => {
  const inbox = setUp()
  const port = fakePort()
  arrive(port, message)
  expect(await inbox.take(id)).toBe(port)
})

test('a port that comes later is handed to who waits for it', async () => {
  const inbox = setUp()
  const port = fakePort()
  const taking = inbox.take(id)
  arrive(fakePort(), { ...message, console: 'another' })
  arrive(port, message)
  expect(await taking).toBe(port)
})

test('a port nobody wants any more is closed, whether it came already or comes later', async () => {
  const inbox = setUp()
  const [early, late] = [fakePort(), fakePort()]
  arrive(early, message)
  inbox.forget(id)
  expect(early.close).toHaveBeenCalledOnce()

  const other = consoleId.parse('two')
  const taking = inbox.take(other)
  inbox.forget(other)
  await expect(taking).rejects.toMatchObject({ kind: 'cancelled' })
  arrive(late, { ...message, console: 'two' })
  expect(late.close).toHaveBeenCalledOnce()
})

test('messages of other frames and of other kinds are not ports of ours', async () => {
  vi.useFakeTimers()
  const inbox = setUp()
  arrive(fakePort(), message, null)
  arrive(fakePort(), { type: 'other', console: 'one' })
  arrive(fakePort(), 'text')
  await Promise.all([
    expect(inbox.take(id)).rejects.toMatchObject({ kind: 'internal' }),
    vi.advanceTimersByTimeAsync(10_000),
  ])
})
