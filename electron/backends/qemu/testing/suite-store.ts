/** Puts VMs into a store for the behaviour suite, as another program that knows its files would. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { builtGuest } from '../../../../e2e/lab/lab'
import { until } from '../../../../e2e/lab/run'
import type { VmId } from '../../../../shared/model/ids'
import type { SshEngine } from '../../../../shared/model/host'
import { openLocalLink } from '../../../link/local'
import type { HypervisorSession } from '../../backend'
import type { BackendLab, LayeredVms, PreparedVm, VmRole } from '../../backend.suite'
import { calm } from '../../suite/expect-kind'
import { Emulators } from '../emulators'
import { startGuest } from '../start'
import { Store } from '../store/store'
import { openSession } from './open-session'

const run = promisify(execFile)

/** On this computer, as its host; what it writes. */
export async function runHere([program = '', ...words]: readonly string[]): Promise<string> {
  return (await run(program, words)).stdout
}
const secret = 'hush4711'
const roles: readonly VmRole[] = ['stopped', 'running', 'transient', 'headless', 'deletable']
const layerIds = {
  one: '5717e000-0000-4000-8000-0000000000a1' as VmId,
  other: '5717e000-0000-4000-8000-0000000000a2' as VmId,
}
const memoryMiB = 160

export interface Reach {
  /** Without the query. */
  readonly uri: string
  readonly keyFile?: string
  readonly sshEngine?: SshEngine
  stop?(): Promise<void>
}

export class SuiteStore {
  readonly images: string
  readonly #link = openLocalLink()
  readonly #store: Store

  private constructor(
    readonly root: string,
    private readonly reach: Reach,
    private readonly guest: string,
    private readonly emulators: Emulators,
  ) {
    this.images = `${root}/images`
    this.#store = new Store(this.#link, root)
  }

  static async make(reach: Reach = { uri: 'qemu-direct:///' }): Promise<SuiteStore> {
    const guest = await builtGuest()
    const root = await mkdtemp(join(tmpdir(), 'ikq-'))
    const link = openLocalLink()
    try {
      const store = new SuiteStore(root, reach, guest, await Emulators.find(openLocalLink()))
      await mkdir(store.images)
      await mkdir(join(root, 'saves'))
      return store
    } finally {
      await link.close()
    }
  }

  /** How it is reached by anybody. */
  address(): { readonly uri: string; readonly keyFile?: string } {
    const { uri, keyFile } = this.reach
    return {
      uri: `${uri}${uri.includes('?') ? '&' : '?'}root=${this.root}`,
      ...(keyFile === undefined ? {} : { keyFile }),
    }
  }

  open(signal: AbortSignal = new AbortController().signal): Promise<HypervisorSession> {
    const { sshEngine } = this.reach
    return openSession({ ...this.address(), ...(sshEngine === undefined ? {} : { sshEngine }), signal })
  }

  lab(): BackendLab {
    return {
      connect: () => this.open(),
      prepare: (role) => this.#prepare(role),
      prepareLayers: () => this.#prepareLayers(),
      behindOurBack: {
        define: async (name) => {
          await this.#removeNamed(name)
          const id = `5717e000-0000-4000-8000-${String(Date.now()).padStart(12, '0').slice(-12)}` as VmId
          await this.define(name, this.#domain('other', { name, id, disks: '' }))
          return id
        },
        start: (name) => this.start(name),
        stop: async (name) => this.#kill(await this.#idOf(name)),
        undefine: (name) => rm(join(this.root, name), { recursive: true }),
      },
      saveFolder: join(this.root, 'saves'),
      booted: (vm) => this.booted(vm.name),
      fileExists: async (path) => existsSync(path),
      tearDown: () => this.tearDown(),
    }
  }

  async define(name: string, xml: string): Promise<void> {
    await mkdir(join(this.root, name), { recursive: true })
    await writeFile(join(this.root, name, 'vm.xml'), xml)
  }

  async start(name: string): Promise<void> {
    const definition = await readFile(join(this.root, name, 'vm.xml'), 'utf8')
    await this.#start({ id: idIn(definition), definition, folder: name })
  }

  /** Ends when the guest can hear the power button. */
  async booted(name: string): Promise<void> {
    for (;;) {
      const log = await readFile(this.#serialLog(name), 'utf8').catch(() => '')
      if (/LAB-GUEST-READY name=\S+ up=\S+/.test(log)) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  async pidOf(id: VmId): Promise<number | undefined> {
    const pid = Number(await readFile(join(this.root, 'run', id, 'pid'), 'utf8').catch(() => ''))
    return pid > 0 && (await isAlive(pid, id)) ? pid : undefined
  }

  async tearDown(): Promise<void> {
    for (const id of await readdir(join(this.root, 'run')).catch(() => [])) await this.#kill(id as VmId)
    await rm(this.root, { recursive: true })
    await this.#link.close()
    await this.reach.stop?.()
  }

  /** A guest that boots and has a shell on its serial line. */
  guestXml(name: string, id: VmId, devices = ''): string {
    return this.#domain('running', { name, id, mac: '52:54:00:5e:01:01', disks: devices })
  }

  /** With the channel of its agent, and until that is there. */
  async startWithAgent(
    session: HypervisorSession,
    vm: { readonly name: string; readonly id: VmId },
    devices: string,
  ): Promise<void> {
    const channel = "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"
    await this.define(vm.name, this.guestXml(vm.name, vm.id, devices + channel))
    await session.power(vm.id, 'start', calm())
    await this.booted(vm.name)
    await until('the guest agent', 60_000, async () => {
      const { isAgentSilent } = await session.overview(vm.id)
      return isAgentSilent !== true
    })
  }

  async #start(wish: Parameters<typeof startGuest>[1]): Promise<void> {
    await startGuest({ store: this.#store, emulators: this.emulators, log: () => undefined }, wish)
  }

  async #prepare(role: VmRole): Promise<PreparedVm> {
    const id = `5717e000-0000-4000-8000-00000000000${roles.indexOf(role)}` as VmId
    const name = `suite-${role}`
    const mac = `52:54:00:5e:00:0${roles.indexOf(role)}`
    await this.#remove(id)
    const own: string[] = []
    const kept: string[] = []
    let disks = ''
    if (role === 'deletable') {
      own.push(await this.#image('suite-own.img', 'raw'))
      for (const one of ['suite-media.iso', 'suite-shared.img', 'suite-used.img'])
        kept.push(await this.#image(one, 'raw'))
      disks =
        disk(own[0], 'vda', 'disk') +
        disk(kept[0], 'sda', 'cdrom') +
        disk(kept[1], 'vdb', 'disk', 'raw', '<shareable/>') +
        disk(kept[2], 'vdc', 'disk')
      const neighbour = { name: 'suite-neighbour', id: '5717e000-0000-4000-8000-0000000000b1' as VmId }
      await this.define(
        neighbour.name,
        this.#domain('other', { ...neighbour, disks: disk(kept[2], 'vda', 'disk') }),
      )
    }
    const xml = this.#domain(role, { name, id, mac, disks })
    if (role === 'transient') await this.#start({ id, definition: xml })
    else await this.define(name, xml)
    await rm(this.#serialLog(name), { force: true })
    if (role === 'running' || role === 'headless') await this.start(name)
    const hasDisplay = role === 'running' || role === 'stopped'
    return {
      id,
      name,
      vcpuCount: 2,
      maxMemoryBytes: memoryMiB * 1024 * 1024,
      diskTargets: role === 'deletable' ? ['vda', 'sda', 'vdb', 'vdc'] : [],
      macs: [mac],
      displayTypes: hasDisplay ? ['vnc'] : [],
      secrets: hasDisplay ? [secret] : [],
      removableFiles: own,
      keptFiles: kept,
    }
  }

  async #prepareLayers(): Promise<LayeredVms> {
    for (const id of Object.values(layerIds)) await this.#remove(id)
    const far = `${this.root}/far`
    await rm(far, { recursive: true, force: true })
    await mkdir(far)
    const at = (name: string): string => `${this.images}/suite-layer-${name}.qcow2`
    for (const name of ['base', 'a', 'b', 'c', 'kept']) await rm(at(name), { force: true })
    const d = `${far}/suite-layer-d.qcow2`
    const make = async (path: string, base?: string): Promise<void> => {
      const on = base === undefined ? [] : ['-b', base, '-F', 'qcow2']
      await run('qemu-img', ['create', '-q', '-f', 'qcow2', ...on, path, '1M'])
    }
    await make(at('base'))
    await make(at('a'), at('base'))
    await make(at('b'), at('a'))
    await make(at('c'), at('b'))
    await make(d, at('b'))
    await make(at('kept'))
    const define = (which: 'one' | 'other', disks: string): Promise<void> =>
      this.define(
        `suite-${which}`,
        this.#domain('other', { name: `suite-${which}`, id: layerIds[which], disks }),
      )
    const kept = disk(at('kept'), 'vdb', 'disk', 'qcow2')
    await define('one', disk(at('c'), 'vda', 'disk', 'qcow2') + kept)
    await define('other', disk(d, 'vda', 'disk', 'qcow2') + kept)
    const before = await readFile(join(this.root, 'suite-other', 'vm.xml'), 'utf8')
    const folder = join(this.root, 'suite-other', 'snapshots')
    await mkdir(folder, { recursive: true })
    await writeFile(
      join(folder, 'before.xml'),
      `<domainsnapshot><name>before</name><state>shutoff</state><creationTime>1700000000</creationTime>
        <disks><disk name='vda' snapshot='internal'/><disk name='vdb' snapshot='internal'/></disks>${before}</domainsnapshot>`,
    )
    await define('other', disk(d, 'vda', 'disk', 'qcow2'))
    return {
      ...layerIds,
      otherName: 'suite-other',
      base: at('base'),
      a: at('a'),
      b: at('b'),
      c: at('c'),
      d,
      kept: at('kept'),
    }
  }

  async #image(name: string, format: string): Promise<string> {
    const path = `${this.images}/${name}`
    await rm(path, { force: true })
    await run('qemu-img', ['create', '-q', '-f', format, path, '1M'])
    return path
  }

  #serialLog(name: string): string {
    return join(this.root, `${name}-serial.log`)
  }

  #domain(
    role: VmRole | 'other',
    vm: { readonly name: string; readonly id: VmId; readonly mac?: string; readonly disks: string },
  ): string {
    const isGuest = role === 'running'
    const kernel = isGuest
      ? `<kernel>${this.guest}/vmlinux</kernel><initrd>${this.guest}/initrd</initrd>
        <cmdline>console=tty0 console=ttyS0 quiet no_timer_check lab.name=${vm.name}</cmdline>`
      : ''
    const serial = isGuest
      ? `<serial type='pty'><target port='0'/><log file='${this.#serialLog(vm.name)}' append='off'/></serial>`
      : ''
    const screen =
      role === 'running' || role === 'stopped'
        ? `<graphics type='vnc' passwd='${secret}' port='-1' autoport='yes'/><video><model type='vga'/></video>`
        : ''
    const card =
      vm.mac === undefined
        ? ''
        : `<interface type='user'><mac address='${vm.mac}'/><model type='virtio'/></interface>`
    return `<domain type='qemu'>
  <name>${vm.name}</name>
  <uuid>${vm.id}</uuid>
  <memory unit='MiB'>${memoryMiB}</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type>${kernel}</os>
  <features><acpi/><apic/></features>
  <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
  <devices>${vm.disks}${card}${serial}${screen}<memballoon model='virtio'/></devices>
</domain>
`
  }

  async #remove(id: VmId): Promise<void> {
    await this.#kill(id)
    for (const folder of await this.#foldersOf((xml) => idIn(xml) === id))
      await rm(join(this.root, folder), { recursive: true })
  }

  async #removeNamed(name: string): Promise<void> {
    for (const folder of await this.#foldersOf((xml) => xml.includes(`<name>${name}</name>`)))
      await this.#remove(idIn(await readFile(join(this.root, folder, 'vm.xml'), 'utf8')))
  }

  async #idOf(name: string): Promise<VmId> {
    const [folder = name] = await this.#foldersOf((xml) => xml.includes(`<name>${name}</name>`))
    return idIn(await readFile(join(this.root, folder, 'vm.xml'), 'utf8'))
  }

  async #foldersOf(fits: (xml: string) => boolean): Promise<string[]> {
    const found: string[] = []
    for (const folder of await readdir(this.root)) {
      const xml = await readFile(join(this.root, folder, 'vm.xml'), 'utf8').catch(() => undefined)
      if (xml !== undefined && fits(xml)) found.push(folder)
    }
    return found
  }

  /** By force, as a stranger would. Ends when the process has. */
  async #kill(id: VmId): Promise<void> {
    const pid = await this.pidOf(id)
    if (pid !== undefined) {
      process.kill(pid, 'SIGKILL')
      while (await isAlive(pid, id)) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await rm(join(this.root, 'run', id), { recursive: true, force: true })
  }
}

/** A process that has ended and was not waited for has no words. */
async function isAlive(pid: number, id: VmId): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')).includes(id)
}

function idIn(xml: string): VmId {
  const id = /<uuid>([^<]+)<\/uuid>/.exec(xml)?.[1]
  if (id === undefined) throw new Error('The definition has no UUID')
  return id as VmId
}

function disk(path: string | undefined, target: string, device: string, format = 'raw', more = ''): string {
  const bus = target.startsWith('v') ? 'virtio' : 'sata'
  return `<disk type='file' device='${device}'><driver name='qemu' type='${format}'/><source file='${path}'/><target dev='${target}' bus='${bus}'/>${more}</disk>`
}
