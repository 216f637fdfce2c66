// One host of the lab, seen from the test: how to reach it, its guests, and ways to make it fail.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { type ExtraDaemon, type ExtraDaemonOptions, startExtraDaemon } from './extra-daemon'
import { fileNameOf, type GuestOptions, guestXml } from './guest-xml'
import { tinyVmXml } from './tiny-vm'
import { run, type RunOptions, until } from './run'

export type HostName = 'labA' | 'labB'

/** What distinguishes the hosts: the last byte of the address, and whether libvirtd answers plain TCP without a password. */
export const hostTraits: Record<HostName, { number: number; tcp: boolean }> = {
  labA: { number: 11, tcp: false },
  labB: { number: 12, tcp: true },
}

/** In the server's certificate. Loopback too: tests outside the lab's network come through a relay there. */
export function certificateNamesOf(name: HostName): string[] {
  const { number } = hostTraits[name]
  return [`DNS:${name}`, `IP:10.77.0.${number}`, `IP:127.77.0.${number}`, 'DNS:localhost', 'IP:127.0.0.1']
}

const daemonScript = fileURLToPath(new URL('./host/daemon.sh', import.meta.url))
const guestStateTimeoutMs = 60_000

export class LabHost {
  readonly name: HostName
  readonly address: string
  readonly user = 'root'
  /** Root's password for ssh, new for each lab. */
  readonly password: string
  /** A private key that root's account accepts. */
  readonly keyFile: string
  /** libvirtd's socket, as a path outside the host. */
  readonly socketPath: string
  /** The same for looking only. */
  readonly readOnlySocketPath: string
  /** Names in the certificate of libvirtd's TLS port, 16514. */
  readonly certificateNames: readonly string[]
  /** As ssh prints it: "SHA256:…". */
  readonly hostKeyFingerprint: string
  /** The host's public key as known_hosts wants it: type and base64. */
  readonly hostKey: string
  readonly uuid: string
  /** Put before a command it runs it in the host's network (127.0.0.1 is the host), with this machine's files. */
  readonly netnsPrefix: readonly string[]
  readonly #state: string
  readonly #directory: string

  constructor(name: HostName, state: string, password: string) {
    this.name = name
    this.#state = state
    this.#directory = join(state, name)
    this.address = `10.77.0.${hostTraits[name].number}`
    this.password = password
    this.keyFile = join(state, 'key')
    this.socketPath = join(this.#directory, 'run/libvirt/libvirt-sock')
    this.readOnlySocketPath = `${this.socketPath}-ro`
    this.certificateNames = certificateNamesOf(name)
    this.netnsPrefix = ['ip', 'netns', 'exec', name]
    const [type = '', key = ''] = readFileSync(
      join(this.#directory, 'ssh/ssh_host_ed25519_key.pub'),
      'utf8',
    ).split(' ')
    this.hostKey = `${type} ${key}`
    this.hostKeyFingerprint = `SHA256:${createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '')}`
    this.uuid = readFileSync(join(this.#directory, 'uuid'), 'utf8').trim()
  }

  /** A libvirt URI that reaches this host's daemon from anywhere on the machine; "test:///default" for the test driver. */
  uri(driver: 'qemu:///system' | 'test:///default' = 'qemu:///system'): string {
    return `${driver.replace(':', '+unix:')}?socket=${this.socketPath}`
  }

  /** Runs virsh, outside the host, on the host's daemon. */
  virsh(args: readonly string[], options: RunOptions & { uri?: string } = {}): Promise<string> {
    return run(['virsh', '-q', '-c', options.uri ?? this.uri(), ...args], options)
  }

  /** Runs a program inside the host, as root. */
  exec(argv: readonly string[], options: RunOptions = {}): Promise<string> {
    const init = readFileSync(join(this.#directory, 'init.pid'), 'utf8').trim()
    const inside = ['--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup', '--wd=/']
    return run(['nsenter', '--target', init, ...inside, '--', ...argv], options)
  }

  /** Defines a guest, shut off. One with the same name is replaced. */
  async defineGuest(options: GuestOptions): Promise<void> {
    const file = fileNameOf(options.name)
    const volume = `${file}.qcow2`
    if (options.disk) await this.virsh(['vol-create-as', 'default', volume, '64M', '--format', 'qcow2'])
    const xml = guestXml(options, {
      kernel: join(this.#state, 'guest/vmlinux'),
      initrd: join(this.#state, 'guest/initrd'),
      serialLog: `/var/log/libvirt/qemu/${file}-serial.log`,
      ...(options.disk ? { disk: `/var/lib/libvirt/images/${volume}` } : {}),
      ...(options.diskPath === undefined ? {} : { disk: options.diskPath }),
    })
    await this.#define(options.name, xml)
  }

  /** Defines the smallest VM there is, shut off, with these devices. One with the same name is replaced. */
  async defineTiny(name: string, devices: string, os?: string): Promise<void> {
    await this.#define(name, tinyVmXml({ name, devices, ...(os === undefined ? {} : { os }) }))
  }

  async #define(name: string, xml: string): Promise<void> {
    const file = join(this.#directory, `${fileNameOf(name)}.xml`)
    await writeFile(file, xml)
    await this.virsh(['define', file])
  }

  /** Defines a guest, starts it and waits until it says that it is up. */
  async startGuest(options: GuestOptions, timeoutMs = guestStateTimeoutMs): Promise<void> {
    await this.defineGuest(options)
    await this.virsh(['start', '--domain', options.name])
    await this.waitReady(options.name, timeoutMs)
  }

  /** Takes a guest away whatever its state, with its volume. Fine when there is none. */
  async removeGuest(name: string): Promise<void> {
    const state = await this.guestState(name)
    if (state !== undefined) {
      if (state !== 'shut off') await this.virsh(['destroy', '--domain', name]).catch(() => undefined)
      // A transient guest went with "destroy"; anything else that is in the way shows up in the check below.
      await this.virsh([
        'undefine',
        '--domain',
        name,
        '--managed-save',
        '--snapshots-metadata',
        '--nvram',
      ]).catch(() => undefined)
      if ((await this.guestState(name)) !== undefined)
        throw new Error(`${this.name}: guest ${name} cannot be removed`)
    }
    const volumes = await this.virsh(['vol-list', 'default'])
    const volume = `${fileNameOf(name)}.qcow2`
    if (volumes.split(/\s+/).includes(volume)) await this.virsh(['vol-delete', '--pool', 'default', volume])
  }

  /** virsh's word for the state ("running", "paused", "shut off"), undefined when there is no such guest. */
  async guestState(name: string): Promise<string | undefined> {
    try {
      return (await this.virsh(['domstate', '--domain', name])).trim()
    } catch (error) {
      if (String(error).includes('failed to get domain')) return undefined
      throw error
    }
  }

  async waitState(name: string, state: string | undefined, timeoutMs = guestStateTimeoutMs): Promise<void> {
    const what = `guest ${name} on ${this.name} to be ${state ?? 'gone'}`
    await until(what, timeoutMs, async () => (await this.guestState(name)) === state)
  }

  /** The file that has what the guest wrote on its serial port since its last start. */
  serialLogPath(name: string): string {
    return join(this.#directory, 'log/libvirt/qemu', `${fileNameOf(name)}-serial.log`)
  }

  /** What the guest wrote on its serial port since its last start. */
  async serialLog(name: string): Promise<string> {
    return readFile(this.serialLogPath(name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
  }

  /** Waits until the guest has written something that matches, after the first `from` characters if given. */
  async waitSerial(
    name: string,
    pattern: RegExp,
    timeoutMs = guestStateTimeoutMs,
    from = 0,
  ): Promise<RegExpMatchArray> {
    let log = ''
    try {
      return await until(`${pattern} on the serial line`, timeoutMs, async () => {
        log = (await this.serialLog(name)).slice(from)
        return log.match(pattern) ?? undefined
      })
    } catch (error) {
      throw new Error(
        `${this.name}, guest ${name}: ${(error as Error).message}; its last words: ${JSON.stringify(log.slice(-500))}`,
        { cause: error },
      )
    }
  }

  async waitReady(name: string, timeoutMs = guestStateTimeoutMs, from = 0): Promise<void> {
    await this.waitSerial(name, /LAB-GUEST-READY name=\S+ up=\S+/, timeoutMs, from)
  }

  /** One more libvirtd, which differs from the host's own in what is told. */
  startExtraDaemon(options: ExtraDaemonOptions): Promise<ExtraDaemon> {
    return startExtraDaemon(this, this.#directory, options)
  }

  /** Kills libvirtd, as a crash would. Guests go on. */
  async killDaemon(): Promise<void> {
    await this.exec([daemonScript, 'kill'])
  }

  /** Starts libvirtd after a kill and waits until it answers. */
  async startDaemon(): Promise<void> {
    await this.exec([daemonScript, 'start'])
    await this.waitDaemon()
  }

  /** Freezes libvirtd: connections stay open and nothing answers. */
  async stopDaemon(): Promise<void> {
    await this.exec([daemonScript, 'stop'])
  }

  async contDaemon(): Promise<void> {
    await this.exec([daemonScript, 'cont'])
  }

  async waitDaemon(timeoutMs = 30_000): Promise<void> {
    let last: unknown
    const answered = () =>
      this.virsh(['list'])
        .then(() => true)
        .catch((error) => ((last = error), false))
    await until(`${this.name}'s libvirtd`, timeoutMs, answered).catch((error: Error) => {
      throw new Error(`${error.message}: ${String(last)}`, { cause: error })
    })
  }

  /** Waits until sshd listens: it writes this file after it has opened its port. */
  async waitSsh(timeoutMs = 30_000): Promise<void> {
    const pidFile = join(this.#directory, 'run/sshd.pid')
    await until(`${this.name}'s sshd`, timeoutMs, () =>
      readFile(pidFile).then(
        () => true,
        () => false,
      ),
    )
  }

  /** Pulls the network cable: packets vanish without a trace. */
  async cableOut(): Promise<void> {
    await run(['ip', '-n', 'labsw', 'link', 'set', this.name, 'down'])
  }

  async cableIn(): Promise<void> {
    await run(['ip', '-n', 'labsw', 'link', 'set', this.name, 'up'])
  }
}
