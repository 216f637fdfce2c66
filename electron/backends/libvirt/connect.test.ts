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
    ['qemu+tls://host/system', 'unsupported', 'uri'],
    ['qemu+tcp://host/system', 'unsupported', 'uri'],
    ['qemu://host/system', 'unsupported', 'uri'],
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

  it('says why when the daemon refuses the account', async () => {
    const path = await serve((socket) => {
      new FakeDaemon(socket)
        .on('AUTH_LIST', () => ({ types: [2] }))
        .on('AUTH_POLKIT', () => {
          throw new FakeError(94, 60, 'no agent')
        })
    })
    await expect(connect(`qemu:///system?socket=${path}`)).rejects.toMatchObject({
      kind: 'denied',
      cure: expect.stringContaining('"libvirt"'),
    })
  })
})
