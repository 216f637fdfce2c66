import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type {
  ConsoleOpening,
  ConsoleProtection,
  OfferedCertificate,
} from '../../../shared/model/console-sign-in'
import { consoleId, type ConsoleId } from '../../../shared/model/ids'
import { ConsoleConnection } from './console-connection'
import type { Answers, ConsoleParts, ConsoleState, ScreenEvents, Surroundings } from './console-model'
import { stateDetail, stateText } from './console-text'
import type { PortChannel } from './port-channel'

const running: Surroundings = { vm: 'active', isHostConnected: true, isVisible: true }
const vnc: ConsoleOffer = { kind: 'vnc', needsPassword: false }
const locked: ConsoleOpening = { kind: 'credentials', question: { method: 'vnc', why: 'needed' } }
const stranger: OfferedCertificate = {
  fingerprint: 'AA:BB',
  subject: 'CN=lab',
  issuer: 'CN=lab',
  names: [],
  validFrom: '',
  validUntil: '',
  problem: { kind: 'denied', message: 'Unknown authority', cure: 'Copy it' },
}
const shutOff: ConsoleOffer = {
  kind: 'none',
  why: 'shut-off',
  error: { kind: 'invalid', message: 'Shut off' },
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

interface Try extends ScreenEvents {
  readonly channel: PortChannel
  readonly port: { onmessage: ((event: { data: unknown }) => void) | null }
  isClosed: boolean
}

function setUp(overrides: Partial<ConsoleParts> = {}) {
  let offer = vnc
  let count = 0
  const ports = new Map<ConsoleId, Try['port']>()
  const tries: Try[] = []
  const closed: ConsoleId[] = []
  const answers: Answers[] = []
  const questions: ConsoleOpening[] = []
  let protection: ConsoleProtection = { by: 'ssh' }
  const parts: ConsoleParts = {
    offer: async () => offer,
    open: async (answer) => {
      answers.push(answer)
      return questions.shift() ?? { kind: 'open', console: consoleId.parse(`console-${++count}`), protection }
    },
    close: async (id) => void closed.push(id),
    takePort: async (id) => {
      const port = { onmessage: null, postMessage: () => {}, close: () => {} }
      ports.set(id, port)
      return port as unknown as MessagePort
    },
    forgetPort: () => {},
    startScreen: async (channel, events) => {
      const port = [...ports.values()].at(-1) as Try['port']
      const one: Try = { ...events, channel, port, isClosed: false }
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
    answers,
    questions,
    setProtection: (next: ConsoleProtection) => {
      protection = next
    },
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

test.each<[ConsoleProtection, string]>([
  [{ by: 'none' }, 'Connected, not encrypted'],
  [{ by: 'tls', detail: 'TLS 1.3' }, 'Connected, encrypted by TLS'],
  [{ by: 'ssh' }, 'Connected, encrypted by ssh'],
  [{ by: 'local' }, 'Connected'],
])('a screen protected by %o says "%s" for as long as it is shown', async (protection, text) => {
  const { connection, setProtection, last } = setUp()
  setProtection(protection)
  connection.update(running)
  await settle()
  last().onConnected()
  expect(stateText(connection.getState())).toBe(text)
  expect(stateDetail(connection.getState())).toBe(protection.detail)
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

test('the user is asked what main does not know, and the answer counts for the next try only', async () => {
  const { connection, questions, answers, tries, last } = setUp()
  questions.push(locked)
  connection.update(running)
  await settle()
  expect(connection.getState()).toEqual({ kind: 'password', question: { method: 'vnc', why: 'needed' } })
  expect(tries).toHaveLength(0)
  connection.submitCredentials({ password: 'typed' })
  await settle()
  last().onConnected()
  await guestEnds(last())
  await settle(300)
  expect(answers).toEqual([{}, { credentials: { password: 'typed' } }, {}])
})

test('a wrong password asks again and says so', async () => {
  const { connection, questions } = setUp()
  const wrong: ConsoleOpening = { kind: 'credentials', question: { method: 'sasl', why: 'wrong' } }
  questions.push(locked, wrong)
  connection.update(running)
  await settle()
  connection.submitCredentials({ password: 'typed' })
  await settle(60_000)
  expect(connection.getState()).toEqual({ kind: 'password', question: wrong.question })
})

test('a certificate that nobody vouches for waits for the user, who trusts that one', async () => {
  const { connection, questions, answers, tries } = setUp()
  questions.push({ kind: 'certificate', certificate: stranger })
  connection.update(running)
  await settle(60_000)
  expect(connection.getState()).toEqual({ kind: 'certificate', certificate: stranger })
  expect(tries).toHaveLength(0)
  connection.trustCertificate()
  await settle()
  expect(answers.at(-1)).toEqual({ trust: 'AA:BB' })
  expect(tries).toHaveLength(1)
})

test('a certificate that is not trusted is not asked for again until the user wants it', async () => {
  const { connection, questions, answers } = setUp()
  questions.push({ kind: 'certificate', certificate: stranger })
  connection.update(running)
  await settle()
  connection.declineCertificate()
  await settle(60_000)
  expect(connection.getState()).toEqual({ kind: 'failed', error: stranger.problem })
  connection.retry()
  await settle()
  expect(answers).toEqual([{}, {}])
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
  let finish = (_: ConsoleOpening): void => {}
  const { connection, closed, tries } = setUp({
    open: () =>
      new Promise((resolve) => {
        finish = resolve
      }),
  })
  connection.update(running)
  await settle()
  connection.dispose()
  finish({ kind: 'open', console: consoleId.parse('late'), protection: { by: 'ssh' } })
  await settle(60_000)
  expect(closed).toEqual(['late'])
  expect(tries).toHaveLength(0)
})
