import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RpcClosedError, RpcError, RpcProtocolError, RpcTimeoutError } from './errors'
import { FakeError, later } from './testing/fake-daemon'
import { connected, dom, failure } from './testing/scenario'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('calls', () => {
  it('carry their arguments to the daemon and its reply back', async () => {
    const { daemon, connection } = connected()
    daemon.on('CONNECT_LIST_ALL_DOMAINS', () => ({ domains: [dom], ret: 1 }))
    const reply = await connection.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 3 })
    expect(reply).toEqual({ domains: [dom], ret: 1 })
    expect(daemon.calls[0]?.args).toEqual({ need_results: 1, flags: 3 })
  })

  it('get the right reply when replies come out of order', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_GET_XML_DESC', () => later)
    const replies = ['a', 'b', 'c'].map(async (name) => {
      const { xml } = await connection.call('DOMAIN_GET_XML_DESC', { dom: { ...dom, name }, flags: 0 })
      return xml
    })
    await daemon.received('DOMAIN_GET_XML_DESC', 3)
    for (const call of [...daemon.calls].reverse()) {
      daemon.reply(call, { xml: `<${(call.args['dom'] as { name: string }).name}/>` })
    }
    expect(await Promise.all(replies)).toEqual(['<a/>', '<b/>', '<c/>'])
  })

  it('reject with what libvirt said', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_SUSPEND', () => {
      throw new FakeError(55, 10, 'domain is not running')
    })
    const error = await failure(connection.call('DOMAIN_SUSPEND', { dom }))
    expect(error).toBeInstanceOf(RpcError)
    expect(error).toMatchObject({
      code: 55,
      domain: 10,
      message: 'domain is not running',
      procedure: 'DOMAIN_SUSPEND',
    })
    expect(connection.closeReason).toBeNull()
  })

  it('with an argument beyond a limit are refused before anything is sent', async () => {
    const { daemon, connection } = connected()
    const xml = 'x'.repeat(4194305)
    expect(await failure(connection.call('DOMAIN_DEFINE_XML', { xml }))).toBeInstanceOf(RpcProtocolError)
    daemon.on('CONNECT_GET_HOSTNAME', () => ({ hostname: 'host' }))
    expect(await connection.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'host' })
    expect(daemon.calls.map((call) => call.name)).toEqual(['CONNECT_GET_HOSTNAME'])
  })

  it('never have more than four in flight, and user calls overtake polling', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_GET_INFO', () => later).on('DOMAIN_SUSPEND', () => later)
    const polls = Array.from({ length: 6 }, () =>
      connection.call('DOMAIN_GET_INFO', { dom }, { priority: 'poll' }),
    )
    const user = connection.call('DOMAIN_SUSPEND', { dom }, { priority: 'user' })
    await daemon.received('DOMAIN_GET_INFO', 4)
    expect(daemon.calls).toHaveLength(4)

    const info = { state: 1, maxMem: 1, memory: 1, nrVirtCpu: 1, cpuTime: 1 }
    const first = daemon.calls[0]
    if (first) daemon.reply(first, info)
    await daemon.received('DOMAIN_SUSPEND')
    expect(daemon.calls.map((call) => call.name)).toEqual([
      ...Array(4).fill('DOMAIN_GET_INFO'),
      'DOMAIN_SUSPEND',
    ])

    for (let next = 1; next < 7; next++) {
      await daemon.until(() => daemon.calls.length > next)
      const call = daemon.calls[next]
      if (call) daemon.reply(call, call.name === 'DOMAIN_SUSPEND' ? null : info)
    }
    await Promise.all([...polls, user])
    expect(daemon.maxInFlight).toBe(4)
  })

  it('give up at their deadline, while the connection goes on', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_GET_INFO', () => later).on('CONNECT_GET_HOSTNAME', () => ({ hostname: 'host' }))
    const call = failure(connection.call('DOMAIN_GET_INFO', { dom }, { timeoutMs: 1000 }))
    const received = await daemon.received('DOMAIN_GET_INFO')
    vi.advanceTimersByTime(999)
    vi.advanceTimersByTime(1)
    expect(await call).toEqual(new RpcTimeoutError('DOMAIN_GET_INFO', 1000))
    // Its late answer belongs to nobody.
    daemon.reply(received, { state: 1, maxMem: 1, memory: 1, nrVirtCpu: 1, cpuTime: 1 })
    expect(await connection.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'host' })
  })

  it('given up after they were sent keep their slot until the daemon answers', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_GET_INFO', () => later).on('CONNECT_GET_HOSTNAME', () => ({ hostname: 'host' }))
    const stuck = Array.from({ length: 4 }, () =>
      failure(connection.call('DOMAIN_GET_INFO', { dom }, { timeoutMs: 5 })),
    )
    const first = await daemon.received('DOMAIN_GET_INFO')
    await daemon.received('DOMAIN_GET_INFO', 4)
    vi.advanceTimersByTime(5)
    await Promise.all(stuck)
    const waiting = connection.call('CONNECT_GET_HOSTNAME')
    expect(daemon.calls).toHaveLength(4)
    daemon.fail(first, new FakeError(86, 10, 'agent unresponsive'))
    expect(await waiting).toEqual({ hostname: 'host' })
    expect(daemon.maxInFlight).toBe(4)
  })

  it('given up while waiting for a slot are never sent', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_GET_INFO', () => later)
    for (let i = 0; i < 4; i++)
      void connection.call('DOMAIN_GET_INFO', { dom }, { timeoutMs: null }).catch(() => {})
    const controller = new AbortController()
    const call = failure(connection.call('DOMAIN_DESTROY', { dom }, { signal: controller.signal }))
    const reason = new Error('changed my mind')
    controller.abort(reason)
    expect(await call).toBe(reason)
    const fourth = await daemon.received('DOMAIN_GET_INFO', 4)
    daemon.on('CONNECT_GET_HOSTNAME', () => ({ hostname: 'host' }))
    const next = connection.call('CONNECT_GET_HOSTNAME')
    daemon.fail(fourth, new FakeError(42, 10, 'no domain'))
    await next
    expect(daemon.calls.map((one) => one.name)).not.toContain('DOMAIN_DESTROY')
  })

  it('with a signal that was aborted before are not sent', async () => {
    const { daemon, connection } = connected()
    const signal = AbortSignal.abort(new Error('too late'))
    expect(await failure(connection.call('DOMAIN_DESTROY', { dom }, { signal }))).toEqual(
      new Error('too late'),
    )
    expect(daemon.calls).toEqual([])
  })

  it('all reject when the link drops, and later ones at once', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_GET_INFO', () => later)
    const calls = Array.from({ length: 6 }, () => failure(connection.call('DOMAIN_GET_INFO', { dom })))
    await daemon.received('DOMAIN_GET_INFO', 4)
    daemon.stream.destroy()
    for (const error of await Promise.all(calls)) expect(error).toBeInstanceOf(RpcClosedError)
    expect(await connection.closed).toMatchObject({ kind: 'ended' })
    expect(await failure(connection.call('DOMAIN_GET_INFO', { dom }))).toMatchObject({
      reason: { kind: 'ended' },
    })
  })

  it('unknown to the daemon are not asked a second time', async () => {
    const { daemon, connection } = connected()
    const args = { dom, type: 0, flags: 0 }
    expect(connection.knows('DOMAIN_SUSPEND')).toBe(true)
    expect(connection.knows('DOMAIN_GRAPHICS_RELOAD')).toBe(false)
    const first = await failure(connection.call('DOMAIN_GRAPHICS_RELOAD', args))
    expect(await failure(connection.call('DOMAIN_GRAPHICS_RELOAD', args))).toBe(first)
    expect(daemon.calls).toHaveLength(1)
  })
})

describe('a broken link', () => {
  it('is reported with the error of the byte stream', async () => {
    const { connection, transport } = connected()
    transport.destroy(new Error('read ECONNRESET'))
    expect(await connection.closed).toMatchObject({ kind: 'transport', message: 'read ECONNRESET' })
  })

  it('is noticed when the daemon is silent through five pings', async () => {
    const { daemon, connection } = connected()
    vi.advanceTimersByTime(30_000)
    await daemon.until(() => daemon.keepAlives.length === 5)
    expect(daemon.keepAlives).toEqual([1, 1, 1, 1, 1])
    expect(connection.closeReason).toBeNull()
    vi.advanceTimersByTime(5000)
    expect(await connection.closed).toMatchObject({ kind: 'keepalive' })
  })

  it('is not assumed while anything at all arrives', async () => {
    const { daemon, connection } = connected()
    for (let round = 1; round <= 10; round++) {
      vi.advanceTimersByTime(20_000)
      const answered = daemon.keepAlives.filter((one) => one === 2).length
      daemon.ping()
      await daemon.until(() => daemon.keepAlives.filter((one) => one === 2).length > answered)
    }
    expect(connection.closeReason).toBeNull()
  })

  it('is noticed on demand, as after the computer slept', async () => {
    const { daemon, connection } = connected()
    connection.checkAlive(3000)
    await daemon.until(() => daemon.keepAlives.includes(1))
    vi.advanceTimersByTime(3000)
    expect(await connection.closed).toMatchObject({ kind: 'keepalive' })
  })
})

describe('keepalive', () => {
  it('answers every ping, also while four calls are stuck', async () => {
    const { daemon, connection } = connected()
    daemon.on('DOMAIN_GET_INFO', () => later)
    for (let i = 0; i < 5; i++) void connection.call('DOMAIN_GET_INFO', { dom }).catch(() => {})
    await daemon.received('DOMAIN_GET_INFO', 4)
    daemon.ping()
    daemon.ping()
    await daemon.until(() => daemon.keepAlives.length === 2)
    expect(daemon.keepAlives).toEqual([2, 2])
  })
})
