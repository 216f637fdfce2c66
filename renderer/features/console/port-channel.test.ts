// @vitest-environment node
// jsdom brings an ArrayBuffer of its own that is not the one Node's ports deliver.
import { afterEach, expect, test, vi } from 'vitest'
import { PortChannel } from './port-channel'

vi.stubGlobal('window', globalThis)
vi.stubGlobal('WebSocket', { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 })
// Not exported by the package; the tests feed the real reader of bytes, not a copy of it.
const { default: Websock } = await import('../../../node_modules/@novnc/novnc/core/websock.js' as string)

interface Reader {
  attach(channel: object): void
  on(event: string, handler: (event?: unknown) => void): void
  rQlen(): number
  rQshiftStr(length: number): string
  rQskipBytes(length: number): void
  sQpushString(text: string): void
  flush(): void
  close(): void
  readonly readyState: string
}

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

function setUp() {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  const messages: unknown[] = []
  port2.onmessage = ({ data }) => void messages.push(data)
  return { main: port2, channel: new PortChannel(port1), messages }
}

async function turn(): Promise<void> {
  for (let i = 0; i < 10; i += 1) await new Promise((resolve) => setTimeout(resolve, 0))
}

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer
const text = (data: unknown): string => new TextDecoder().decode(data as ArrayBuffer)

test("noVNC's own reader accepts the channel and bytes pass both ways", async () => {
  const { main, channel, messages } = setUp()
  const reader = new (Websock as new () => Reader)()
  reader.attach(channel)
  expect(reader.readyState).toBe('open')
  const seen: string[] = []
  reader.on('message', () => seen.push(reader.rQshiftStr(reader.rQlen())))
  main.postMessage(bytes('RFB 003.008\n'))
  await turn()
  expect(seen.join('')).toBe('RFB 003.008\n')

  reader.sQpushString('RFB 003.008\n')
  reader.flush()
  reader.sQpushString('over the same queue')
  reader.flush()
  await turn()
  expect(messages.map(text)).toEqual(['RFB 003.008\n', 'over the same queue'])
  expect((messages[0] as ArrayBuffer).byteLength).toBe(12)
})

test('bytes that came before anybody listened are handed over after the current code has run', async () => {
  const { main, channel } = setUp()
  main.postMessage(bytes('early '))
  await turn()
  main.postMessage(bytes('bird'))
  await turn()
  const seen: string[] = []
  channel.onmessage = ({ data }) => seen.push(text(data))
  expect(seen).toEqual([])
  await Promise.resolve()
  expect(seen).toEqual(['early ', 'bird'])
})

test('what was drawn is acknowledged about once per MiB', async () => {
  const { main, channel, messages } = setUp()
  let drawn = 0
  channel.onmessage = ({ data }) => {
    drawn += data.byteLength
  }
  const chunk = 300 * 1024
  for (let i = 0; i < 8; i += 1) main.postMessage(new ArrayBuffer(chunk))
  await turn()
  expect(drawn).toBe(8 * chunk)
  expect(messages).toEqual([
    { kind: 'ack', bytes: 4 * chunk },
    { kind: 'ack', bytes: 4 * chunk },
  ])
})

test('nothing is acknowledged before it is drawn', async () => {
  const { main, messages } = setUp()
  main.postMessage(new ArrayBuffer(4 * 1024 * 1024))
  await turn()
  expect(messages).toEqual([])
})

test('the end told by main closes the channel once, with its error', async () => {
  const { main, channel } = setUp()
  const error = { kind: 'unreachable', message: 'The link was lost' }
  const reader = new (Websock as new () => Reader)()
  reader.attach(channel)
  let closes = 0
  reader.on('close', () => {
    closes += 1
  })
  main.postMessage({ kind: 'closed', error })
  await turn()
  expect(closes).toBe(1)
  expect(channel.ending).toEqual({ by: 'guest', error })
  expect(reader.readyState).toBe('closed')
  channel.close()
  await turn()
  expect(closes).toBe(1)
})

test('closing from our side is told after close returned, and nothing is sent afterwards', async () => {
  const { channel, messages } = setUp()
  const told: unknown[] = []
  channel.onclose = (event) => told.push(event)
  channel.close()
  expect(told).toEqual([])
  expect(channel.readyState).toBe('closed')
  channel.send(new Uint8Array([1]))
  await turn()
  expect(told).toEqual([{ code: 1000, reason: '' }])
  expect(channel.ending).toEqual({ by: 'us' })
  expect(messages).toEqual([])
})

test('bytes the screen cannot read end the channel instead of freezing it', async () => {
  const { main, channel } = setUp()
  channel.onmessage = () => {
    throw new Error('Receive queue exceeded')
  }
  main.postMessage(bytes('??'))
  await turn()
  expect(channel.ending).toEqual({
    by: 'bad-data',
    error: {
      kind: 'internal',
      message: 'The screen sent data that could not be drawn',
      detail: 'Receive queue exceeded',
    },
  })
})

test('messages that are neither bytes nor ours are ignored', async () => {
  const { main, channel } = setUp()
  channel.onmessage = () => {}
  for (const one of [null, 'closed', 3, {}, { kind: 'open' }]) main.postMessage(one)
  await turn()
  expect(channel.readyState).toBe('open')
})
