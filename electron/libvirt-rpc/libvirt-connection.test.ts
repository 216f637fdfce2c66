import { describe, expect, it } from 'vitest'
import { RpcConnection } from './connection'
import { RpcClosedError } from './errors'
import { LibvirtConnection } from './libvirt-connection'
import { duplexPair } from './testing/duplex-pair'
import { FakeDaemon, FakeError, later } from './testing/fake-daemon'
import { connected, dom, facts, failure } from './testing/scenario'

const registerDomain = 'CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY'

describe('events', () => {
  it('of different families reach their own listeners although their callback ids are the same', async () => {
    const { daemon, connection } = connected()
    daemon
      .on(registerDomain, () => ({ callbackID: 1 }))
      .on('CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY', () => ({ callbackID: 1 }))
      .on('CONNECT_GET_HOSTNAME', () => ({ hostname: 'host' }))
    const seen: unknown[] = []
    connection.onEvent('DOMAIN_EVENT_CALLBACK_LIFECYCLE', ({ msg }) => seen.push(['domain', msg.event]))
    connection.onEvent('STORAGE_POOL_EVENT_LIFECYCLE', ({ event }) => seen.push(['pool', event]))
    const names = ['DOMAIN_EVENT_CALLBACK_LIFECYCLE', 'STORAGE_POOL_EVENT_LIFECYCLE'] as const
    expect(await connection.registerEvents(names)).toEqual(new Set(names))

    const pool = { name: 'default', uuid: dom.uuid }
    daemon.event('STORAGE_POOL_EVENT_LIFECYCLE', { callbackID: 1, pool, event: 3, detail: 0 })
    daemon.event('DOMAIN_EVENT_CALLBACK_LIFECYCLE', { callbackID: 1, msg: { dom, event: 2, detail: 0 } })
    await connection.call('CONNECT_GET_HOSTNAME')
    expect(seen).toEqual([
      ['pool', 3],
      ['domain', 2],
    ])
  })

  it('are taken back before the connection is closed, as a daemon that does it by itself may crash', async () => {
    const { daemon, connection } = connected()
    daemon
      .on(registerDomain, () => ({ callbackID: 1 }))
      .on('CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY', () => ({ callbackID: 7 }))
      .on('CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY', () => null)
      .on('CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY', () => null)
      .on('CONNECT_CLOSE', () => null)
    await connection.registerEvents(['DOMAIN_EVENT_CALLBACK_LIFECYCLE', 'STORAGE_POOL_EVENT_REFRESH'])
    await connection.close()
    expect(daemon.calls.slice(-3)).toMatchObject([
      { name: 'CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY', args: { callbackID: 1 } },
      { name: 'CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY', args: { callbackID: 7 } },
      { name: 'CONNECT_CLOSE' },
    ])
  })

  it('keep a connection that is closed open until the daemon has answered what runs, and nothing new is sent', async () => {
    const { daemon, connection } = connected()
    daemon
      .on(registerDomain, () => ({ callbackID: 1 }))
      .on('CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY', () => null)
      .on('CONNECT_GET_HOSTNAME', () => later)
      .on('CONNECT_CLOSE', () => null)
    await connection.registerEvent('DOMAIN_EVENT_CALLBACK_LIFECYCLE')
    const running = connection.call('CONNECT_GET_HOSTNAME')
    const asked = await daemon.received('CONNECT_GET_HOSTNAME')
    const closing = connection.close()
    await daemon.received('CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY')
    expect(await failure(connection.call('CONNECT_GET_URI'))).toBeInstanceOf(RpcClosedError)
    expect(daemon.calls.some(({ name }) => name === 'CONNECT_CLOSE' || name === 'CONNECT_GET_URI')).toBe(
      false,
    )
    daemon.reply(asked, { hostname: 'host' })
    await closing
    expect(await running).toEqual({ hostname: 'host' })
    expect(daemon.calls.at(-1)).toMatchObject({ name: 'CONNECT_CLOSE' })
  })

  it('are registered once, for all objects, however often that is asked for', async () => {
    const { daemon, connection } = connected()
    daemon.on(registerDomain, () => ({ callbackID: 1 }))
    const twice = ['DOMAIN_EVENT_CALLBACK_REBOOT', 'DOMAIN_EVENT_CALLBACK_REBOOT'] as const
    await connection.registerEvents(twice)
    await connection.registerEvent('DOMAIN_EVENT_CALLBACK_REBOOT')
    expect(daemon.calls.map(({ args }) => args)).toEqual([{ eventID: 1, dom: null }])
  })

  it('the daemon does not know are reported as such, whether by version, id or procedure', async () => {
    const { daemon, connection } = connected()
    daemon.on(registerDomain, () => {
      throw new FakeError(1, 7, 'internal error: unsupported event ID 26')
    })
    // 12.4 is newer than this daemon: it is not even asked.
    expect(await connection.registerEvent('DOMAIN_EVENT_VCPU_REMOVED')).toBe(false)
    expect(daemon.calls).toEqual([])
    expect(await connection.registerEvent('DOMAIN_EVENT_MEMORY_DEVICE_SIZE_CHANGE')).toBe(false)
    expect(await connection.registerEvent('SECRET_EVENT_LIFECYCLE')).toBe(false)
  })

  it('that could not be registered for another reason can be tried again', async () => {
    const { daemon, connection } = connected()
    daemon.on(registerDomain, () => {
      throw new FakeError(29, 7, 'operation forbidden')
    })
    expect(await failure(connection.registerEvent('DOMAIN_EVENT_CALLBACK_REBOOT'))).toMatchObject({
      code: 29,
    })
    daemon.on(registerDomain, () => ({ callbackID: 4 }))
    expect(await connection.registerEvent('DOMAIN_EVENT_CALLBACK_REBOOT')).toBe(true)
  })

  it('are no longer delivered to a listener that left', async () => {
    const { daemon, connection } = connected()
    daemon.on('CONNECT_GET_HOSTNAME', () => ({ hostname: 'host' }))
    const seen: string[] = []
    const leave = connection.onEvent('DOMAIN_EVENT_CALLBACK_LIFECYCLE', () => seen.push('left'))
    connection.onEvent('DOMAIN_EVENT_CALLBACK_LIFECYCLE', () => seen.push('stayed'))
    leave()
    daemon.event('DOMAIN_EVENT_CALLBACK_LIFECYCLE', { callbackID: 1, msg: { dom, event: 2, detail: 0 } })
    await connection.call('CONNECT_GET_HOSTNAME')
    expect(seen).toEqual(['stayed'])
  })

  it('still reach the others when one listener throws', async () => {
    const { daemon, connection } = connected()
    daemon.on('CONNECT_GET_HOSTNAME', () => ({ hostname: 'host' }))
    const warned = new Promise((resolve) => process.once('warning', resolve))
    let reached = false
    connection.onEvent('DOMAIN_EVENT_CALLBACK_LIFECYCLE', () => {
      throw new Error('a fault of ours')
    })
    connection.onEvent('DOMAIN_EVENT_CALLBACK_LIFECYCLE', () => {
      reached = true
    })
    daemon.event('DOMAIN_EVENT_CALLBACK_LIFECYCLE', { callbackID: 1, msg: { dom, event: 2, detail: 0 } })
    await connection.call('CONNECT_GET_HOSTNAME')
    expect(reached).toBe(true)
    expect(connection.closeReason).toBeNull()
    expect(await warned).toMatchObject({ message: 'a fault of ours' })
  })
})

describe('a daemon from before the arguments of network update were put right', () => {
  it.each([
    [true, { command: 3, section: 4 }],
    [false, { command: 4, section: 3 }],
  ])('gets them in the order it expects (right order: %s)', async (hasNetworkUpdateOrder, expected) => {
    const [ours, theirs] = duplexPair()
    const daemon = new FakeDaemon(theirs).on('NETWORK_UPDATE', () => null)
    const connection = new LibvirtConnection(new RpcConnection(ours), { ...facts, hasNetworkUpdateOrder })
    const net = { name: 'default', uuid: dom.uuid }
    await connection.call('NETWORK_UPDATE', {
      net,
      command: 3,
      section: 4,
      parentIndex: -1,
      xml: '<x/>',
      flags: 0,
    })
    expect(daemon.calls[0]?.args).toMatchObject(expected)
    await connection.close()
  })
})

describe('closing', () => {
  it('takes leave of the daemon first', async () => {
    const { daemon, connection } = connected()
    await connection.close()
    await connection.close()
    expect(daemon.calls.map(({ name }) => name)).toEqual(['CONNECT_CLOSE'])
    expect(await connection.closed).toMatchObject({ kind: 'local' })
  })
})
