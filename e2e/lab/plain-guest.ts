/**
 * A guest for hosts without libvirt, with room for everything that can be plugged in while it runs: a file in a store of
 * its own, and a shell inside it once somebody has started it.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { byAgent } from './guest-agent'
import { builtGuest } from './lab'

export const plainVm = {
  name: 'hotplug',
  id: '5717e000-0000-4000-8000-00000040b106',
  mac: '52:54:00:40:b1:06',
}

const answerMs = 30_000

export class PlainGuest {
  private constructor(
    readonly root: string,
    readonly media: readonly [string, string],
    readonly disk: string,
  ) {}

  static async make(): Promise<PlainGuest> {
    const root = await mkdtemp(join(tmpdir(), 'ikq-'))
    const at = (name: string): string => join(root, 'images', name)
    const guest = new PlainGuest(root, [at('one.iso'), at('two.iso')], at('disk.img'))
    await mkdir(join(root, 'images'))
    await writeFile(guest.disk, Buffer.alloc(8 * 1024 * 1024))
    for (const [number, file] of guest.media.entries())
      await writeFile(file, Buffer.concat([Buffer.from(`MEDIUM-${number + 1}\n`), Buffer.alloc(1024 * 1024)]))
    await mkdir(join(root, plainVm.name))
    await writeFile(join(root, plainVm.name, 'vm.xml'), definition(await builtGuest(), root))
    return guest
  }

  get uri(): string {
    return `qemu-direct:///?root=${this.root}`
  }

  stored(): Promise<string> {
    return readFile(join(this.root, plainVm.name, 'vm.xml'), 'utf8')
  }

  running(): Promise<string> {
    return readFile(join(this.root, 'run', plainVm.id, 'running.xml'), 'utf8')
  }

  /** Ends when its programs have started. */
  async booted(): Promise<void> {
    for (;;) {
      const log = await readFile(serialLog(this.root), 'utf8').catch(() => '')
      if (/LAB-GUEST-READY name=\S+ up=\S+/.test(log)) return
      await delay(100)
    }
  }

  /** What the script writes in the guest. */
  shell(script: string): Promise<string> {
    const socket = join(this.root, 'run', plainVm.id, 'channel-0')
    return byAgent((execute, words) => ask(socket, execute, words), script)
  }

  async pid(): Promise<number | undefined> {
    const pid = Number(await readFile(join(this.root, 'run', plainVm.id, 'pid'), 'utf8').catch(() => ''))
    const words = pid > 0 ? await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '') : ''
    return words.includes(plainVm.id) ? pid : undefined
  }

  async tearDown(): Promise<void> {
    const pid = await this.pid()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
    while ((await this.pid()) !== undefined) await delay(20)
    await rm(this.root, { recursive: true, force: true })
  }
}

/** One question at a time; what is left of an earlier one is passed over, as it is not what was asked to come back. */
async function ask(path: string, execute: string, words: object): Promise<unknown> {
  const socket = connect(path)
  const id = Date.now()
  const limit = setTimeout(() => socket.destroy(new Error(`The agent has not answered ${execute}`)), answerMs)
  try {
    socket.write(`\n${JSON.stringify({ execute: 'guest-sync', arguments: { id } })}\n`)
    let isSynced = false
    for await (const line of createInterface({ input: socket })) {
      const answer = answerIn(line)
      if (!answer) continue
      if (isSynced) {
        if (answer.error) throw new Error(answer.error.desc)
        return answer.return
      }
      if (answer.return !== id) continue
      isSynced = true
      socket.write(`${JSON.stringify({ execute, arguments: words })}\n`)
    }
    throw new Error('The agent’s line has ended')
  } finally {
    clearTimeout(limit)
    socket.destroy()
  }
}

function answerIn(line: string): { return?: unknown; error?: { desc: string } } | undefined {
  try {
    return JSON.parse(line) as { return?: unknown; error?: { desc: string } }
  } catch {
    return undefined
  }
}

function serialLog(root: string): string {
  return join(root, `${plainVm.name}-serial.log`)
}

function definition(guest: string, root: string): string {
  const { name, id, mac } = plainVm
  return `<domain type='qemu'>
  <name>${name}</name>
  <uuid>${id}</uuid>
  <maxMemory slots='4' unit='MiB'>1024</maxMemory>
  <memory unit='MiB'>256</memory>
  <vcpu current='1'>2</vcpu>
  <iothreads>1</iothreads>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${guest}/vmlinux</kernel>
    <initrd>${guest}/initrd</initrd>
    <cmdline>console=tty0 console=ttyS0 quiet no_timer_check lab.name=${name}</cmdline>
  </os>
  <features><acpi/><apic/></features>
  <cpu mode='custom' match='exact' check='none'>
    <model fallback='allow'>qemu64</model>
    <numa><cell id='0' cpus='0-1' memory='256' unit='MiB'/></numa>
  </cpu>
  <devices>
    <disk type='file' device='cdrom'>
      <driver name='qemu' type='raw'/>
      <target dev='sda' bus='sata'/>
      <readonly/>
    </disk>
    <interface type='user'><mac address='${mac}'/><model type='virtio'/></interface>
    <serial type='pty'><target port='0'/><log file='${serialLog(root)}' append='off'/></serial>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <graphics type='vnc' port='-1' autoport='yes' passwd='before'/>
    <video><model type='vga'/></video>
    <memballoon model='virtio'><stats period='2'/></memballoon>
  </devices>
</domain>
`
}
