// The lab: hosts with a real libvirtd, sshd and guests, on one machine. `startLab` brings it up, or joins the one that
// this test run has; see README.md.
import { randomBytes, randomUUID } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { certificateNamesOf, type HostName, hostTraits, LabHost } from './lab-host'
import { type LabLock, takeLabLock } from './lab-lock'
import { type Authority, clientFolder, issue, makeAuthority } from './pki'
import { run } from './run'

export type { GuestGraphics, GuestLoad, GuestOptions } from './guest-xml'
export type { HostName, LabHost } from './lab-host'
export type { ExtraDaemon, ExtraDaemonOptions } from './extra-daemon'
export { type Authority, clientFolder, issue, makeAuthority } from './pki'

export type LabOptions = {
  hosts?: readonly HostName[]
  /** How long another test run may keep the lab before this one gives up. */
  waitForOthersMs?: number
  /** Leave the lab running when it is stopped or the process ends; for work by hand. */
  keep?: boolean
  /** Called by `stop` when the lab is down but nobody else can have it yet. */
  whenDown?: () => Promise<void>
}

export type LabVersions = { libvirt: string; qemu: string; kernel: string; guest: string }

export type Lab = {
  host(name: HostName): LabHost
  readonly hosts: readonly LabHost[]
  /** Root's on every host, for ssh; new for each lab. */
  readonly password: string
  /** A private key that root's account accepts on every host. */
  readonly keyFile: string
  /** Put before a command it runs it on the lab's network, at 10.77.0.1, from where the hosts can be reached. */
  readonly clientPrefix: readonly string[]
  /** Signed the certificates of all hosts, and that in `pkiPath`. */
  readonly authority: Authority
  /** For libvirt's `pkipath`: a client certificate, its key and the authority's. */
  readonly pkiPath: string
  versions(): Promise<LabVersions>
  /** Takes the lab down when this call's `startLab` brought it up; lets go of it otherwise. */
  stop(): Promise<void>
}

// Short, as the path of a unix socket may have 107 bytes (unix(7)).
export const stateDirectory = '/tmp/innkeeper-lab'
const runVariable = 'INNKEEPER_LAB_RUN'
const here = fileURLToPath(new URL('.', import.meta.url))
const script = (name: string) => join(here, 'host', name)

type LabState = { run: string; keep: boolean; password: string; hosts: HostName[] }
const stateFile = join(stateDirectory, 'state.json')

async function readState(): Promise<LabState | undefined> {
  try {
    return JSON.parse(await readFile(stateFile, 'utf8')) as LabState
  } catch {
    return undefined
  }
}

const authority: Authority = {
  directory: join(stateDirectory, 'ca'),
  certificate: join(stateDirectory, 'ca/cacert.pem'),
}
const pkiPath = join(stateDirectory, 'pki')

const saveState = (state: LabState) => writeFile(stateFile, JSON.stringify(state), { mode: 0o600 })

/** True when all hosts of a lab run: the init process is there and is in the host's network. */
function isRunning(state: LabState): boolean {
  return state.hosts.every((name) => {
    const init = join(stateDirectory, name, 'init.pid')
    return existsSync(init) && existsSync(`/proc/${readFileSync(init, 'utf8').trim()}/root/run/init-started`)
  })
}

async function prepare(keep: boolean): Promise<LabState> {
  await mkdir(stateDirectory, { mode: 0o700 })
  const password = randomBytes(9).toString('base64url')
  await Promise.all([
    run([script('net.sh'), stateDirectory]),
    run(['openssl', 'passwd', '-6', '-stdin'], { input: `${password}\n` }).then((hash) =>
      writeFile(join(stateDirectory, 'password'), hash, { mode: 0o600 }),
    ),
    run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'lab', '-f', join(stateDirectory, 'key')]),
    makeAuthority(authority.directory, 'Innkeeper lab').then(() =>
      clientFolder(authority, pkiPath, { name: 'lab-client' }),
    ),
  ])
  return { run: randomUUID(), keep, password, hosts: [] }
}

async function addHost(state: LabState, name: HostName): Promise<void> {
  const { number, tcp } = hostTraits[name]
  await addServerCertificate(name)
  await run([script('up.sh'), stateDirectory, name, String(number), tcp ? '1' : '0'])
  const host = new LabHost(name, stateDirectory, state.password)
  await Promise.all([host.waitDaemon(), host.waitSsh()])
}

async function addServerCertificate(name: HostName): Promise<void> {
  const target = join(stateDirectory, name, 'etc/pki')
  await mkdir(target, { recursive: true })
  await copyFile(authority.certificate, join(target, 'cacert.pem'))
  const files = { certificate: join(target, 'servercert.pem'), key: join(target, 'serverkey.pem') }
  await issue(authority, { name, usage: 'server', names: certificateNamesOf(name) }, files)
}

/** The folder with the guest's kernel and initrd, built when needed; also for tests that need no host of the lab. */
export async function builtGuest(): Promise<string> {
  return (await run([join(here, 'guest/build.sh')], { timeoutMs: 300_000 })).trim()
}

/** The guest's files are copied, so that a new build does not change them under a running lab. */
async function addGuestImage(): Promise<void> {
  const built = await builtGuest()
  const target = join(stateDirectory, 'guest')
  await mkdir(target)
  await Promise.all(
    ['vmlinux', 'initrd', 'versions'].map((file) => copyFile(join(built, file), join(target, file))),
  )
}

async function addMissingHosts(state: LabState, wanted: readonly HostName[]): Promise<void> {
  const missing = wanted.filter((name) => !state.hosts.includes(name))
  if (missing.length === 0) return
  await Promise.all(missing.map((name) => addHost(state, name)))
  state.hosts.push(...missing)
  await saveState(state)
}

async function bringUp(lock: LabLock, options: LabOptions, hosts: readonly HostName[]): Promise<LabState> {
  const old = await readState()
  if (old?.keep && isRunning(old)) {
    await addMissingHosts(old, hosts)
    return old
  }
  await lock.clear()
  const state = await prepare(options.keep ?? false)
  await Promise.all([addGuestImage(), addMissingHosts(state, hosts)])
  await saveState(state)
  return state
}

async function versionsOf(host: LabHost): Promise<LabVersions> {
  const firstLine = (text: string) => text.trim().split('\n')[0] ?? ''
  const [libvirt, qemu, kernel, guest] = await Promise.all([
    host.exec(['libvirtd', '--version']).then(firstLine),
    host.exec(['qemu-system-x86_64', '--version']).then(firstLine),
    run(['uname', '-r']).then(firstLine),
    readFile(join(stateDirectory, 'guest/versions'), 'utf8'),
  ])
  return { libvirt, qemu, kernel, guest: guest.trim().replace(/\n/g, ', ') }
}

function labOf(state: LabState, release: () => Promise<void>): Lab {
  const hosts = new Map(state.hosts.map((name) => [name, new LabHost(name, stateDirectory, state.password)]))
  const host = (name: HostName) => {
    const found = hosts.get(name)
    if (!found) throw new Error(`this lab was started without ${name}`)
    return found
  }
  let stopped: Promise<void> | undefined
  return {
    host,
    hosts: [...hosts.values()],
    password: state.password,
    keyFile: join(stateDirectory, 'key'),
    clientPrefix: ['ip', 'netns', 'exec', 'labclient'],
    authority,
    pkiPath,
    versions: () => versionsOf(host(state.hosts[0] ?? 'labA')),
    stop: () => (stopped ??= release()),
  }
}

/**
 * Brings the lab up, or joins it when this test run already has one: the process that started it passes its run on to
 * the processes it starts in INNKEEPER_LAB_RUN. Waits while another run has the lab. What a crashed run left is cleared.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const wanted = options.hosts ?? ['labA', 'labB']
  if (process.getuid?.() !== 0)
    throw new Error('the lab makes namespaces and network interfaces, so it needs root')
  const ours = process.env[runVariable]
  if (ours) {
    const state = await readState()
    if (!state || state.run !== ours || !isRunning(state)) throw new Error('the lab of this test run is gone')
    await addMissingHosts(state, wanted)
    return labOf(state, async () => undefined)
  }

  const lock = await takeLabLock(stateDirectory, options.waitForOthersMs ?? 600_000)
  let state: LabState
  try {
    state = await bringUp(lock, options, wanted)
  } catch (error) {
    await lock.release('down')
    throw error
  }
  process.env[runVariable] = state.run
  return labOf(state, async () => {
    delete process.env[runVariable]
    try {
      if (!state.keep) {
        await lock.clear()
        await options.whenDown?.()
      }
    } finally {
      await lock.release(state.keep ? 'keep' : 'down')
    }
  })
}

/** The lab that runs now, whoever started it; undefined when there is none. For looking, not for tests. */
export async function findLab(): Promise<Lab | undefined> {
  const state = await readState()
  return state && isRunning(state) ? labOf(state, async () => undefined) : undefined
}

/** Takes down the lab that was left running, or the rest of a crashed one. */
export async function clearLab(waitForOthersMs = 10_000): Promise<void> {
  const lock = await takeLabLock(stateDirectory, waitForOthersMs)
  await lock.release('down')
}
