import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import { consoleId, type ConsoleId } from '../../../shared/model/ids'
import { ConsoleConnection } from './console-connection'
import type { ConsoleParts, ConsoleState, Credentials, ScreenEvents, Surroundings } from './console-model'
import { stateText } from './console-text'
import type { PortChannel } from './port-channel'

const running: Surroundings = { vm: 'active', isHostConnected: true, isVisible: true }
const vnc: ConsoleOffer = { kind: 'vnc', needsPassword: false }
const locked: ConsoleOffer = { kind: 'vnc', needsPassword: true }
const shutOff: ConsoleOffer = {
  kind: 'none',
  why: 'shut-off',
  error: { kind: 'invalid', message: 'Shut off' },
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

interface Try extends ScreenEvents {
  readonly channel: PortChannel
  readonly credentials: Credentials | undefined
  readonly port: { onmessage: ((event: { data: unknown }) => void) | null }
  isClosed: boolean
}

function setUp(overrides: Partial<ConsoleParts> = {}) {
  let offer = vnc
  let count = 0
  const ports = new Map<ConsoleId, Try['port']>()
  const tries: Try[] = []
  const closed: ConsoleId[] = []
  const parts: ConsoleParts = {
    offer: async () => offer,
    open: async () => consoleId.parse(`console-${++count}`),
    close: async (id) => void closed.push(id),
    password: async () => undefined,
    takePort: async (id) => {
      const port = { onmessage: null, postMessage: () => {}, close: () => {} }
      ports.set(id, port)
      return port as unknown as MessagePort
    },
    forgetPort: () => {},
    startScreen: async (channel, credentials, events) => {
      const port = [...ports.values()].at(-1) as Try['port']
      const one: Try = { ...events, channel, credentials, port, isClosed: false }
      channel.onclose = () => events.onEnded()
      tries.push(one)
      return {
        close: () => {
          one.isClosed = true
        },
      }
    },
    ...overrides,
  }
  const connection = new ConsoleConnection(parts)
  const states: ConsoleState['kind'][] = []
  connection.subscribe(() => states.push(connection.getState().kind))
  return {
    connection,
    states,
    tries,
    closed,
    setOffer: (next: ConsoleOffer) => {
      offer = next
    },
    last: () => tries.at(-1) as Try,
  }
}

const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

/** The guest's side ends the stream, as main reports it. */
async function guestEnds(one: Try, error?: object): Promise<void> {
  one.port.onmessage?.({ data: { kind: 'closed', ...(error ? { error } : {}) } })
  await settle()
}

test('a running VM goes from opening to connected', async () => {
  const { connection, states, last } = setUp()
  connection.update(running)
  await settle()
  last().onConnected()
  expect(states).toEqual(['opening', 'connected'])
})

test('a screen whose bytes cross the network as they are says so for as long as it is shown', async () => {
  const { connection, setOffer, last } = setUp()
  setOffer({ kind: 'vnc', needsPassword: false, isExposed: true })
  connection.update(running)
  await settle()
  last().onConnected()
  expect(stateText(connection.getState())).toBe('Connected, not encrypted')
})

test('nothing is opened before the tab is visible', async () => {
  const { connection, tries } = setUp()
  connection.update({ ...running, isVisible: false })
  await settle()
  expect(connection.getState().kind).toBe('resting')
  expect(tries).toHaveLength(0)
})

test('a VM that is off is waited for and its console opens by itself when it starts', async () => {
  const { connection, states, tries, last } = setUp()
  connection.update({ ...running, vm: 'off' })
  await settle(60_000)
  expect(connection.getState()).toEqual({ kind: 'off' })
  expect(tries).toHaveLength(0)
  connection.update(running)
  await settle()
  last().onConnected()
  expect(states).toEqual(['off', 'opening', 'connected'])
})

test('a stream that ends while the VM runs is opened again, as after a restart of the guest', async () => {
  const { connection, states, tries, last } = setUp()
  connection.update(running)
  await settle()
  last().onConnected()
  await guestEnds(last())
  expect(connection.getState()).toEqual({
    kind: 'retrying',
    error: { kind: 'unreachable', message: 'The VM closed its screen' },
  })
  await settle(300)
  last().onConnected()
  expect(tries).toHaveLength(2)
  expect(states).toEqual(['opening', 'connected', 'retrying', 'connected'])
})

test('tries come less often while they fail, and go on for as long as the VM runs', async () => {
  const times: number[] = []
  const { connection } = setUp({
    open: () => {
      times.push(Date.now())
      return Promise.reject(new AppError('unreachable', 'Connection refused'))
    },
  })
  connection.update(running)
  await settle(60_000)
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number))
  expect(gaps.slice(0, 8)).toEqual([300, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
  connection.update({ ...running, vm: 'off' })
  const before = times.length
  await settle(60_000)
  expect(times).toHaveLength(before)
  expect(connection.getState().kind).toBe('off')
})

test('a VM whose screen ends because it was shut off is waited for', async () => {
  const { connection, last, setOffer } = setUp()
  connection.update(running)
  await settle()
  last().onConnected()
  setOffer(shutOff)
  await guestEnds(last())
  await settle(300)
  expect(connection.getState().kind).toBe('off')
})

test('a host that still says "shut off" while the list says "running" is asked again', async () => {
  const { connection, tries, setOffer } = setUp()
  setOffer(shutOff)
  connection.update(running)
  await settle()
  expect(connection.getState().kind).toBe('off')
  setOffer(vnc)
  await settle(300)
  expect(tries).toHaveLength(1)
})

test('what only the user can change is not tried again until asked', async () => {
  let opens = 0
  const { connection } = setUp({
    open: () => {
      opens += 1
      return Promise.reject(new AppError('denied', 'Forwarding is switched off'))
    },
  })
  connection.update(running)
  await settle(60_000)
  expect(opens).toBe(1)
  expect(connection.getState()).toEqual({
    kind: 'failed',
    error: { kind: 'denied', message: 'Forwarding is switched off' },
  })
  connection.retry()
  await settle()
  expect(opens).toBe(2)
})

test('a VM without VNC says why and is asked again on demand', async () => {
  const { connection, setOffer, tries } = setUp()
  const error = { kind: 'unsupported', message: 'Only SPICE' } as const
  setOffer({ kind: 'none', why: 'spice-only', error })
  connection.update(running)
  await settle(60_000)
  expect(connection.getState()).toEqual({ kind: 'unavailable', why: 'spice-only', error })
  setOffer(vnc)
  connection.retry()
  await settle()
  expect(tries).toHaveLength(1)
})

test('the password of the definition is used without asking', async () => {
  const { connection, setOffer, last } = setUp({ password: async () => 'sesame' })
  setOffer(locked)
  connection.update(running)
  await settle()
  expect(last().credentials).toEqual({ password: 'sesame' })
})

test('without a readable password the user is asked, before the stream is opened, and it is kept for later', async () => {
  const { connection, setOffer, tries, last } = setUp({
    password: () => Promise.reject(new AppError('denied', 'Read-only connection')),
  })
  setOffer(locked)
  connection.update(running)
  await settle()
  expect(connection.getState()).toEqual({ kind: 'password', needsUserName: false, isWrong: false })
  expect(tries).toHaveLength(0)
  connection.submitCredentials({ password: 'typed' })
  await settle()
  last().onConnected()
  await guestEnds(last())
  await settle(300)
  expect(tries.map((one) => one.credentials)).toEqual([{ password: 'typed' }, { password: 'typed' }])
})

test('a wrong password asks again and says so', async () => {
  const { connection, setOffer, last, closed } = setUp({ password: async () => 'old' })
  setOffer(locked)
  connection.update(running)
  await settle()
  last().onRefused('Authentication failed')
  await guestEnds(last())
  expect(connection.getState()).toEqual({ kind: 'password', needsUserName: false, isWrong: true })
  expect(closed).toEqual(['console-1'])
})

test('a server that asks for a user name although nothing was said before makes the form ask for it', async () => {
  const { connection, last } = setUp()
  connection.update(running)
  await settle()
  last().onCredentialsNeeded(true)
  expect(connection.getState()).toEqual({ kind: 'password', needsUserName: true, isWrong: false })
  expect(last().isClosed).toBe(true)
})

test('a refusal without a password names the reason of the server', async () => {
  const { connection, last } = setUp()
  connection.update(running)
  await settle()
  last().onRefused('Too many authentication failures')
  await guestEnds(last())
  expect(connection.getState()).toMatchObject({
    kind: 'failed',
    error: { kind: 'auth-failed', detail: 'Too many authentication failures' },
  })
})

test('a handshake that our side gives up is explained, not repeated', async () => {
  const { connection, last } = setUp()
  connection.update(running)
  await settle()
  last().channel.close()
  await settle(60_000)
  expect(connection.getState()).toMatchObject({ kind: 'failed', error: { kind: 'unsupported' } })
})

test('a server that never speaks is given up and tried again', async () => {
  const { connection, tries } = setUp()
  connection.update(running)
  await settle(15_000)
  expect(connection.getState()).toMatchObject({ kind: 'retrying', error: { kind: 'timed-out' } })
  expect(tries[0]?.isClosed).toBe(true)
})

test('a host that goes away ends the console, and its return opens it again', async () => {
  const { connection, tries, last } = setUp()
  connection.update(running)
  await settle()
  last().onConnected()
  connection.update({ ...running, isHostConnected: false })
  expect(connection.getState().kind).toBe('host-away')
  expect(last().isClosed).toBe(true)
  connection.update(running)
  await settle()
  expect(tries).toHaveLength(2)
})

test('a deleted VM ends the console for good', async () => {
  const { connection, last } = setUp()
  connection.update(running)
  await settle()
  connection.update({ ...running, vm: 'gone' })
  await settle(60_000)
  expect(connection.getState()).toEqual({ kind: 'gone' })
  expect(last().isClosed).toBe(true)
})

test('a hidden console keeps its stream for half a minute, then rests until it is shown', async () => {
  const { connection, tries, last } = setUp()
  connection.update(running)
  await settle()
  last().onConnected()
  connection.update({ ...running, isVisible: false })
  await settle(29_000)
  expect(connection.getState().kind).toBe('connected')
  connection.update(running)
  await settle(60_000)
  expect(connection.getState().kind).toBe('connected')
  connection.update({ ...running, isVisible: false })
  await settle(30_000)
  expect(connection.getState().kind).toBe('resting')
  expect(last().isClosed).toBe(true)
  connection.update(running)
  await settle()
  expect(tries).toHaveLength(2)
})

test('a console thrown away while it opens leaves nothing open, as when React mounts twice', async () => {
  let finish = (_: ConsoleId): void => {}
  const { connection, closed, tries } = setUp({
    open: () =>
      new Promise((resolve) => {
        finish = resolve
      }),
  })
  connection.update(running)
  await settle()
  connection.dispose()
  finish(consoleId.parse('late'))
  await settle(60_000)
  expect(closed).toEqual(['late'])
  expect(tries).toHaveLength(0)
})
