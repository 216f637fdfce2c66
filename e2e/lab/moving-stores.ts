/**
 * Two hosts without libvirt, between which guests move: two stores, the folders of their VMs. What a guest writes on its
 * serial line goes on in one and the same file wherever it runs, so a number that is lost or told twice is seen there.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { xmlText, type GuestLoad } from './guest-xml'
import { builtGuest } from './lab'
import { run, until } from './run'

export type StoreName = 'a' | 'b'

export interface PlainGuest {
  readonly name: string
  readonly id: string
  readonly diskPath?: string
  readonly load?: GuestLoad
  /** Of processors that QEMU knows. */
  readonly cpu?: string
}

const readyMs = 150_000

export class MovingStores {
  /** Seen by both at the same path. */
  readonly share: string
  readonly #serial: string

  private constructor(
    private readonly folder: string,
    private readonly guest: string,
  ) {
    this.share = join(folder, 'share')
    this.#serial = join(folder, 'serial')
  }

  static async make(): Promise<MovingStores> {
    const guest = await builtGuest()
    const stores = new MovingStores(await mkdtemp(join(tmpdir(), 'ikm-')), guest)
    for (const one of [stores.share, stores.#serial, stores.images('a'), stores.images('b')])
      await mkdir(one, { recursive: true })
    return stores
  }

  root(store: StoreName): string {
    return join(this.folder, store)
  }

  /** The folder of its pool "default". */
  images(store: StoreName): string {
    return join(this.root(store), 'images')
  }

  uri(store: StoreName): string {
    return `qemu-direct:///?root=${this.root(store)}`
  }

  /** A VM that counts, shut off. */
  async define(store: StoreName, guest: PlainGuest): Promise<void> {
    await mkdir(join(this.root(store), guest.name))
    await writeFile(join(this.root(store), guest.name, 'vm.xml'), this.#xml(guest))
  }

  /** With something in it to compare. */
  async image(path: string, base?: string): Promise<string> {
    const on = base === undefined ? [] : ['-b', base, '-F', 'qcow2']
    await run(['qemu-img', 'create', '-q', '-f', 'qcow2', ...on, path, '64M'])
    await run(['qemu-io', '-f', 'qcow2', '-c', 'write -P 7 1M 30M', path])
    return path
  }

  /** As a host of the lab has it, reached by ssh at a port of this machine. */
  sshUri(store: StoreName, user: string, port: number): string {
    return `qemu-direct+ssh://${user}@127.0.0.1:${port}/?known_hosts=/dev/null&root=${this.root(store)}`
  }

  async numbers(name: string): Promise<number[]> {
    const text = await readFile(this.#log(name), 'utf8').catch(() => '')
    return [...text.matchAll(/LAB-COUNT (\d+)\r?\n/g)].map(([, number]) => Number(number))
  }

  /** Waits until it has counted on by ten, and fails when a number since its start is missing or there twice. */
  async goesOn(name: string): Promise<void> {
    const last = (await this.numbers(name)).at(-1) ?? 0
    await until(
      `${name} to count on`,
      readyMs,
      async () => ((await this.numbers(name)).at(-1) ?? 0) >= last + 10,
    )
    const numbers = await this.numbers(name)
    const at = numbers.findIndex((number, index) => number !== index + 1)
    if (at >= 0)
      throw new Error(
        `${name}: after ${numbers.slice(Math.max(0, at - 3), at).join(', ')} came ${numbers[at]}`,
      )
  }

  /** Where processes of its emulator are: it must never be both. */
  async runsAt(id: string): Promise<StoreName[]> {
    const found: StoreName[] = []
    for (const store of ['a', 'b'] as const)
      if ((await this.#pidAt(store, id)) !== undefined) found.push(store)
    return found
  }

  async pidAt(store: StoreName, id: string): Promise<number> {
    const pid = await this.#pidAt(store, id)
    if (pid === undefined) throw new Error(`It does not run at ${store}`)
    return pid
  }

  /** Folders of VMs and of runs. */
  async left(store: StoreName): Promise<string[]> {
    const own = (await readdir(this.root(store))).filter((name) => name !== 'images' && name !== 'run')
    const runs = await readdir(join(this.root(store), 'run')).catch(() => [])
    return [...own, ...runs.filter((name) => !name.endsWith('.lock')).map((name) => `run/${name}`)].toSorted()
  }

  async remove(): Promise<void> {
    for (const store of ['a', 'b'] as const)
      for (const id of await readdir(join(this.root(store), 'run')).catch(() => [])) {
        const pid = await this.#pidAt(store, id)
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
      }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  #log(name: string): string {
    return join(this.#serial, `${name}.log`)
  }

  async #pidAt(store: StoreName, id: string): Promise<number | undefined> {
    const pid = Number(await readFile(join(this.root(store), 'run', id, 'pid'), 'utf8').catch(() => ''))
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    const words = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')
    return words.includes(id) ? pid : undefined
  }

  #xml({ name, id, diskPath, load = 'count', cpu = 'qemu64' }: PlainGuest): string {
    const disk =
      diskPath === undefined
        ? ''
        : `<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/><source file='${xmlText(diskPath)}'/><target dev='vda' bus='virtio'/></disk>`
    return `<domain type='qemu'>
  <name>${name}</name>
  <uuid>${id}</uuid>
  <memory unit='MiB'>128</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${this.guest}/vmlinux</kernel>
    <initrd>${this.guest}/initrd</initrd>
    <cmdline>console=tty0 console=ttyS0 quiet no_timer_check lab.name=${name} lab.load=${load}</cmdline>
  </os>
  <features><acpi/><apic/></features>
  <cpu mode='custom' match='exact' check='none'><model fallback='allow'>${cpu}</model></cpu>
  <devices>
    ${disk}
    <serial type='pty'><target port='0'/><log file='${this.#log(name)}' append='on'/></serial>
    <graphics type='vnc' port='-1' autoport='yes'/>
    <video><model type='vga'/></video>
    <memballoon model='virtio'/>
  </devices>
</domain>
`
  }
}
