import { PassThrough, type Duplex } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { AppError } from '../../shared/errors'
import type { ConsoleOpening } from '../../shared/model/console-sign-in'
import { hostId, vmId, type ConsoleId, type VmRef } from '../../shared/model/ids'
import { Consoles, type ConsoleSession } from './consoles'
import type { PumpPort } from './pump'

const hostA = hostId.parse('a')
const hostB = hostId.parse('b')
const vm = vmId.parse('11111111-2222-3333-4444-555555555555')
const onA: VmRef = { host: hostA, vm }
const onB: VmRef = { host: hostB, vm }

afterEach(() => void vi.useRealTimers())

function fakePort(): PumpPort & { sent: unknown[]; windowCloses(): void } {
  const sent: unknown[] = []
  let onClose = (): void => {}
  return {
    sent,
    windowCloses: () => onClose(),
    postMessage: (message) => void sent.push(message),
    on: (event: string, listener: (event: { readonly data: unknown }) => void) => {
      if (event === 'close') onClose = () => listener({ data: undefined })
    },
    start: () => {},
    close: () => {},
  }
}

/** Greets as a server without security does (RFC 6143, 7.1). */
function server(): PassThrough {
  const stream = new PassThrough()
  stream.write('RFB 003.003\n')
  stream.write(Buffer.from([0, 0, 0, 1]))
  return stream
}

const session: Omit<ConsoleSession, 'openConsole'> = {
  consolePassword: async () => undefined,
  displayTrust: async () => ({ reach: 'ssh', names: ['a'], places: [] }),
}
const pins = { get: () => undefined, trust: async () => {} }

function idOf(opening: ConsoleOpening): ConsoleId {
  if (opening.kind !== 'open') throw new Error(`the user is asked for ${opening.kind}`)
  return opening.console
}

function setUp(open: ConsoleSession['openConsole'] = async () => server()) {
  const streams: Duplex[] = []
  const ports: ReturnType<typeof fakePort>[] = []
  const consoles = new Consoles(
    () => ({
      ...session,
      openConsole: async (id, signal) => {
        const stream = await open(id, signal)
        streams.push(stream)
        return stream
      },
    }),
    pins,
  )
  const makePort = (): PumpPort => {
    const port = fakePort()
    ports.push(port)
    return port
  }
  return { consoles, streams, ports, makePort }
}

test('a console is opened under an id of its own and closed by it', async () => {
  const { consoles, streams, ports, makePort } = setUp()
  const first = idOf(await consoles.open(onA, 1, makePort))
  const second = idOf(await consoles.open(onA, 1, makePort))
  expect(first).not.toBe(second)
  consoles.close(first, 1)
  expect(streams.map((stream) => stream.destroyed)).toEqual([true, false])
  expect(ports.map((port) => port.sent.slice(2))).toEqual([[{ kind: 'closed' }], []])
  expect(consoles.count).toBe(1)
})

test("one window cannot close another's console", async () => {
  const { consoles, streams, makePort } = setUp()
  const id = idOf(await consoles.open(onA, 1, makePort))
  consoles.close(id, 2)
  expect(streams[0]?.destroyed).toBe(false)
})

test('a window that goes away takes all its consoles along, and only its own', async () => {
  const { consoles, streams, makePort } = setUp()
  await consoles.open(onA, 1, makePort)
  await consoles.open(onB, 1, makePort)
  await consoles.open(onB, 2, makePort)
  consoles.closeAllFor(1)
  expect(streams.map((stream) => stream.destroyed)).toEqual([true, true, false])
})

test('a host that goes away ends the consoles of its VMs', async () => {
  const { consoles, streams, makePort } = setUp()
  await consoles.open(onA, 1, makePort)
  await consoles.open(onB, 2, makePort)
  consoles.closeAllForHost(hostB)
  expect(streams.map((stream) => stream.destroyed)).toEqual([false, true])
})

test('a console that ends by itself is forgotten', async () => {
  const { consoles, ports, makePort } = setUp()
  await consoles.open(onA, 1, makePort)
  ports[0]?.windowCloses()
  expect(consoles.count).toBe(0)
})

test('a window that goes away while its console opens leaves no stream behind', async () => {
  const late = new PassThrough()
  let finish = (_: Duplex): void => {}
  let heard: AbortSignal | undefined
  const { consoles, ports, makePort } = setUp((_, signal) => {
    heard = signal
    return new Promise((resolve) => {
      finish = resolve
    })
  })
  const opening = consoles.open(onA, 1, makePort)
  consoles.closeAllFor(1)
  await expect(opening).rejects.toMatchObject({ kind: 'cancelled' })
  expect(heard?.aborted).toBe(true)
  finish(late)
  await expect.poll(() => late.destroyed).toBe(true)
  expect(ports).toEqual([])
  expect(consoles.count).toBe(0)
})

test('a host that never answers ends in a timed-out error', async () => {
  vi.useFakeTimers()
  const { consoles, makePort } = setUp(() => new Promise(() => {}))
  const opening = consoles.open(onA, 1, makePort)
  await Promise.all([
    expect(opening).rejects.toMatchObject({ kind: 'timed-out' }),
    vi.advanceTimersByTimeAsync(20_000),
  ])
  expect(consoles.count).toBe(0)
})

test('errors of the host and of a missing host pass through', async () => {
  const failing = setUp(() => Promise.reject(new AppError('unreachable', 'No route')))
  await expect(failing.consoles.open(onA, 1, failing.makePort)).rejects.toMatchObject({ message: 'No route' })
  expect(failing.consoles.count).toBe(0)

  const without = new Consoles(() => {
    throw new AppError('unreachable', 'The host is not connected')
  }, pins)
  await expect(without.open(onA, 1, fakePort)).rejects.toMatchObject({ message: 'The host is not connected' })
  expect(without.count).toBe(0)
})

test('a window that vanished before its port could be handed over leaves no stream behind', async () => {
  const { consoles, streams } = setUp()
  const opening = consoles.open(onA, 1, () => {
    throw new Error('Object has been destroyed')
  })
  await expect(opening).rejects.toThrow('destroyed')
  expect(streams[0]?.destroyed).toBe(true)
  expect(consoles.count).toBe(0)
})

test('a window may not open consoles without end', async () => {
  const { consoles, makePort } = setUp()
  const ids: ConsoleId[] = []
  for (let i = 0; i < 32; i += 1) ids.push(idOf(await consoles.open(onA, 1, makePort)))
  await expect(consoles.open(onA, 1, makePort)).rejects.toMatchObject({ kind: 'busy' })
  await consoles.open(onA, 2, makePort)
  expect(new Set(ids).size).toBe(32)
})
