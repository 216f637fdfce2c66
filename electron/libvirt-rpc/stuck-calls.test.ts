import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RpcClosedError, RpcTimeoutError } from './errors'
import { LibvirtSession } from './session'
import { duplexPair } from './testing/duplex-pair'
import { FakeDaemon, later } from './testing/fake-daemon'
import { dom, failure } from './testing/scenario'

const lifecycle = 'DOMAIN_EVENT_CALLBACK_LIFECYCLE'
const info = { state: 1, maxMem: 1, memory: 1, nrVirtCpu: 1, cpuTime: 1 }

let daemons: FakeDaemon[]
let session: LibvirtSession
/** Set: the daemon takes no further connection. */
let refusal: Error | undefined

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
  daemons = []
  refusal = undefined
  const dial = async () => {
    if (refusal) throw refusal
    const [ours, theirs] = duplexPair()
    const own = new FakeDaemon(theirs)
    const name = `connection ${daemons.length}`
    own.on('CONNECT_GET_HOSTNAME', () => ({ hostname: name }))
    own.on('DOMAIN_GET_INFO', () => later).on('DOMAIN_SUSPEND', () => later)
    own.on('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY', () => ({ callbackID: 1 }))
    daemons.push(own)
    return ours
  }
  session = await LibvirtSession.open({ dial, name: '', readOnly: false, connection: { keepAlive: null } })
})
afterEach(async () => {
  await close()
  vi.useRealTimers()
})

/** The farewell finds no free slot where calls are stuck. */
const close = async () => {
  const closed = new AbortController()
  void session.close().then(() => closed.abort())
  while (!closed.signal.aborted) {
    vi.advanceTimersByTime(1000)
    await settle()
  }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))
const daemon = (at: number) => daemons[at] as FakeDaemon
const sees = async (condition: () => boolean) => {
  while (!condition()) await settle()
}

/** Calls that the daemon takes and never answers, given up after their deadline. */
async function stuck(count: number, at = 0, name: 'DOMAIN_GET_INFO' | 'DOMAIN_SUSPEND' = 'DOMAIN_GET_INFO') {
  const before = daemon(at).calls.filter((call) => call.name === name).length
  const calls = Array.from({ length: count }, () => failure(session.call(name, { dom }, { timeoutMs: 5 })))
  await daemon(at).received(name, before + count)
  vi.advanceTimersByTime(5)
  for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(RpcTimeoutError)
}

describe('calls that never come back', () => {
  it('do not hold up the calls after them: a fresh connection takes over', async () => {
    await stuck(1)
    expect(await session.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 0' })
    await stuck(1)
    await sees(() => session.control.facts !== undefined && daemons.length === 2)
    await sees(() => session.control.abandonedCalls === 0)
    expect(await session.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 1' })
  })

  it('do not hold up what waited behind them', async () => {
    const four = Array.from({ length: 4 }, () =>
      failure(session.call('DOMAIN_GET_INFO', { dom }, { timeoutMs: 5 })),
    )
    await daemon(0).received('DOMAIN_GET_INFO', 4)
    const waiting = session.call('CONNECT_GET_HOSTNAME')
    vi.advanceTimersByTime(5)
    await Promise.all(four)
    expect(await waiting).toEqual({ hostname: 'connection 1' })
    expect(daemon(0).calls.some(({ name }) => name === 'CONNECT_GET_HOSTNAME')).toBe(false)
  })

  it('lose no event: the fresh connection has registered before it takes over, the old one is heard on', async () => {
    const heard: string[] = []
    session.onEvent(lifecycle, ({ msg }) => heard.push(msg.dom.name))
    await session.registerEvents([lifecycle])
    await stuck(2)
    await sees(() => session.control.abandonedCalls === 0)
    const names = daemon(1).calls.map(({ name }) => name)
    expect(names).toContain('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY')
    const tell = (name: string) => ({ callbackID: 1, msg: { dom: { ...dom, name }, event: 2, detail: 0 } })
    daemon(0).event(lifecycle, tell('old'))
    daemon(1).event(lifecycle, tell('new'))
    await sees(() => heard.length === 2)
    expect(heard.sort()).toEqual(['new', 'old'])
  })

  it('keep the replaced connection open until the daemon has answered them', async () => {
    await stuck(2)
    await sees(() => session.control.abandonedCalls === 0)
    const [first, second] = daemon(0).calls.filter(({ name }) => name === 'DOMAIN_GET_INFO')
    if (!first || !second) throw new Error('not called')
    daemon(0).reply(first, info)
    await settle()
    expect(daemon(0).calls.some(({ name }) => name === 'CONNECT_CLOSE')).toBe(false)
    daemon(0).reply(second, info)
    await daemon(0).received('CONNECT_CLOSE')
    // its end is not the session's
    daemon(0).stream.destroy()
    await settle()
    expect(await session.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 1' })
  })

  it('take at most three connections, and what is left of the last stays usable', async () => {
    for (const at of [0, 1]) {
      await stuck(2, at)
      await sees(() => daemons.length === at + 2 && session.control.abandonedCalls === 0)
    }
    await stuck(3, 2)
    await settle()
    expect(daemons).toHaveLength(3)
    // polling leaves the last slot alone
    const poll = failure(session.call('CONNECT_GET_HOSTNAME', undefined, { priority: 'poll', timeoutMs: 5 }))
    expect(await session.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 2' })
    vi.advanceTimersByTime(5)
    expect(await poll).toBeInstanceOf(RpcTimeoutError)
  })

  it('leave the connection as it is when the daemon takes no further one, and try again later', async () => {
    refusal = new Error('too many clients')
    await stuck(2)
    await settle()
    expect(await session.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 0' })
    refusal = undefined
    expect(await session.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 0' })
    expect(daemons).toHaveLength(1)
    vi.advanceTimersByTime(5000)
    await session.call('CONNECT_GET_HOSTNAME')
    await sees(() => daemons.length === 2)
  })

  it('end the session with the connection that is in use, as any other', async () => {
    await stuck(2)
    await sees(() => session.control.abandonedCalls === 0)
    daemon(1).stream.destroy()
    expect(await session.closed).toMatchObject({ kind: 'ended' })
    expect(await failure(session.call('CONNECT_GET_HOSTNAME'))).toBeInstanceOf(RpcClosedError)
  })

  it('tell the caller when the daemon is done with them after all', async () => {
    let late = 0
    const call = failure(
      session.call('DOMAIN_GET_INFO', { dom }, { timeoutMs: 5, onLate: () => (late += 1) }),
    )
    const received = await daemon(0).received('DOMAIN_GET_INFO')
    vi.advanceTimersByTime(5)
    await call
    expect(late).toBe(0)
    daemon(0).reply(received, info)
    await sees(() => late === 1)
    expect(session.control.abandonedCalls).toBe(0)
  })
})

describe('long calls that never come back', () => {
  it('do not keep a fifth from being made', async () => {
    const four = Array.from({ length: 4 }, () => failure(session.callJob('DOMAIN_SUSPEND', { dom })))
    await sees(() => daemons.length === 2)
    await daemon(1).received('DOMAIN_SUSPEND', 4)
    expect(await session.callJob('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 2' })
    await close()
    for (const error of await Promise.all(four)) expect(error).toBeInstanceOf(RpcClosedError)
  })

  it('count also after they were given up', async () => {
    const four = Array.from({ length: 4 }, () =>
      failure(session.callJob('DOMAIN_SUSPEND', { dom }, { timeoutMs: 5 })),
    )
    await sees(() => daemons.length === 2)
    await daemon(1).received('DOMAIN_SUSPEND', 4)
    vi.advanceTimersByTime(5)
    await Promise.all(four)
    expect(await session.callJob('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 2' })
  })

  it('take at most three connections', async () => {
    const many = Array.from({ length: 13 }, () => failure(session.callJob('DOMAIN_SUSPEND', { dom })))
    await sees(() => daemons.length === 4)
    for (const at of [1, 2, 3]) await daemon(at).received('DOMAIN_SUSPEND', 4)
    await settle()
    expect(daemons).toHaveLength(4)
    await close()
    await Promise.all(many)
  })
})
