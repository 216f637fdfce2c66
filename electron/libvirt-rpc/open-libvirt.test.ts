import { describe, expect, it } from 'vitest'
import { openLibvirt, type OpenOptions, type OpenStage } from './open-libvirt'
import { RpcAuthError, RpcClosedError, RpcTimeoutError } from './errors'
import { duplexPair } from './testing/duplex-pair'
import { FakeDaemon, FakeError, later } from './testing/fake-daemon'
import { failure } from './testing/scenario'

const hypervisor = { name: 'qemu:///system', readOnly: false }

function opening(prepare: (daemon: FakeDaemon) => void = () => {}, options: Partial<OpenOptions> = {}) {
  const [ours, theirs] = duplexPair()
  const daemon = new FakeDaemon(theirs)
  prepare(daemon)
  return { daemon, stream: ours, connection: openLibvirt(ours, { ...hypervisor, ...options }) }
}

describe('openLibvirt', () => {
  it('authenticates, opens and asks what the daemon can do, in this order', async () => {
    const stages: OpenStage[] = []
    const { daemon, connection } = opening(() => {}, { onStage: (stage) => stages.push(stage) })
    const opened = await connection
    expect(stages).toEqual(['authenticating', 'opening', 'probing'])
    expect(daemon.calls.map(({ name }) => name)).toEqual([
      'AUTH_LIST',
      'CONNECT_OPEN',
      'CONNECT_SUPPORTS_FEATURE',
      'CONNECT_GET_LIB_VERSION',
      'CONNECT_SUPPORTS_FEATURE',
      'CONNECT_SUPPORTS_FEATURE',
    ])
    expect(daemon.calls[1]?.args).toEqual({ name: 'qemu:///system', flags: 0 })
    expect(opened.facts).toEqual({
      libVersion: 9_000_000,
      hasEventCallbacks: true,
      hasNetworkUpdateOrder: true,
    })
  })

  it('asks for a read-only connection with the flag for it', async () => {
    const { daemon, connection } = opening(() => {}, { readOnly: true })
    await connection
    expect((await daemon.received('CONNECT_OPEN')).args['flags']).toBe(1)
  })

  it('does not ask for the daemon to ping where that could cost the connection', async () => {
    const { daemon, connection } = opening(() => {}, { serverKeepAlive: false })
    await connection
    const asked = daemon.calls
      .filter(({ name }) => name === 'CONNECT_SUPPORTS_FEATURE')
      .map(({ args }) => args['feature'])
    expect(asked).toEqual([14, 16])
  })

  it('lets polkit take its time, and tells that it is being waited for', async () => {
    const stages: OpenStage[] = []
    const polkit = (daemon: FakeDaemon) =>
      void daemon.on('AUTH_LIST', () => ({ types: [2] })).on('AUTH_POLKIT', () => later)
    const { daemon, connection } = opening(polkit, { onStage: (stage) => stages.push(stage) })
    const call = await daemon.received('AUTH_POLKIT')
    expect(stages).toEqual(['authenticating', 'waiting-for-polkit'])
    daemon.reply(call, { complete: 1 })
    expect((await connection).closeReason).toBeNull()
  })

  it('rejects with what polkit answered and closes the byte stream', async () => {
    const { connection, stream } = opening((daemon) => {
      daemon
        .on('AUTH_LIST', () => ({ types: [2] }))
        .on('AUTH_POLKIT', () => {
          throw new FakeError(94, 7, 'no agent is available to authenticate')
        })
    })
    expect(await failure(connection)).toMatchObject({ code: 94 })
    expect(stream.destroyed).toBe(true)
  })

  it('says so when the host wants SASL, and uses the exchange it is given', async () => {
    const sasl = (daemon: FakeDaemon) => void daemon.on('AUTH_LIST', () => ({ types: [1] }))
    expect(await failure(opening(sasl).connection)).toEqual(
      new RpcAuthError('sasl-required', 'this host asks for a name and password (SASL)'),
    )
    let exchanged = false
    const exchange = async () => {
      exchanged = true
    }
    await opening(sasl, { auth: { sasl: exchange } }).connection
    expect(exchanged).toBe(true)
  })

  it('refuses a method nobody knows', async () => {
    const { connection } = opening((daemon) => void daemon.on('AUTH_LIST', () => ({ types: [9] })))
    expect(await failure(connection)).toMatchObject({ name: 'RpcAuthError', kind: 'unknown-method' })
  })

  it('gives up when the daemon does not answer in time', async () => {
    const { connection, stream } = opening((daemon) => void daemon.on('AUTH_LIST', () => later), {
      deadlineMs: 1,
    })
    expect(await failure(connection)).toEqual(new RpcTimeoutError('AUTH_LIST', 1))
    expect(stream.destroyed).toBe(true)
  })

  it('gives up when told to, with the given reason', async () => {
    const controller = new AbortController()
    const prepare = (daemon: FakeDaemon) => void daemon.on('AUTH_LIST', () => later)
    const { daemon, connection, stream } = opening(prepare, { signal: controller.signal })
    await daemon.received('AUTH_LIST')
    controller.abort(new Error('dialog closed'))
    expect(await failure(connection)).toEqual(new Error('dialog closed'))
    expect(stream.destroyed).toBe(true)
  })

  it('rejects when the stream ends half-way', async () => {
    const { daemon, connection } = opening((one) => void one.on('CONNECT_OPEN', () => later))
    await daemon.received('CONNECT_OPEN')
    daemon.stream.end()
    expect(await failure(connection)).toBeInstanceOf(RpcClosedError)
  })

  it('takes a daemon that refuses to tell its features for one without them', async () => {
    const { connection } = opening((daemon) => {
      daemon.on('CONNECT_SUPPORTS_FEATURE', () => {
        throw new FakeError(3, 13, 'not supported')
      })
    })
    expect((await connection).facts).toMatchObject({ hasEventCallbacks: false, hasNetworkUpdateOrder: false })
  })
})
