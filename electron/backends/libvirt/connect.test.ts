import { createServer, type Server, type Socket } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeDaemon, FakeError } from '../../libvirt-rpc/testing/fake-daemon'
import type { HypervisorSession } from '../backend'
import { libvirtBackend } from './libvirt-backend'

let folder: string
let servers: Server[]
let sockets: Socket[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-connect-'))
  servers = []
  sockets = []
})

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})

async function serve(onSocket: (socket: Socket) => void): Promise<string> {
  const path = join(folder, `sock-${servers.length}`)
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    onSocket(socket)
  })
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(path, resolve)
  })
  return path
}

function connect(uri: string, signal = new AbortController().signal): Promise<HypervisorSession> {
  return libvirtBackend().connect({ uri, signal, onStage: () => {}, log: () => {}, ask: async () => null })
}

describe('URIs that cannot be served', () => {
  it.each([
    ['qemu+tls://host/system?no_verify=yes', 'invalid', 'uri'],
    ['qemu+tls://host/system?no_sanity=', 'invalid', 'uri'],
    ['qemu+tls://host/system?pkipath=', 'invalid', 'uri'],
    ['qemu+tcp://host/system?auth=magic', 'invalid', 'uri'],
    ['qemu+ext:///system?command=x', 'unsupported', 'uri'],
    ['esx://host/', 'unsupported', 'uri'],
    ['qemu:///embed?root=/x', 'unsupported', 'uri'],
    ['qemu+carrier-pigeon://host/system', 'invalid', 'uri'],
    ['qemu+ssh://-oProxyCommand=x/system', 'invalid', 'uri'],
  ])('%s', async (uri, kind, field) => {
    await expect(connect(uri)).rejects.toMatchObject({ kind, field, cure: expect.anything() })
  })
})

describe('what answers is not a libvirt daemon', () => {
  it('is told when nothing is there', async () => {
    await expect(connect(`qemu:///system?socket=${folder}/none`)).rejects.toMatchObject({
      kind: 'unreachable',
      detail: `No socket at ${folder}/none`,
    })
  })

  it('is told when it speaks something else', async () => {
    const path = await serve((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'))
    await expect(connect(`qemu:///system?socket=${path}`)).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'The host sent something that is not libvirt',
    })
  })

  it('is told when it hangs up', async () => {
    const path = await serve((socket) => socket.end())
    await expect(connect(`qemu:///system?socket=${path}`)).rejects.toMatchObject({ kind: 'unreachable' })
  })
})

describe('giving up', () => {
  it('does not even begin when it was cancelled before', async () => {
    let visits = 0
    const path = await serve(() => {
      visits += 1
    })
    await expect(connect(`qemu:///system?socket=${path}`, AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    })
    expect(visits).toBe(0)
  })

  it('closes the connection of a daemon that does not answer', async () => {
    const abort = new AbortController()
    let ended = (): void => {}
    const end = new Promise<void>((resolve) => {
      ended = resolve
    })
    const path = await serve((socket) => {
      socket.resume()
      socket.once('close', ended)
      abort.abort()
    })
    await expect(connect(`qemu:///system?socket=${path}`, abort.signal)).rejects.toMatchObject({
      kind: 'cancelled',
    })
    await end
  })
})

describe('what polkit on the host may answer', () => {
  // virErrorNumber; texts of the daemon are in its own language
  it.each([
    ['nobody can be asked there', 94, 'denied', /confirmation that nobody there can give/, /group "libvirt"/],
    ['the question was dismissed', 79, 'cancelled', /dismissed/, /again and confirm/],
    ['the account is not authorised', 45, 'auth-failed', /refuses this account/, /member of the group/],
  ])('%s', async (_, code, kind, message, cure) => {
    const stages: string[] = []
    const path = await serve((socket) => {
      new FakeDaemon(socket)
        .on('AUTH_LIST', () => ({ types: [2] }))
        .on('AUTH_POLKIT', () => {
          throw new FakeError(code, 60, 'Wörter des Rechners')
        })
    })
    const connecting = libvirtBackend().connect({
      uri: `qemu:///system?socket=${path}`,
      signal: new AbortController().signal,
      onStage: (stage) => stages.push(stage),
      log: () => {},
      ask: async () => null,
    })
    await expect(connecting).rejects.toMatchObject({
      kind,
      message: expect.stringMatching(message),
      cure: expect.stringMatching(cure),
      detail: 'Wörter des Rechners',
    })
    expect(stages).toContain('authenticating')
  })

  it('is not even asked when the URI insists on a name and password', async () => {
    const path = await serve((socket) => {
      new FakeDaemon(socket).on('AUTH_LIST', () => ({ types: [2] }))
    })
    await expect(connect(`qemu:///system?socket=${path}&auth=sasl`)).rejects.toMatchObject({
      kind: 'unsupported',
      field: 'uri',
      message: expect.stringContaining('does not sign in by sasl'),
    })
  })
})
