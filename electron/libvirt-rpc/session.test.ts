import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RpcClosedError } from './errors'
import { LibvirtSession, type SessionOptions } from './session'
import { duplexPair } from './testing/duplex-pair'
import { FakeDaemon, FakeError, later } from './testing/fake-daemon'
import { dom, failure } from './testing/scenario'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A host that answers every dial with one more daemon end. */
async function session(options: Partial<SessionOptions> = {}) {
  const daemons: FakeDaemon[] = []
  const dial = async () => {
    const [ours, theirs] = duplexPair()
    const daemon = new FakeDaemon(theirs)
    daemon.on('CONNECT_GET_HOSTNAME', () => ({ hostname: `connection ${daemons.indexOf(daemon)}` }))
    daemon.on('DOMAIN_MANAGED_SAVE', () => later).on('DOMAIN_OPEN_CONSOLE', () => null)
    daemons.push(daemon)
    return ours
  }
  const opened = await LibvirtSession.open({ dial, name: 'qemu:///system', readOnly: false, ...options })
  return { daemons, session: opened }
}

const save = { dom, flags: 0 }
const consoleArgs = { dom, dev_name: null, flags: 0 }
/** Lets everything that is ready happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('a session', () => {
  it('makes short calls on one connection and long ones on another, opened when first needed', async () => {
    const { daemons, session: host } = await session()
    expect(await host.call('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 0' })
    expect(daemons).toHaveLength(1)
    const jobs = await Promise.all([
      host.callJob('CONNECT_GET_HOSTNAME'),
      host.callJob('CONNECT_GET_HOSTNAME'),
    ])
    expect(jobs).toEqual([{ hostname: 'connection 1' }, { hostname: 'connection 1' }])
    expect(daemons).toHaveLength(2)
    await host.close()
  })

  it('lets long calls take as long as they need', async () => {
    const { daemons, session: host } = await session({ connection: { keepAlive: null } })
    const saving = host.callJob('DOMAIN_MANAGED_SAVE', save)
    while (daemons.length < 2) await settle()
    const call = await daemons[1]?.received('DOMAIN_MANAGED_SAVE')
    vi.advanceTimersByTime(3_600_000)
    if (call) daemons[1]?.reply(call)
    await saving
    await host.close()
  })

  it('closes the jobs connection when it is idle, not before, and opens another later', async () => {
    const { daemons, session: host } = await session({ jobIdleMs: 1000, connection: { keepAlive: null } })
    await host.callJob('CONNECT_GET_HOSTNAME')
    vi.advanceTimersByTime(999)
    await host.callJob('CONNECT_GET_HOSTNAME')
    vi.advanceTimersByTime(999)
    await settle()
    expect(daemons[1]?.calls.some(({ name }) => name === 'CONNECT_CLOSE')).toBe(false)
    vi.advanceTimersByTime(1)
    await daemons[1]?.received('CONNECT_CLOSE')
    expect(await host.callJob('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 2' })
    await host.close()
  })

  it('opens a new jobs connection after the old one broke', async () => {
    const { daemons, session: host } = await session()
    await host.callJob('CONNECT_GET_HOSTNAME')
    const broken = failure(host.callJob('DOMAIN_MANAGED_SAVE', save))
    await daemons[1]?.received('DOMAIN_MANAGED_SAVE')
    daemons[1]?.stream.destroy()
    expect(await broken).toBeInstanceOf(RpcClosedError)
    expect(await host.callJob('CONNECT_GET_HOSTNAME')).toEqual({ hostname: 'connection 2' })
    expect(host.control.closeReason).toBeNull()
    await host.close()
  })

  it('gives every stream a connection of its own, without server pings, that closes with it', async () => {
    const { daemons, session: host } = await session()
    const { stream } = await host.openStream('DOMAIN_OPEN_CONSOLE', consoleArgs)
    const own = daemons[1] as FakeDaemon
    const call = await own.received('DOMAIN_OPEN_CONSOLE')
    expect(own.calls.filter(({ args }) => args['feature'] === 10)).toEqual([])
    const reading = failure(stream.read())
    own.send(own.streamPacket(call, new FakeError(38, 38, 'stream had I/O failure')))
    expect(await reading).toMatchObject({ code: 38 })
    await own.received('CONNECT_CLOSE')
    expect(daemons[0]?.calls.some(({ name }) => name === 'CONNECT_CLOSE')).toBe(false)
    await host.close()
  })

  it('does not leave a connection behind when the stream could not be opened', async () => {
    const { daemons, session: host } = await session()
    const args = { dom, screen: 0, flags: 0 }
    expect(await failure(host.openStream('DOMAIN_SCREENSHOT', args))).toMatchObject({ code: 39 })
    await daemons[1]?.received('CONNECT_CLOSE')
    await host.close()
  })

  it('makes the connection of a stream while its arguments are looked up, and leaves none when there are none', async () => {
    const { daemons, session: host } = await session()
    let refuse: (error: Error) => void = () => {}
    const args = new Promise<never>((_, reject) => {
      refuse = reject
    })
    const opening = failure(host.openStream('DOMAIN_SCREENSHOT', args))
    while (daemons.length < 2) await settle()
    await daemons[1]?.received('CONNECT_OPEN')
    refuse(new Error('no such volume'))
    expect(await opening).toMatchObject({ message: 'no such volume' })
    await daemons[1]?.received('CONNECT_CLOSE')
    await host.close()
  })

  it('can be closed while the jobs connection is still being dialled', async () => {
    const daemons: FakeDaemon[] = []
    let dialled = () => {}
    const dialling = new Promise<void>((resolve) => {
      dialled = resolve
    })
    const [ours] = duplexPair()
    const slow = await LibvirtSession.open({
      name: 'qemu:///system',
      readOnly: false,
      dial: (signal) => {
        if (signal === undefined) {
          const [near, far] = duplexPair()
          daemons.push(new FakeDaemon(far))
          return Promise.resolve(near)
        }
        dialled()
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(ours)))
      },
    })
    const job = failure(slow.callJob('DOMAIN_MANAGED_SAVE', save))
    await dialling
    await slow.close()
    expect(await job).toBeInstanceOf(RpcClosedError)
    expect(ours.destroyed).toBe(true)
    await daemons[0]?.received('CONNECT_CLOSE')
  })

  it('closes everything when the control connection is lost', async () => {
    const { daemons, session: host } = await session()
    const { stream } = await host.openStream('DOMAIN_OPEN_CONSOLE', consoleArgs)
    const job = failure(host.callJob('DOMAIN_MANAGED_SAVE', save))
    while (daemons.length < 3) await settle()
    await daemons[2]?.received('DOMAIN_MANAGED_SAVE')
    daemons[0]?.stream.destroy()
    expect(await host.closed).toMatchObject({ kind: 'ended' })
    await stream.closed
    expect(await job).toBeInstanceOf(RpcClosedError)
    expect(await failure(host.callJob('CONNECT_GET_HOSTNAME'))).toBeInstanceOf(RpcClosedError)
    expect(await failure(host.openStream('DOMAIN_OPEN_CONSOLE', consoleArgs))).toBeInstanceOf(RpcClosedError)
    expect(daemons).toHaveLength(3)
  })
})
