import { expect, it } from 'vitest'
import type { HostCapabilities } from '../../../shared/model/host-details'
import type { ConversionTarget, DefinitionConversion } from '../../../shared/model/new-vm/conversion'
import { EditDocument } from '../../domain-xml/edit/tree'
import { convertXen } from './convert'
import { conversionOffer } from './source'
import { arm, emulatingHost, fullyVirtual, kvmHost, paravirtual, pvh, xenHost } from './testing/definitions'

const convert = (
  xml: string,
  devices: 'virtio' | 'emulated' = 'virtio',
  to: ConversionTarget = 'kvm',
  host: HostCapabilities = kvmHost,
): DefinitionConversion => convertXen({ xml, to, devices }, host)
const inside = (xml: string): string => xml.replaceAll(/>\s+</g, '><')
const offer = (xml: string, host: HostCapabilities): ReturnType<typeof conversionOffer> =>
  conversionOffer(EditDocument.parse(xml).root, host)

it('is offered for what was made for Xen only, and for what the host has', () => {
  expect(offer(paravirtual, kvmHost)).toEqual({ from: 'pv', to: 'kvm', isNeeded: true })
  expect(offer(pvh, emulatingHost)).toEqual({ from: 'pvh', to: 'qemu', isNeeded: true })
  expect(offer(fullyVirtual, kvmHost)).toEqual({ from: 'hvm', to: 'kvm', isNeeded: true })
  expect(offer(paravirtual, xenHost)).toEqual({ from: 'pv', to: 'xen-hvm', isNeeded: false })
  expect(offer(fullyVirtual, xenHost)).toBeUndefined()
  expect(offer(arm, emulatingHost)).toBeUndefined()
  expect(offer(paravirtual.replace("type='xen'", "type='kvm'"), kvmHost)).toBeUndefined()
})

it('a paravirtual guest becomes a whole computer with virtio, and keeps all that is not Xen’s', () => {
  const { xml, renamed, warnings } = convert(paravirtual)
  expect(xml).toBe(`<domain type='kvm' id='4'>
  <name>sles-pv</name>
  <uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid>
  <title>Ordering</title>
  <memory unit='KiB'>1048576</memory>
  <currentMemory unit='KiB'>1048576</currentMemory>
  <vcpu placement='static' cpuset='0-3'>2</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <boot dev='hd'/>
  </os>
  <features>
    <acpi/>
    <apic/>
  </features>
  <cpu mode='host-model'/>
  <clock offset='utc' adjustment='reset'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>restart</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <!-- the system -->
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw'/>
      <source file='/var/lib/xen/images/sles/disk0'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='block' device='disk'>
      <driver name='qemu' type='raw'/>
      <source dev='/dev/vg/orders'/>
      <target dev='vdb' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'>
      <driver name='qemu' type='raw'/>
      <source file='/srv/sles.iso'/>
      <target dev='sdc' bus='sata'/>
      <readonly/>
    </disk>
    <interface type='bridge'>
      <mac address='00:16:3e:1a:2b:3c'/>
      <source bridge='br0'/>
      <model type='virtio'/>
    </interface>
    <serial type='pty'>
      <target port='0'/>
    </serial>
    <console type='pty'>
      <target type='serial' port='0'/>
    </console>
    <input type='mouse' bus='ps2'/>
    <input type='keyboard' bus='ps2'/>
    <input type='tablet' bus='usb'/>
    <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1'>
      <listen type='address' address='127.0.0.1'/>
    </graphics>
    <video>
      <model type='vga' heads='1' primary='yes'/>
    </video>
    <memballoon model='virtio'/>
  </devices>
</domain>
`)
  expect(renamed).toEqual([
    { from: 'xvda', to: 'vda' },
    { from: 'xvdb', to: 'vdb' },
  ])
  expect(warnings.join()).toContain('root=/dev/xvda2 console=hvc0')
})

it('every change is told with its reason, and a second conversion finds nothing made for Xen', () => {
  for (const [text, to, host] of [
    [paravirtual, 'kvm', kvmHost],
    [fullyVirtual, 'kvm', kvmHost],
    [pvh, 'qemu', emulatingHost],
    [arm, 'qemu', kvmHost],
    [paravirtual, 'xen-hvm', xenHost],
  ] as const) {
    const { steps, xml } = convert(text, 'virtio', to, host)
    expect(steps.length).toBeGreaterThan(5)
    const told = steps.map(({ part, change }) => `${part}: ${change}`)
    expect(new Set(told).size).toBe(told.length)
    for (const { part, change, why } of steps)
      expect(`${part}: ${change}. ${why}`).not.toMatch(/undefined|: \.|\. $/)
    expect(() => convert(xml, 'virtio', to, host)).toThrow(/not made for Xen|fully virtual already/)
  }
})

it('a fully virtual guest keeps the chipset, IDE and card that its drivers know', () => {
  const { xml, renamed } = convert(fullyVirtual, 'emulated')
  expect(xml).toContain(`<type arch='x86_64' machine='pc'>hvm</type>`)
  expect(xml).toContain(`<target dev='hda' bus='ide'/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>`)
  expect(xml).toContain(`<driver name='qemu' type='vpc'/>`)
  expect(xml).toContain(`<target dev='sdb' bus='sata'/>`)
  expect(inside(xml)).toContain(`<model type='rtl8139'/>`)
  expect(xml).toContain(`<clock offset='localtime' adjustment='reset'/>`)
  expect(xml).toContain(`passwd='tiger'`)
  expect(inside(xml)).toContain(
    `<features><acpi/><apic/><hyperv><relaxed state='on'/><vapic state='on'/></hyperv></features>`,
  )
  expect(xml).not.toMatch(/xen:|xmlns:xen|flask|hvmloader|qusb|<hap|viridian|bus='xen'|model='xen'/)
  // with Xen’s drivers the guest called them otherwise than Xen itself
  expect(renamed).toEqual([
    { from: 'hda', to: 'sda' },
    { from: 'xvda', to: 'sda' },
    { from: 'xvdb', to: 'sdb' },
  ])
})

it('with virtio both of its disks move, each to its own letter', () => {
  const { xml, renamed } = convert(fullyVirtual)
  expect(renamed).toEqual([
    { from: 'hda', to: 'vda' },
    { from: 'xvda', to: 'vda' },
    { from: 'xvdb', to: 'vdb' },
  ])
  expect(xml).not.toContain(`<address type='drive'`)
  expect(inside(xml)).toContain(`<model type='virtio'/>`)
})

it('a name that another disk keeps is not given twice', () => {
  const usb = fullyVirtual
    .replace(`dev='xvdb' bus='xen'`, `dev='sda' bus='usb'`)
    .replace(`<target dev='hda' bus='ide'/>`, `<target dev='xvda' bus='xen'/>`)
  const { xml } = convert(usb, 'emulated')
  expect(xml).toContain(`<target dev='sdb' bus='sata'/>`)
  expect(xml).toContain(`<target dev='sda' bus='usb'/>`)
})

it('without KVM it has none of Hyper-V’s features', () => {
  expect(convert(fullyVirtual, 'emulated', 'qemu', emulatingHost).xml).not.toMatch(/viridian|hyperv/)
})

it('UEFI of Xen becomes UEFI of the host', () => {
  const efi = fullyVirtual.replace(
    `<loader type='rom'>/usr/lib/xen/boot/hvmloader</loader>`,
    `<loader readonly='yes' type='pflash'>/usr/lib/xen/boot/ovmf.bin</loader>`,
  )
  const { xml, warnings } = convert(efi)
  expect(xml).toContain(`<os firmware='efi'>`)
  expect(xml).not.toContain('<loader')
  expect(warnings.join()).toContain('UEFI boot entries')
})

it('PVH that says little gets what libvirt filled in under Xen', () => {
  const { xml, warnings } = convert(pvh, 'emulated', 'qemu', emulatingHost)
  expect(inside(xml)).toContain(`<driver name='qemu' type='raw'/>`)
  expect(xml).toContain(`<target dev='sda' bus='sata'/>`)
  expect(inside(xml)).toContain(`<model type='e1000e'/>`)
  expect(inside(xml)).toContain(
    `<serial type='pty'><target port='0'/></serial><console type='pty'><target type='serial' port='0'/></console>`,
  )
  expect(xml).not.toContain('grub-i386-xen_pvh')
  // an emulated processor is no copy of the host's
  expect(xml).not.toContain('<cpu')
  expect(warnings.join()).toContain('xvda1 is a file system without a partition table')
})

it('on Arm the guest starts by UEFI, with virtio whatever was asked for', () => {
  const { xml } = convert(arm, 'emulated', 'qemu')
  expect(xml).toContain(`<os firmware='efi'>`)
  expect(xml).toContain(`<type arch='aarch64' machine='virt'>hvm</type>`)
  expect(xml).toContain(`<target dev='vda' bus='virtio'/>`)
  expect(xml).toContain('/usr/bin/qemu-system-aarch64')
})

it('on a Xen host a paravirtual guest becomes a fully virtual one', () => {
  const { xml, renamed, steps } = convert(paravirtual, 'emulated', 'xen-hvm', xenHost)
  expect(xml).toContain(`<domain type='xen' id='4'>`)
  expect(xml).toContain(`<type arch='x86_64' machine='xenfv'>hvm</type>`)
  expect(xml).not.toMatch(/bootloader|<kernel>|<cmdline>/)
  expect(inside(xml)).toContain(`<features><acpi/><apic/><pae/></features>`)
  expect(xml).toContain('/usr/lib/xen-4.17/bin/qemu-system-i386')
  expect(xml.match(/<target dev='hd[abc]' bus='ide'/g)).toHaveLength(3)
  // once it runs, it meets them by Xen’s drivers and names again
  expect(renamed).toEqual([])
  expect(xml).toContain(`<model type='cirrus' vram='8192' heads='1' primary='yes'/>`)
  expect(inside(xml)).toContain(
    `<input type='mouse' bus='ps2'/><input type='keyboard' bus='ps2'/><input type='tablet' bus='usb'/>`,
  )
  expect(inside(xml)).toContain(`<serial type='pty'><target port='0'/></serial>`)
  // what Xen still serves stays Xen's
  expect(xml).toContain(`<driver name='tap2' type='aio'/>`)
  expect(xml).toContain(`<script path='/etc/xen/scripts/vif-bridge'/>`)
  expect(xml).toContain(`<memballoon model='xen'/>`)
  expect(steps.map(({ part }) => part)).not.toContain('Hypervisor')
})

it('what cannot be converted is refused', () => {
  expect(() => convert(paravirtual.replace("type='xen'", "type='kvm'"))).toThrow('not made for Xen')
  expect(() => convert(arm, 'virtio', 'qemu', emulatingHost)).toThrow('no such guests')
})
