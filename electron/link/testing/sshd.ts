import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

export interface TestSshd {
  readonly port: number
  readonly user: string
  /** A private key the server lets in. */
  readonly keyFile: string
  readonly knownHostsFile: string
  readonly directory: string
  /** What the server logged so far. */
  log(): string
  /** How many times somebody signed in. */
  signIns(): number
  /** How many connections came, signed in or not. */
  connections(): number
  /** How many are open now, counted by the server's processes. */
  openConnections(): number
  /** Ends the processes of the open connections without a farewell. */
  killConnections(): void
  stop(): Promise<void>
}

/**
 * OpenSSH's own server on a loopback port, with its own host key and settings, for the user who runs the test.
 * `settings` are lines of sshd_config; the first of a keyword counts, so they win over ours.
 */
export async function startSshd(
  settings: readonly string[] = [],
  place: { readonly directory?: string; readonly prefix?: readonly string[] } = {},
): Promise<TestSshd> {
  const directory = place.directory ?? (await mkdtemp(join(tmpdir(), 'sshd-')))
  const path = (name: string): string => join(directory, name)
  const port = await freePort()
  for (const name of ['host', 'key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path(name)])
  }
  await copyFile(path('key.pub'), path('authorized_keys'))
  const hostKey = execFileSync('ssh-keygen', ['-y', '-f', path('host')]).toString()
  await writeFile(path('known_hosts'), `[127.0.0.1]:${port} ${hostKey}`)
  await writeFile(
    path('config'),
    [
      ...settings,
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${path('host')}`,
      `PidFile ${path('pid')}`,
      `AuthorizedKeysFile ${path('authorized_keys')}`,
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      // the keys lie below the temporary folder, which everybody may write to
      'StrictModes no',
      'LogLevel VERBOSE',
      '',
    ].join('\n'),
  )
  // sshd run by root insists on its empty folder, which only its service file would make
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 })
  const words = [...(place.prefix ?? []), '/usr/sbin/sshd', '-D', '-E', path('log'), '-f', path('config')]
  const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] })
  const log = new LogFile(path('log'))
  await log.holds('Server listening on', child)
  return {
    port,
    user: userInfo().username,
    keyFile: path('key'),
    knownHostsFile: path('known_hosts'),
    directory,
    log: () => log.text,
    signIns: () => log.text.split('Accepted publickey').length - 1,
    connections: () => log.text.split('Connection from').length - 1,
    openConnections: () => connectionProcesses(child).length,
    killConnections: () => {
      for (const pid of connectionProcesses(child)) process.kill(pid, 'SIGKILL')
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        // not 'close': the processes of open connections still hold the pipe
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        await ended
      }
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** sshd has a process of its own for each connection. */
function connectionProcesses(child: ChildProcess): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
}

/** A file rather than a pipe: what the server has written can be read at once, so counts are never behind. */
class LogFile {
  readonly #path: string
  #last = ''

  constructor(path: string) {
    this.#path = path
  }

  get text(): string {
    // gone once the server was stopped
    if (existsSync(this.#path)) this.#last = readFileSync(this.#path, 'utf8')
    return this.#last
  }

  async holds(words: string, child: ChildProcess): Promise<void> {
    while (!this.text.includes(words)) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`sshd ended: ${this.text}`)
      await setTimeout(10)
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  await new Promise((resolve) => server.close(resolve))
  return address.port
}
