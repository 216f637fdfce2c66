import { Duplex, PassThrough } from 'node:stream'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { AppError } from '../../shared/errors'
import { pump, type PumpOptions, type PumpPort } from './pump'

/** A guest whose output is pushed by the test and whose input is kept. */
class Guest extends Duplex {
  readonly received: Buffer[] = []
  #waiting: (() => void)[] = []
  isStuck = false

  override _read(): void {}

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.received.push(chunk)
    if (this.isStuck) this.#waiting.push(done)
    else done()
  }
}

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

/** node's port hands over the value itself, Electron's an event around it. */
function asMain(port: MessagePort): PumpPort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) =>
      event === 'message'
        ? port.on('message', (data: unknown) => listener({ data }))
        : port.on('close', () => listener({ data: undefined })),
    start: () => port.start(),
    close: () => port.close(),
  }
}

function setUp(stream: Duplex = new Guest(), options: PumpOptions = {}) {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  const messages: unknown[] = []
  let wake = (): void => {}
  port2.on('message', (message: unknown) => {
    messages.push(message)
    wake()
  })
  let ends = 0
  let ended = (): void => {}
  const over = new Promise<void>((resolve) => {
    ended = resolve
  })
  const running = pump(stream, asMain(port1), {
    onEnd: () => {
      ends += 1
      ended()
    },
    ...options,
  })
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { window: port2, messages, running, over, ends: () => ends, until }
}

async function turn(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve))
}

const bytesIn = (messages: unknown[]): number =>
  messages.reduce((sum: number, one) => sum + (one instanceof ArrayBuffer ? one.byteLength : 0), 0)

test('bytes of the guest arrive as buffers that hold nothing else', async () => {
  const guest = new Guest()
  const { messages, until } = setUp(guest)
  const big = Buffer.from('....RFB 003.008\n....')
  guest.push(big.subarray(4, 16))
  await until(() => messages.length === 1)
  expect(messages[0]).toBeInstanceOf(ArrayBuffer)
  expect(Buffer.from(messages[0] as ArrayBuffer).toString()).toBe('RFB 003.008\n')
})

test('what was said in the place of the window is told to it first, and its answers stay here', async () => {
  const guest = new Guest()
  const preface = { toWindow: [Buffer.from('said')], answerBytes: 5 }
  const { window, messages, until } = setUp(guest, { preface })
  guest.push(Buffer.from('more'))
  for (const bytes of [[1, 2, 3], [4, 5, 6], [7]]) window.postMessage(Uint8Array.from(bytes).buffer)
  await until(() => messages.length === 2)
  expect(messages.map((one) => Buffer.from(one as ArrayBuffer).toString())).toEqual(['said', 'more'])
  await turn()
  expect(Buffer.concat(guest.received)).toEqual(Buffer.from([6, 7]))
})

test('what the guest sends in one turn is one message, and the last of it comes before the end', async () => {
  const guest = new Guest()
  const { messages, over, until } = setUp(guest)
  for (const word of ['one ', 'and ', 'all']) guest.push(Buffer.from(word))
  await until(() => messages.length === 1)
  guest.push(Buffer.from('bye'))
  guest.push(null)
  await over
  await until(() => messages.length === 3)
  const texts = messages.slice(0, 2).map((one) => Buffer.from(one as ArrayBuffer).toString())
  expect([...texts, messages[2]]).toEqual(['one and all', 'bye', { kind: 'closed' }])
})

test('bytes of the window are written to the guest in order', async () => {
  const guest = new Guest()
  const { window } = setUp(guest)
  window.postMessage(new Uint8Array([1, 2, 3]).buffer)
  window.postMessage(new Uint8Array([4]).buffer)
  await turn()
  expect(Buffer.concat(guest.received)).toEqual(Buffer.from([1, 2, 3, 4]))
})

test('the guest is paused at 8 MiB unacknowledged and goes on when enough was drawn', async () => {
  const guest = new Guest()
  const { window, messages, until } = setUp(guest)
  const mib = 1024 * 1024
  for (let i = 0; i < 12; i += 1) guest.push(Buffer.alloc(mib, i))
  await until(() => bytesIn(messages) >= 8 * mib)
  await turn()
  expect(bytesIn(messages)).toBe(8 * mib)
  expect(guest.isPaused()).toBe(true)

  window.postMessage({ kind: 'ack', bytes: 3 * mib })
  await turn()
  expect(guest.isPaused()).toBe(true)

  window.postMessage({ kind: 'ack', bytes: 2 * mib })
  await until(() => bytesIn(messages) === 12 * mib)
  expect(guest.isPaused()).toBe(false)
})

test('nonsense from the window changes nothing', async () => {
  const guest = new Guest()
  const { window, messages } = setUp(guest)
  guest.push(Buffer.alloc(9 * 1024 * 1024))
  await turn()
  const nonsense = [
    null,
    'text',
    7,
    {},
    [],
    { kind: 'ack' },
    { kind: 'ack', bytes: -1 },
    { kind: 'ack', bytes: Number.NaN },
    { kind: 'ack', bytes: 1.5 },
    { kind: 'ack', bytes: '9999999' },
    { kind: 'closed' },
    new ArrayBuffer(0),
    new ArrayBuffer(5 * 1024 * 1024),
    new Uint8Array(8),
  ]
  for (const one of nonsense) window.postMessage(one)
  await turn()
  expect(guest.received).toEqual([])
  expect(guest.isPaused()).toBe(true)
  expect(guest.destroyed).toBe(false)
  expect(bytesIn(messages)).toBe(9 * 1024 * 1024)
})

test('acknowledging more than was sent gives no credit for later', async () => {
  const guest = new Guest()
  const { window } = setUp(guest)
  window.postMessage({ kind: 'ack', bytes: 1e15 })
  await turn()
  guest.push(Buffer.alloc(8 * 1024 * 1024))
  await turn()
  expect(guest.isPaused()).toBe(true)
})

test('the window is told when the guest ends, after the last bytes', async () => {
  const guest = new Guest()
  const { messages, over, until, ends } = setUp(guest)
  guest.push(Buffer.from('bye'))
  guest.push(null)
  await over
  await until(() => messages.length === 2)
  expect(Buffer.from(messages[0] as ArrayBuffer).toString()).toBe('bye')
  expect(messages[1]).toEqual({ kind: 'closed' })
  expect(guest.destroyed).toBe(true)
  expect(ends()).toBe(1)
})

test('a socket failure becomes words with its own text as the detail', async () => {
  const guest = new Guest()
  const { messages, over, until } = setUp(guest)
  guest.destroy(new Error('read ECONNRESET'))
  await over
  await until(() => messages.length === 1)
  expect(messages[0]).toEqual({
    kind: 'closed',
    error: {
      kind: 'unreachable',
      message: 'The connection to the screen was lost',
      detail: 'read ECONNRESET',
    },
  })
})

test("the link's own error reaches the window unchanged", async () => {
  const guest = new Guest()
  const { messages, over, until } = setUp(guest)
  guest.destroy(new AppError('denied', 'Forwarding is switched off', { cure: 'Allow it in sshd_config.' }))
  await over
  await until(() => messages.length === 1)
  expect(messages[0]).toEqual({
    kind: 'closed',
    error: { kind: 'denied', message: 'Forwarding is switched off', cure: 'Allow it in sshd_config.' },
  })
})

test('a window that closes its port ends the stream to the guest', async () => {
  const guest = new Guest()
  const { window, over, ends } = setUp(guest)
  window.close()
  await over
  expect(guest.destroyed).toBe(true)
  expect(ends()).toBe(1)
})

test('a window that floods a stuck guest is cut off with a reason', async () => {
  const guest = new Guest()
  guest.isStuck = true
  const { window, messages, over, until } = setUp(guest)
  for (let i = 0; i < 20; i += 1) window.postMessage(new ArrayBuffer(1024 * 1024))
  await over
  await until(() => messages.length === 1)
  expect(messages[0]).toMatchObject({ kind: 'closed', error: { kind: 'busy' } })
  expect(guest.destroyed).toBe(true)
})

test('closing from our side tells the window and destroys the stream once', async () => {
  const guest = new Guest()
  const { messages, running, until, ends } = setUp(guest)
  running.close()
  running.close()
  await until(() => messages.length === 1)
  expect(messages).toEqual([{ kind: 'closed' }])
  expect(guest.destroyed).toBe(true)
  expect(ends()).toBe(1)
})

test('a stream that died before it was handed over is reported at once', async () => {
  const dead = new PassThrough()
  dead.destroy()
  const { messages, over, until } = setUp(dead)
  await over
  await until(() => messages.length === 1)
  expect(messages).toEqual([{ kind: 'closed' }])
})
