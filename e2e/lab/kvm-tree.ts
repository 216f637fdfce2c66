// What the kernel counts for a guest under KVM, for guests that are emulated: files in the place of its debugfs, in the
// host's view of files only.
import type { LabHost } from './lab-host'

const debugFolder = '/sys/kernel/debug'
const folder = '/run/kvm-tree'

export class KvmTree {
  private constructor(
    private readonly host: LabHost,
    readonly pid: number,
  ) {}

  /** For a running guest. */
  static async of(host: LabHost, guest: string): Promise<KvmTree> {
    const pid = Number(await host.exec(['cat', `/run/libvirt/qemu/${guest}.pid`]))
    return new KvmTree(host, pid)
  }

  /** As the kernel names it: the process, and the number of its file. */
  get id(): string {
    return `${this.pid}-12`
  }

  count(event: string, value: number): Promise<void> {
    return this.write(`${this.id}/${event}`, value)
  }

  /** Anywhere in the folder of all guests. */
  async write(path: string, value: number): Promise<void> {
    const command = 'mkdir -p "$(dirname "$1")" && echo "$2" >"$1.new" && mv "$1.new" "$1"'
    await this.host.exec(['sh', '-c', command, 'sh', `${folder}/kvm/${path}`, String(value)])
  }

  async mount(): Promise<void> {
    await this.host.exec(['mount', '--bind', folder, debugFolder])
  }

  async remove(): Promise<void> {
    await this.host.exec(['sh', '-c', `! mountpoint -q ${debugFolder} || umount ${debugFolder}`])
    await this.host.exec(['rm', '-rf', folder])
  }
}
