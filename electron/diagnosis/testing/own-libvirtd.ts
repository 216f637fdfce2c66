import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface OwnLibvirtd {
  readonly port: number
  /** Its own Unix socket. */
  readonly socket: string
  stop(): Promise<void>
}

interface Options {
  /** Lines of libvirtd.conf besides port and address. */
  readonly settings: readonly string[]
  readonly transport: 'tls' | 'tcp'
  /** Folder with libvirt.conf for SASL. */
  readonly saslFolder?: string
}

const nobody = 65_534

/**
 * A libvirtd of its own on a loopback port, run without rights: it serves the test driver and touches nothing of the
 * system. Its files lie in a new folder, which goes with it.
 */
export async function startOwnLibvirtd({ settings, transport, saslFolder }: Options): Promise<OwnLibvirtd> {
  const directory = await mkdtemp(join(tmpdir(), 'libvirtd-'))
  const port = await freePort()
  const at = (name: string): string => join(directory, name)
  await Promise.all(['home', 'run'].map((name) => mkdir(at(name))))
  await writeFile(
    at('libvirtd.conf'),
    [
      `listen_${transport} = 1`,
      `listen_${transport === 'tls' ? 'tcp' : 'tls'} = 0`,
      'listen_addr = "127.0.0.1"',
      `${transport}_port = "${port}"`,
      'host_uuid = "4dea22b3-1d52-d8f3-2516-782e98ab3fa0"',
      ...settings,
      '',
    ].join('\n'),
  )
  chmodSync(directory, 0o755)
  const isRoot = process.getuid?.() === 0
  if (isRoot) execFileSync('chown', ['-R', String(nobody), at('home'), at('run')])
  const line = ['libvirtd', '--listen', '-f', at('libvirtd.conf')]
  const drop = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
  const [program = '', ...words] = isRoot ? [...drop, ...line] : line
  const child = spawn(program, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: `${process.env['PATH']}:/usr/sbin`,
      HOME: at('home'),
      XDG_RUNTIME_DIR: at('run'),
      ...(saslFolder === undefined ? {} : { SASL_CONF_PATH: saslFolder }),
    },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  let isOver = false
  child.once('exit', () => (isOver = true))
  child.once('error', () => (isOver = true))
  while (!(await answers(port))) {
    if (isOver) throw new Error(`libvirtd ended: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    port,
    socket: at('run/libvirt/libvirt-sock'),
    stop: async () => {
      if (!isOver) {
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        await ended
      }
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  await new Promise((resolve) => server.close(resolve))
  return address.port
}
