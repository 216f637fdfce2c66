/** The smallest VM a host takes, for tests that are about what hangs on it. It starts, and stays in the firmware. */
import { xmlText } from './guest-xml'

export interface TinyVm {
  readonly name: string
  readonly uuid?: string
  /** What is inside of `<devices>`, as it is. */
  readonly devices: string
  /** More of `<os>`: a kernel, or where the firmware is. */
  readonly os?: string
}

export function tinyVmXml({ name, uuid, devices, os = '' }: TinyVm): string {
  return `<domain type='qemu'><name>${xmlText(name)}</name>${uuid === undefined ? '' : `<uuid>${uuid}</uuid>`}
    <memory unit='MiB'>32</memory><vcpu>1</vcpu>
    <os><type arch='x86_64' machine='q35'>hvm</type>${os}</os><features><acpi/></features>
    <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
    <devices>${devices}</devices></domain>`
}

/** A disk, or another drive for `device`; "vda" is virtio, anything else SATA. */
export function tinyDisk(
  path: string,
  target: string,
  { format = 'qcow2', device = 'disk', more = '' }: { format?: string; device?: string; more?: string } = {},
): string {
  const bus = target.startsWith('v') ? 'virtio' : 'sata'
  return `<disk type='file' device='${device}'><driver name='qemu' type='${format}'/>
    <source file='${xmlText(path)}'/><target dev='${target}' bus='${bus}'/>${more}</disk>`
}
