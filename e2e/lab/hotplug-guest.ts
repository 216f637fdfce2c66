/** A guest with room for everything that can be plugged in while it runs. */
import { join } from 'node:path'
import { stateDirectory } from './lab'

export interface HotplugGuest {
  readonly name: string
  readonly uuid: string
  readonly mac: string
}

const spareRootPorts = 8

/** q35, emulated; virtual CPUs and memory to spare, an empty CD drive, a card, a VNC display with a password. */
export function hotplugGuestXml({ name, uuid, mac }: HotplugGuest): string {
  const ports = Array.from(
    { length: 6 + spareRootPorts },
    () => `<controller type='pci' model='pcie-root-port'/>`,
  )
  return `<domain type='qemu'>
  <name>${name}</name>
  <uuid>${uuid}</uuid>
  <memory unit='MiB'>256</memory>
  <vcpu current='1'>2</vcpu>
  <iothreads>1</iothreads>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${join(stateDirectory, 'guest/vmlinux')}</kernel>
    <initrd>${join(stateDirectory, 'guest/initrd')}</initrd>
    <cmdline>console=tty0 console=ttyS0 quiet no_timer_check lab.name=${name}</cmdline>
  </os>
  <features><acpi/><apic/></features>
  <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
  <on_reboot>restart</on_reboot>
  <devices>
    <controller type='pci' index='0' model='pcie-root'/>
    ${ports.join('\n    ')}
    <controller type='pci' model='pcie-to-pci-bridge'/>
    <disk type='file' device='cdrom'>
      <driver name='qemu' type='raw'/>
      <target dev='sda' bus='sata'/>
      <readonly/>
    </disk>
    <interface type='user'><mac address='${mac}'/><model type='virtio'/></interface>
    <serial type='pty'><target port='0'/>
      <log file='/var/log/libvirt/qemu/${name}-serial.log' append='off'/></serial>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <graphics type='vnc' port='-1' autoport='yes' passwd='before'>
      <listen type='address' address='127.0.0.1'/></graphics>
    <video><model type='vga' vram='16384'/></video>
    <memballoon model='virtio'><stats period='2'/></memballoon>
  </devices>
</domain>
`
}
