// The lab's host with real hardware to give away: a whole Debian machine in an emulator, with an IOMMU, spare PCI cards,
// USB devices and SCSI disks. The machine the tests run on has none of these. See README.md.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { shellWord } from '../../../shared/shell-word'
import { type Lab, stateDirectory } from '../lab'
import { run, type RunOptions, until } from '../run'
import { makeSeed, sendSeed } from './seed'

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const address = '10.77.0.21'
const buildMs = 900_000
const bootMs = 300_000

export type RichHostOptions = {
  /** There is one at a time: how long another test may keep it before this one gives up. */
  waitForOthersMs?: number
}

export type RichHost = {
  readonly name: 'labR'
  readonly address: string
  readonly uuid: string
  readonly user: 'root'
  readonly password: string
  readonly keyFile: string
  /** Type and base64, as known_hosts wants it. */
  readonly hostKey: string
  /** As ssh prints it: "SHA256:…". */
  readonly hostKeyFingerprint: string
  /** Without a password, from the lab's network: run what uses it behind `lab.clientPrefix`. */
  readonly uri: string
  /** Runs virsh on the host's daemon, from the lab's network. */
  virsh(args: readonly string[], options?: RunOptions): Promise<string>
  /** Runs a program inside the host, as root. */
  exec(argv: readonly string[], options?: RunOptions): Promise<string>
  /** The same for a line of shell. */
  ssh(commandLine: string, options?: RunOptions): Promise<string>
  /** Ends the machine as pulling its plug would. What was written to its disks is gone. */
  stop(): Promise<void>
}

type Machine = { child: ChildProcess; ended: Promise<void>; end(): Promise<void> }

/** Starts the machine; undefined when there is one. */
async function powerOn(image: string, state: string): Promise<Machine | undefined> {
  const child = spawn('ip', ['netns', 'exec', 'labsw', script('./start.sh'), image, state], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own process group: Ctrl+C reaches the run only, whose end the script sees at its standard input.
    detached: true,
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const first = (await createInterface(child.stdout)[Symbol.asyncIterator]().next()).value as
    | string
    | undefined
  if (first === 'busy') return undefined
  if (!first?.startsWith('started')) throw new Error(`the rich host did not start: ${errors}`)
  const end = async () => {
    child.stdin.end()
    await ended
  }
  return { child, ended: ended.then(() => Promise.reject(new Error(`the rich host ended: ${errors}`))), end }
}

/** Resolves when the machine has said on its console how far it is. */
async function reached(mark: string, state: string, machine: Machine): Promise<void> {
  const file = join(state, 'log/console.log')
  let console = ''
  const said = until(`LAB-RICH-${mark} on labR's console`, bootMs, async () => {
    console = await readFile(file, 'utf8').catch(() => '')
    if (console.includes('LAB-RICH-FAILED ')) throw new Error("labR's libvirtd does not run")
    return console.includes(`LAB-RICH-${mark} `)
  })
  await Promise.race([said, machine.ended]).catch((error: Error) => {
    throw new Error(`${error.message}; its last words: ${JSON.stringify(console.slice(-800))}`, {
      cause: error,
    })
  })
}

/** Starts the rich host, which takes most of a minute, once no other test has it. It ends with the process that started it. */
export async function startRichHost(lab: Lab, options: RichHostOptions = {}): Promise<RichHost> {
  const image = (await run([script('./build.sh')], { timeoutMs: buildMs })).trim()
  const state = join(stateDirectory, 'labR')
  await mkdir(state, { recursive: true, mode: 0o700 })
  const machine = await until('the rich host that another test has', options.waitForOthersMs ?? 600_000, () =>
    powerOn(image, state),
  )
  machine.ended.catch(() => undefined)
  try {
    const seed = join(state, 'seed')
    await rm(seed, { recursive: true, force: true })
    const uuid = randomUUID()
    await makeSeed(seed, {
      address,
      uuid,
      authority: lab.authority,
      certificateNames: ['DNS:labR', `IP:${address}`, 'IP:127.77.0.21', 'DNS:localhost', 'IP:127.0.0.1'],
      passwordHash: await readFile(join(stateDirectory, 'password'), 'utf8'),
      clientKeyFile: `${lab.keyFile}.pub`,
    })
    await reached('WAITS', state, machine)
    await sendSeed(seed, join(state, 'seed.sock'), reached('READY', state, machine))
    const [type = '', key = ''] = (
      await readFile(join(seed, 'etc/ssh/ssh_host_ed25519_key.pub'), 'utf8')
    ).split(' ')
    return hostOf(lab, machine, state, uuid, { type, key })
  } catch (error) {
    await machine.end()
    throw error
  }
}

async function hostOf(
  lab: Lab,
  machine: Machine,
  state: string,
  uuid: string,
  { type, key }: { type: string; key: string },
): Promise<RichHost> {
  const uri = `qemu+tcp://${address}/system`
  const known = join(state, 'known_hosts')
  await run(['tee', known], { input: `${address} ${type} ${key}\n` })
  // One connection for all commands: signing in takes an emulated machine seconds.
  const control = join(state, 'ssh')
  const settings = [
    `UserKnownHostsFile=${known}`,
    'BatchMode=yes',
    `ControlPath=${control}`,
    'ControlMaster=auto',
  ]
  const client = [
    ...[...lab.clientPrefix, 'ssh', '-F', 'none', '-i', lab.keyFile],
    ...[...settings, 'ControlPersist=yes', 'LogLevel=ERROR'].flatMap((setting) => ['-o', setting]),
  ]
  const ssh = (commandLine: string, options?: RunOptions) =>
    run([...client, `root@${address}`, commandLine], options)
  return {
    name: 'labR',
    address,
    uuid,
    user: 'root',
    password: lab.password,
    keyFile: lab.keyFile,
    hostKey: `${type} ${key}`,
    hostKeyFingerprint: `SHA256:${createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '')}`,
    uri,
    virsh: (args, options) => run([...lab.clientPrefix, 'virsh', '-q', '-c', uri, ...args], options),
    exec: (argv, options) => ssh(argv.map(shellWord).join(' '), options),
    ssh,
    stop: async () => {
      if (existsSync(control)) await run([...client, '-O', 'exit', `root@${address}`])
      await machine.end()
    },
  }
}
