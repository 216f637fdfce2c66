import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError, type ErrorKind } from '../../shared/errors'
import type { VmChange } from '../../shared/ipc/contract'
import type { HostStatus } from '../../shared/model/host'
import { hostId } from '../../shared/model/ids'
import type { PromptAnswer } from '../../shared/model/prompt'
import type { VmSample } from '../../shared/model/stats'
import type { HypervisorSession } from '../backends/backend'
import { HostConnection } from './host-connection'
import { features, idOf, TinyBackend, TinySession, vm } from './testing/tiny-backend'
import { defaultTiming } from './timing'

let backend: TinyBackend
let connection: HostConnection
let statuses: HostStatus[]
let changes: VmChange[]
let samples: (readonly VmSample[])[]
let answer: (signal: AbortSignal) => Promise<PromptAnswer>

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(0)
  backend = new TinyBackend()
  statuses = []
  changes = []
  samples = []
  answer = async () => null
  connection = new HostConnection({
    id: hostId.parse('h'),
    way: () => ({ uri: 'tiny:///', backend }),
    timing: defaultTiming,
    now: Date.now,
    // no jitter: 0.75 + 0.5 * 0.5
    random: () => 0.5,
    ask: (_, signal) => answer(signal),
    onStatus: () => statuses.push(connection.status),
    onResource: () => undefined,
    onVms: (more) => changes.push(...more),
    onStats: (more) => samples.push(more),
    onHostStats: () => undefined,
  })
})
afterEach(async () => {
  await connection.close()
  vi.useRealTimers()
})

const advance = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
const kinds = (): string[] => statuses.map((status) => status.kind)
const names = (): string[] => connection.inventory.list().map((one) => one.name)

async function connected(session = new TinySession([vm(1), vm(2)])): Promise<TinySession> {
  backend.next(async () => session)
  connection.connect()
  await advance(0)
  expect(connection.status.kind).toBe('connected')
  return session
}

describe('connecting a host', () => {
  it('tells each stage, then the host with its VMs', async () => {
    backend.next(async ({ onStage }) => {
      onStage('reaching')
      onStage('authenticating')
      onStage('opening')
      return new TinySession([vm(1)])
    })
    connection.connect()
    await advance(0)
    expect(statuses.map((status) => (status.kind === 'connecting' ? status.stage : status.kind))).toEqual([
      'reaching',
      'authenticating',
      'opening',
      'listing',
      'connected',
    ])
    expect(names()).toEqual(['vm-1'])
    expect(changes).toMatchObject([{ kind: 'put', vm: { host: 'h', name: 'vm-1' } }])
    expect(connection.session().info.hostname).toBe('tiny')
  })

  it('gives up after 30 s and says at which stage', async () => {
    backend.next(({ onStage }) => {
      onStage('opening')
      return new Promise(() => undefined)
    })
    connection.connect()
    await advance(30_000)
    expect(connection.status).toMatchObject({
      kind: 'failed',
      error: { kind: 'timed-out', message: 'The host did not answer within 30 s (opening the hypervisor)' },
    })
    expect(backend.requests[0]?.signal.aborted).toBe(true)
  })

  it('does not give up a host that gets on, however slowly', async () => {
    backend.next(async ({ onStage }) => {
      for (const stage of ['reaching', 'authenticating', 'opening'] as const) {
        onStage(stage)
        await new Promise((resolve) => setTimeout(resolve, 25_000))
      }
      return new TinySession([vm(1)])
    })
    connection.connect()
    await advance(75_000)
    expect(connection.status.kind).toBe('connected')
  })

  it('does not count the time the user takes to answer', async () => {
    let reply: (given: PromptAnswer) => void = () => undefined
    answer = () => new Promise((resolve) => (reply = resolve))
    backend.next(async ({ ask }) => {
      await ask({ kind: 'password', user: 'u', address: 'a', isRetry: false })
      return new Promise<HypervisorSession>(() => undefined)
    })
    connection.connect()
    await advance(20_000)
    expect(connection.status.kind).toBe('connecting')
    await advance(600_000)
    expect(connection.status.kind).toBe('connecting')
    reply({ kind: 'text', values: ['x'] })
    await advance(29_000)
    expect(connection.status.kind).toBe('connecting')
    await advance(1_000)
    expect(connection.status.kind).toBe('failed')
  })

  it('stays disconnected when cancelled, closing a session that arrives late', async () => {
    const late = new TinySession([vm(1)])
    let arrive: (session: TinySession) => void = () => undefined
    backend.next(() => new Promise((resolve) => (arrive = resolve)))
    connection.connect()
    await advance(10)
    await connection.disconnect()
    arrive(late)
    await advance(120_000)
    expect(kinds()).toEqual(['connecting', 'disconnected'])
    expect(late.isClosed).toBe(true)
    expect(names()).toEqual([])
    expect(backend.requests).toHaveLength(1)
  })

  it('ignores stages and failures of an attempt that was cancelled', async () => {
    let fail: (error: Error) => void = () => undefined
    backend.next(() => new Promise((_, reject) => (fail = reject)))
    backend.next(async () => new TinySession([]))
    connection.connect()
    await connection.disconnect()
    connection.connect()
    await advance(0)
    backend.requests[0]?.onStage('authenticating')
    fail(new AppError('denied', 'Too late'))
    await advance(100)
    expect(connection.status.kind).toBe('connected')
  })

  it('takes what events say while the list is under way for newer than the list', async () => {
    const session = new TinySession([vm(1), vm(2)])
    session.list = async () => {
      session.tell({ kind: 'vm-changed', vm: vm(1, { state: 'running' }) })
      session.tell({ kind: 'vm-removed', id: idOf(2) })
      session.tell({ kind: 'vm-changed', vm: vm(3) })
      return session.vms
    }
    await connected(session)
    expect(connection.inventory.list().map((one) => [one.name, one.state])).toEqual([
      ['vm-1', 'running'],
      ['vm-3', 'shut-off'],
    ])
  })

  it('fails when the session ends while the list is under way', async () => {
    const session = new TinySession([])
    session.list = () => {
      session.drop({ kind: 'unreachable', message: 'Gone' })
      return new Promise(() => undefined)
    }
    backend.next(async () => session)
    connection.connect()
    await advance(0)
    expect(connection.status).toMatchObject({ kind: 'failed', error: { message: 'Gone' } })
  })
})

describe('trying again', () => {
  it('waits longer after each failure, up to a minute', async () => {
    backend.next(() => Promise.reject(new AppError('unreachable', 'No route')))
    connection.connect()
    await advance(0)
    const waits: number[] = []
    for (let tries = 0; tries < 9; tries += 1) {
      const { status } = connection
      if (status.kind !== 'failed' || status.retryAtMs === undefined) throw new Error('not waiting')
      waits.push(status.retryAtMs - Date.now())
      await advance(status.retryAtMs - Date.now())
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    expect(backend.requests).toHaveLength(10)
  })

  it.each<ErrorKind>(['auth-failed', 'denied', 'invalid', 'unsupported', 'cancelled'])(
    'leaves it to the user after %s',
    async (kind) => {
      backend.next(() => Promise.reject(new AppError(kind, 'No')))
      connection.connect()
      await advance(600_000)
      expect(backend.requests).toHaveLength(1)
      expect(connection.status).toMatchObject({ kind: 'failed', error: { kind } })
      expect(connection.status).not.toHaveProperty('retryAtMs')
    },
  )

  it('shows a bug of ours as such and still tries again', async () => {
    backend.next(() => Promise.reject(new TypeError('x is undefined')))
    connection.connect()
    await advance(0)
    expect(connection.status).toMatchObject({ kind: 'failed', error: { kind: 'internal' } })
    expect(connection.status).toHaveProperty('retryAtMs')
  })

  it('comes back within a second after a drop, keeping the VMs and dropping vanished ones', async () => {
    const session = await connected()
    backend.next(async () => new TinySession([vm(2, { state: 'running' }), vm(3)]))
    await advance(60_000)
    changes = []
    session.drop({ kind: 'unreachable', message: 'The daemon went away' })
    expect(connection.status).toMatchObject({ kind: 'failed', error: { message: 'The daemon went away' } })
    expect(names()).toEqual(['vm-1', 'vm-2'])
    expect(() => connection.session()).toThrow(expect.objectContaining({ kind: 'unreachable' }))
    await advance(1000)
    expect(connection.status.kind).toBe('connected')
    expect(changes).toEqual([
      { kind: 'removed', ref: { host: 'h', vm: idOf(1) } },
      { kind: 'put', vm: { ...vm(2, { state: 'running' }), host: 'h' } },
      { kind: 'put', vm: { ...vm(3), host: 'h' } },
    ])
    expect(session.isClosed).toBe(true)
  })

  it('shows why it reconnects while it does', async () => {
    const session = await connected()
    backend.next(() => new Promise(() => undefined))
    session.drop({ kind: 'unreachable', message: 'The daemon went away' })
    await advance(500)
    expect(connection.status).toMatchObject({
      kind: 'connecting',
      error: { message: 'The daemon went away' },
    })
  })

  it('does not hammer a host that drops each time it was connected', async () => {
    backend.next(async () => {
      const session = new TinySession([])
      setTimeout(() => session.drop({ kind: 'unreachable', message: 'Again' }), 10)
      return session
    })
    connection.connect()
    await advance(120_000)
    expect(backend.requests.length).toBeLessThan(12)
  })

  it('tries at once when the user connects, and within a second when the computer wakes up', async () => {
    backend.next(() => Promise.reject(new AppError('unreachable', 'No')))
    connection.connect()
    await advance(0)
    connection.connect()
    await advance(0)
    expect(backend.requests).toHaveLength(2)
    await advance(1000)
    expect(backend.requests).toHaveLength(3)
    connection.retryNow()
    // shown as it is: spread, so that a hundred hosts do not all begin in the same instant
    expect(connection.status).toMatchObject({ kind: 'failed', retryAtMs: Date.now() + 500 })
    await advance(500)
    expect(backend.requests).toHaveLength(4)
  })

  it('does not put off a try that is due sooner than the wake-up would make it', async () => {
    const session = await connected()
    await advance(60_000)
    session.drop({ kind: 'unreachable', message: 'Gone' })
    await advance(300)
    connection.retryNow()
    await advance(200)
    expect(backend.requests).toHaveLength(2)
  })

  it('asks a connected host for a sign of life when the computer wakes up, and leaves it connected', async () => {
    const session = await connected()
    connection.retryNow()
    await advance(60_000)
    expect(session.calls).toContain('check alive within 10000')
    expect(connection.status).toMatchObject({ kind: 'connected', sinceMs: 0 })
  })

  it('leaves a host that drops every ten seconds alone for longer and longer, up to some seconds', async () => {
    backend.next(async () => {
      const session = new TinySession([])
      setTimeout(() => session.drop({ kind: 'unreachable', message: 'Again' }), 10_000)
      return session
    })
    connection.connect()
    await advance(140_000)
    // each lasts 10 s; the waits between are 0.5, 1, 2, 4, 4, 4 ... s
    expect(backend.requests).toHaveLength(11)
  })

  it('stays disconnected when the user says so, keeping the VMs', async () => {
    const session = await connected()
    await connection.disconnect()
    await advance(600_000)
    expect(kinds().at(-1)).toBe('disconnected')
    expect(session.isClosed).toBe(true)
    expect(backend.requests).toHaveLength(1)
    expect(names()).toEqual(['vm-1', 'vm-2'])
  })

  it('ignores what a session says after it was given up', async () => {
    const session = await connected()
    await connection.disconnect()
    changes = []
    session.tell({ kind: 'vm-changed', vm: vm(9) })
    expect(changes).toEqual([])
  })
})

describe('keeping a connected host true', () => {
  it('tells changes as they come and repeats nothing', async () => {
    const session = await connected()
    changes = []
    session.tell({ kind: 'vm-changed', vm: vm(1) })
    session.tell({ kind: 'vm-changed', vm: vm(1, { state: 'paused' }) })
    session.tell({ kind: 'vm-removed', id: idOf(2) })
    session.tell({ kind: 'vm-removed', id: idOf(2) })
    expect(changes).toMatchObject([
      { kind: 'put', vm: { state: 'paused' } },
      { kind: 'removed', ref: { vm: idOf(2) } },
    ])
  })

  it('turns counters into rates every two seconds', async () => {
    const session = new TinySession([vm(1)])
    let cpuTimeNs = 0
    session.counters = async () => {
      cpuTimeNs += 4e9
      return [{ id: idOf(1), cpuTimeNs, memoryBytes: 7 }]
    }
    await connected(session)
    await advance(2000)
    expect(samples).toEqual([
      [{ id: idOf(1), memoryBytes: 7, cpuTimeSeconds: 4 }],
      [{ id: idOf(1), memoryBytes: 7, cpuTimeSeconds: 8, cpuPercent: 50 }],
    ])
  })

  it('asks a slow host for counters less often, never twice at once', async () => {
    const session = new TinySession([])
    session.counters = () => new Promise((resolve) => setTimeout(() => resolve([]), 5000))
    await connected(session)
    await advance(20_000)
    // asked at 0, 6, 12 and 18 s
    expect(session.calls.filter((call) => call === 'counters')).toHaveLength(4)
  })

  it('stops asking for counters a driver does not have, and says so once', async () => {
    const session = new TinySession([])
    session.counters = () => Promise.reject(new AppError('unsupported', 'No counters'))
    await connected(session)
    await advance(20_000)
    expect(session.calls.filter((call) => call === 'counters')).toHaveLength(1)
    expect(connection.log.lines().filter((line) => line.text.includes('No counters'))).toHaveLength(1)
  })

  it('lists again every three seconds where the driver has no events', async () => {
    const session = new TinySession([vm(1), vm(2)])
    session.features = { ...features, updates: 'polling' }
    await connected(session)
    changes = []
    session.vms = [vm(1, { state: 'running' }), vm(3)]
    await advance(3000)
    expect(changes.map((change) => change.kind)).toEqual(['removed', 'put', 'put'])
    changes = []
    session.list = () => Promise.reject(new AppError('timed-out', 'Slow'))
    await advance(3000)
    expect(changes).toEqual([])
    expect(connection.status.kind).toBe('connected')
  })

  it('does not list again where the driver has events', async () => {
    const session = await connected()
    await advance(60_000)
    expect(session.calls.filter((call) => call === 'list')).toHaveLength(1)
  })

  it('gives every call a deadline and ends open ones when the session ends', async () => {
    const session = new TinySession([vm(1)])
    session.doPower = () => new Promise(() => undefined)
    await connected(session)
    const context = { signal: new AbortController().signal, onProgress: () => undefined }
    const pause = (): Promise<unknown> =>
      connection
        .session()
        .power(idOf(1), 'pause', context)
        .catch((error: unknown) => error)
    const slow = pause()
    await advance(120_000)
    expect(await slow).toMatchObject({ kind: 'timed-out' })
    const cut = pause()
    session.drop({ kind: 'unreachable', message: 'Gone' })
    expect(await cut).toMatchObject({ kind: 'unreachable', message: 'Gone' })
  })
})
