/** A guest with room for everything that can be plugged in while it runs, in a store of its own, and a shell inside it. */
import { connect } from 'node:net'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { builtGuest } from '../../../../e2e/lab/lab'
import { byAgent } from '../../../../e2e/lab/guest-agent'
import type { VmId } from '../../../../shared/model/ids'
import { exchange } from '../agent/exchange'
import { SuiteStore } from './suite-store'

export const hotplugVm = {
  name: 'hotplug',
  id: '5717e000-0000-4000-8000-00000040b106' as VmId,
  mac: '52:54:00:40:b1:06',
}

export class HotplugGuest {
  private constructor(
    readonly store: SuiteStore,
    readonly media: readonly [string, string],
    readonly disk: string,
  ) {}

  static async make(): Promise<HotplugGuest> {
    const store = await SuiteStore.make()
    const at = (name: string): string => join(store.images, name)
    const guest = new HotplugGuest(store, [at('one.iso'), at('two.iso')], at('disk.img'))
    await writeFile(guest.disk, Buffer.alloc(8 * 1024 * 1024))
    for (const [number, file] of guest.media.entries())
      await writeFile(file, Buffer.concat([Buffer.from(`MEDIUM-${number + 1}\n`), Buffer.alloc(1024 * 1024)]))
    await store.define(hotplugVm.name, definition(await builtGuest(), store.root))
    return guest
  }

  /** What the script writes in the guest. */
  shell(script: string): Promise<string> {
    return byAgent(async (command, words) => {
      const stream = connect(join(this.store.root, 'run', hotplugVm.id, 'channel-0'))
      const times = { syncTimeoutMs: 30_000, answerTimeoutMs: 30_000 }
      return exchange(stream, {
        command,
        words: JSON.parse(JSON.stringify(words)) as object as Record<string, never>,
        ...times,
      })
    }, script)
  }

  async tearDown(): Promise<void> {
    await this.store.tearDown()
    await rm(this.store.root, { recursive: true, force: true })
  }
}

function definition(guest: string, root: string): string {
  const { name, id, mac } = hotplugVm
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
    <serial type='pty'><target port='0'/><log file='${root}/${name}-serial.log' append='off'/></serial>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <graphics type='vnc' port='-1' autoport='yes' passwd='before'/>
    <video><model type='vga'/></video>
    <memballoon model='virtio'><stats period='2'/></memballoon>
  </devices>
</domain>
`
}
