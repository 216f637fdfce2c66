/** VMs of a host without libvirt as they lie there: a folder with a definition, made by hand. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtGuest } from './lab'

export class PlainStore {
  private constructor(readonly root: string) {}

  /** Short, as sockets lie in it. */
  static async make(): Promise<PlainStore> {
    return new PlainStore(await mkdtemp(join(tmpdir(), 'ikq-')))
  }

  get uri(): string {
    return `qemu-direct:///?root=${this.root}`
  }

  /** With a screen, a serial line and what `devices` adds; it boots in seconds. */
  async define(name: string, id: string, devices = ''): Promise<void> {
    const guest = await builtGuest()
    await mkdir(join(this.root, name))
    await writeFile(
      join(this.root, name, 'vm.xml'),
      `<domain type='qemu'>
  <name>${name}</name>
  <uuid>${id}</uuid>
  <memory unit='MiB'>160</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${guest}/vmlinux</kernel>
    <initrd>${guest}/initrd</initrd>
    <cmdline>console=tty0 console=ttyS0 quiet no_timer_check lab.name=${name}</cmdline>
  </os>
  <features><acpi/><apic/></features>
  <devices>${devices}
    <serial type='pty'><target port='0'/></serial>
    <graphics type='vnc' port='-1' autoport='yes'/>
    <video><model type='vga'/></video>
    <memballoon model='virtio'/>
  </devices>
</domain>
`,
    )
  }

  /** Of the process that runs the VM. */
  async pidOf(id: string): Promise<number | undefined> {
    const text = await readFile(join(this.root, 'run', id, 'pid'), 'utf8').catch(() => '')
    const pid = Number(text)
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    const words = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')
    return words.includes(id) ? pid : undefined
  }

  /** Also what still runs of these VMs. */
  async remove(...ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const pid = await this.pidOf(id)
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    }
    await rm(this.root, { recursive: true, force: true })
  }
}
