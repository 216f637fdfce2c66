import { isActive } from '../../../shared/model/vm'
import { EditDocument } from '../../domain-xml/edit/tree'
import type { FakeDisk, FakeHostDevice, FakeNic, FakeVm } from './model'

/**
 * The definition as libvirt would write it (https://libvirt.org/formatdomain.html). Like libvirt without the SECURE
 * flag, it leaves the VNC password out.
 */
export function xmlOf(vm: FakeVm, displayPort: number): string {
  return isActive(vm.state) ? runningXmlOf(vm, displayPort) : storedXmlOf(vm)
}

/** What the next start uses; as it would be written for a VM that is off. */
export function storedXmlOf(vm: FakeVm): string {
  return vm.storedXml ?? drawn(vm, 0, false)
}

export function runningXmlOf(vm: FakeVm, displayPort: number): string {
  if (vm.runningXml !== undefined) return vm.runningXml
  return vm.storedXml === undefined ? drawn(vm, displayPort, true) : started(vm, vm.storedXml, displayPort)
}

/** What was stored before the guest was started, with what a start adds to it. */
function started(vm: FakeVm, storedXml: string, displayPort: number): string {
  const document = EditDocument.parse(storedXml)
  document.root.setAttribute('id', String(vm.runId ?? 1))
  for (const display of document.root.find('devices')?.children('graphics') ?? [])
    display.setAttribute('port', String(displayPort))
  return document.toString()
}

function drawn(vm: FakeVm, displayPort: number, active: boolean): string {
  const { definition } = vm
  const lines = [
    `<domain type='kvm'${active ? ` id='${vm.runId ?? 1}'` : ''}>`,
    `  <name>${escape(definition.name)}</name>`,
    `  <uuid>${definition.id}</uuid>`,
    ...(definition.title === undefined ? [] : [`  <title>${escape(definition.title)}</title>`]),
    ...(definition.description === undefined
      ? []
      : [`  <description>${escape(definition.description)}</description>`]),
    ...metadata(definition.osId),
    `  <memory unit='KiB'>${definition.maxMemoryBytes / 1024}</memory>`,
    `  <currentMemory unit='KiB'>${definition.memoryBytes / 1024}</currentMemory>`,
    `  <vcpu placement='static'${current(definition.vcpuCount, definition.maxVcpuCount)}>${definition.maxVcpuCount}</vcpu>`,
    `  <os${definition.firmware === 'UEFI' ? ` firmware='efi'` : ''}>`,
    `    <type arch='x86_64' machine='${escape(definition.machine)}'>hvm</type>`,
    `    <boot dev='hd'/>`,
    ...(definition.disks.some((disk) => disk.device === 'cdrom') ? [`    <boot dev='cdrom'/>`] : []),
    `  </os>`,
    `  <features>`,
    `    <acpi/>`,
    `    <apic/>`,
    `  </features>`,
    ...cpu(definition.cpuModel, definition.maxVcpuCount),
    `  <clock offset='utc'/>`,
    `  <on_poweroff>destroy</on_poweroff>`,
    `  <on_reboot>restart</on_reboot>`,
    `  <on_crash>preserve</on_crash>`,
    `  <devices>`,
    `    <emulator>/usr/bin/qemu-system-x86_64</emulator>`,
    ...definition.disks.flatMap(diskLines),
    ...definition.nics.flatMap(nicLines),
    ...Array.from({ length: definition.serialCount }, (_, port) => [
      `    <serial type='pty'>`,
      `      <target type='isa-serial' port='${port}'/>`,
      `    </serial>`,
    ]).flat(),
    ...agent(definition.hasGuestAgentChannel, active),
    ...(definition.hasTpm
      ? [`    <tpm model='tpm-crb'>`, `      <backend type='emulator' version='2.0'/>`, `    </tpm>`]
      : []),
    ...graphics(vm, displayPort, active),
    ...definition.hostDevices.flatMap(hostDeviceLines),
    `    <memballoon model='virtio'/>`,
    `  </devices>`,
    `</domain>`,
  ]
  return `${lines.join('\n')}\n`
}

function current(count: number, max: number): string {
  return count === max ? '' : ` current='${count}'`
}

function cpu(model: string, cores: number): string[] {
  const topology = `    <topology sockets='1' dies='1' cores='${cores}' threads='1'/>`
  if (model === 'host-passthrough') return [`  <cpu mode='host-passthrough'>`, topology, `  </cpu>`]
  return [`  <cpu mode='custom' match='exact'>`, `    <model>${escape(model)}</model>`, topology, `  </cpu>`]
}

function metadata(osId: string | undefined): string[] {
  if (osId === undefined) return []
  return [
    `  <metadata>`,
    `    <libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>`,
    `      <libosinfo:os id='${escape(osId)}'/>`,
    `    </libosinfo:libosinfo>`,
    `  </metadata>`,
  ]
}

function diskLines(disk: FakeDisk): string[] {
  const attribute = disk.sourceType === 'block' ? 'dev' : 'file'
  return [
    `    <disk type='${disk.sourceType}' device='${disk.device}'>`,
    `      <driver name='qemu' type='${escape(disk.format ?? 'raw')}'/>`,
    ...(disk.source === undefined ? [] : [`      <source ${attribute}='${escape(disk.source)}'/>`]),
    `      <target dev='${disk.target}' bus='${escape(disk.bus ?? 'virtio')}'/>`,
    ...(disk.isReadOnly ? [`      <readonly/>`] : []),
    ...(disk.isShareable ? [`      <shareable/>`] : []),
    `    </disk>`,
  ]
}

function nicLines(nic: FakeNic): string[] {
  return [
    `    <interface type='${nic.source.kind}'>`,
    `      <mac address='${nic.mac}'/>`,
    ...nicSource(nic),
    `      <model type='${escape(nic.model)}'/>`,
    ...(nic.isLinkUp ? [] : [`      <link state='down'/>`]),
    `    </interface>`,
  ]
}

function nicSource({ source: { kind, name } }: FakeNic): string[] {
  return kind === 'user' ? [] : [`      <source ${kind === 'direct' ? 'dev' : kind}='${escape(name)}'/>`]
}

function hostDeviceLines(device: FakeHostDevice): string[] {
  const [bus, slot, fn] = device.kind === 'pci' ? device.place.split(/[:.]/) : []
  return [
    `    <hostdev mode='subsystem' type='${device.kind}' managed='yes'>`,
    `      <source>`,
    ...(device.kind === 'pci'
      ? [`        <address domain='0x0000' bus='0x${bus}' slot='0x${slot}' function='0x${fn}'/>`]
      : [`        <vendor id='0x${device.vendorId}'/>`, `        <product id='0x${device.productId}'/>`]),
    `      </source>`,
    `    </hostdev>`,
  ]
}

function agent(has: boolean, active: boolean): string[] {
  if (!has) return []
  return [
    `    <channel type='unix'>`,
    `      <target type='virtio' name='org.qemu.guest_agent.0'${active ? ` state='connected'` : ''}/>`,
    `    </channel>`,
  ]
}

function graphics(vm: FakeVm, displayPort: number, active: boolean): string[] {
  const { display } = vm.definition
  if (display.kind === 'none') return []
  const port = active ? displayPort : -1
  const listen = escape(display.listen ?? '127.0.0.1')
  return [
    `    <input type='tablet' bus='usb'/>`,
    `    <graphics type='${display.kind}' port='${port}' autoport='yes' listen='${listen}'>`,
    `      <listen type='address' address='${listen}'/>`,
    `    </graphics>`,
    `    <video>`,
    `      <model type='${display.kind === 'spice' ? 'qxl' : 'virtio'}' heads='1' primary='yes'/>`,
    `    </video>`,
  ]
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
}

function escape(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => entities[character] ?? character)
}
