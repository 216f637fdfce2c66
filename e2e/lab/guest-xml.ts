// The definition of a test guest. Always TCG on q35: KVM is unusable on the machines the tests run on, and guests on
// i440fx lose memory in live migrations under disk load.
import { createHash } from 'node:crypto'

export type GuestLoad = 'anim' | 'cpu' | 'disk' | 'dirty' | 'count'
export type GuestGraphics = 'vnc' | 'vnc-socket' | 'spice' | 'none'

export type GuestOptions = {
  name: string
  /** 160 unless told; below 128 the kernel does not come up. */
  memoryMiB?: number
  vcpus?: number
  load?: readonly GuestLoad[] | GuestLoad
  /** With a small qcow2 volume in the pool "default", as vda. */
  disk?: boolean
  /** One that is there already, as vda. */
  diskPath?: string
  /** By the host, for a disk on a file system that takes no direct writes. */
  isDiskCached?: boolean
  graphics?: GuestGraphics
}

export type GuestFiles = { kernel: string; initrd: string; serialLog: string; disk?: string }

/** A guest's name as a file name and a host name: readable, safe and still its own. */
export function fileNameOf(guestName: string): string {
  const readable = guestName
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 40)
  if (readable === guestName) return readable
  return `${readable || 'guest'}-${createHash('sha256').update(guestName).digest('hex').slice(0, 8)}`
}

export function xmlText(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    "'": '&apos;',
    '"': '&quot;',
  }
  return text.replace(/[&<>'"]/g, (character) => entities[character] ?? character)
}

const graphicsXml: Record<GuestGraphics, string> = {
  vnc: `<graphics type='vnc' port='-1' autoport='yes'><listen type='address' address='127.0.0.1'/></graphics>`,
  'vnc-socket': `<graphics type='vnc'><listen type='socket'/></graphics>`,
  spice: `<graphics type='spice' autoport='yes'><listen type='address' address='127.0.0.1'/></graphics>`,
  none: '',
}

export function guestXml(options: GuestOptions, files: GuestFiles): string {
  const graphics = options.graphics ?? 'vnc'
  const load = [options.load ?? []].flat().join(',')
  // "no_timer_check": under load TCG's timer interrupts come late and the kernel would panic over it.
  const commandLine = [
    'console=tty0 console=ttyS0 quiet no_timer_check',
    `lab.name=${fileNameOf(options.name)}`,
    ...(load ? [`lab.load=${load}`] : []),
  ].join(' ')
  const cache = options.isDiskCached === true ? '' : ` cache='none'`
  const disk = files.disk
    ? `<disk type='file' device='disk'><driver name='qemu' type='qcow2'${cache}/>` +
      `<source file='${xmlText(files.disk)}'/><target dev='vda' bus='virtio'/></disk>`
    : ''
  const screen = graphics === 'none' ? '' : `<video><model type='vga' vram='16384'/></video>`
  return `<domain type='qemu'>
  <name>${xmlText(options.name)}</name>
  <memory unit='MiB'>${options.memoryMiB ?? 160}</memory>
  <vcpu>${options.vcpus ?? 1}</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${xmlText(files.kernel)}</kernel>
    <initrd>${xmlText(files.initrd)}</initrd>
    <cmdline>${xmlText(commandLine)}</cmdline>
  </os>
  <features><acpi/><apic/></features>
  <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    ${disk}
    <serial type='pty'><target port='0'/><log file='${xmlText(files.serialLog)}' append='off'/></serial>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <input type='tablet' bus='virtio'/>
    ${graphicsXml[graphics]}
    ${screen}
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
    <memballoon model='virtio'><stats period='2'/></memballoon>
  </devices>
</domain>
`
}
