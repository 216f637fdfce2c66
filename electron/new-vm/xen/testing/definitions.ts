/** Definitions as libvirt's Xen driver writes them, and one by hand for what it wrote in former years. */
import type { GuestKind, HostCapabilities } from '../../../../shared/model/host-details'

export const paravirtual = `<domain type='xen' id='4'>
  <name>sles-pv</name>
  <uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid>
  <title>Ordering</title>
  <memory unit='KiB'>1048576</memory>
  <currentMemory unit='KiB'>1048576</currentMemory>
  <vcpu placement='static' cpuset='0-3'>2</vcpu>
  <bootloader>/usr/bin/pygrub</bootloader>
  <bootloader_args>-q</bootloader_args>
  <os>
    <type arch='x86_64' machine='xenpv'>linux</type>
    <kernel>/var/lib/xen/vmlinuz-xen</kernel>
    <initrd>/var/lib/xen/initrd-xen</initrd>
    <cmdline>root=/dev/xvda2 console=hvc0</cmdline>
  </os>
  <clock offset='utc' adjustment='reset'>
    <timer name='tsc' mode='native'/>
  </clock>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>restart</on_crash>
  <devices>
    <emulator>/usr/lib/xen/bin/qemu-system-i386</emulator>
    <!-- the system -->
    <disk type='file' device='disk'>
      <driver name='tap2' type='aio'/>
      <source file='/var/lib/xen/images/sles/disk0'/>
      <target dev='xvda' bus='xen'/>
    </disk>
    <disk type='block' device='disk'>
      <driver name='phy'/>
      <source dev='/dev/vg/orders'/>
      <backenddomain name='storage'/>
      <target dev='xvdb' bus='xen'/>
    </disk>
    <disk type='file' device='cdrom'>
      <driver name='file'/>
      <source file='/srv/sles.iso'/>
      <target dev='xvdc' bus='xen'/>
      <readonly/>
    </disk>
    <controller type='xenbus' index='0' maxGrantFrames='64'/>
    <interface type='bridge'>
      <mac address='00:16:3e:1a:2b:3c'/>
      <ip address='192.0.2.7' family='ipv4'/>
      <source bridge='br0'/>
      <script path='/etc/xen/scripts/vif-bridge'/>
      <target dev='vif4.0'/>
      <model type='netfront'/>
    </interface>
    <console type='pty' tty='/dev/pts/3'>
      <source path='/dev/pts/3'/>
      <target type='xen' port='0'/>
    </console>
    <input type='mouse' bus='xen'/>
    <input type='keyboard' bus='xen'/>
    <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1'>
      <listen type='address' address='127.0.0.1'/>
    </graphics>
    <video>
      <model type='xen' vram='4096' heads='1' primary='yes'/>
    </video>
    <memballoon model='xen'/>
  </devices>
</domain>
`

export const fullyVirtual = `<domain type='xen' xmlns:xen='http://libvirt.org/schemas/domain/xen/1.0'>
  <name>win-hvm</name>
  <uuid>c7a5fdb2-cdaf-9455-926a-d65c16db1809</uuid>
  <memory unit='KiB'>4194304</memory>
  <vcpu placement='static'>4</vcpu>
  <os>
    <type arch='x86_64' machine='xenfv'>hvm</type>
    <loader type='rom'>/usr/lib/xen/boot/hvmloader</loader>
    <boot dev='hd'/>
  </os>
  <features>
    <acpi/>
    <apic/>
    <hap state='on'/>
    <viridian/>
    <xen>
      <e820_host state='on'/>
    </xen>
  </features>
  <clock offset='localtime' adjustment='reset'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/lib/xen/bin/qemu-system-i386</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='/var/lib/xen/images/win.qcow2'/>
      <target dev='hda' bus='ide'/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </disk>
    <disk type='file' device='disk'>
      <driver name='qemu' type='vhd'/>
      <source file='/var/lib/xen/images/data.vhd'/>
      <target dev='xvdb' bus='xen'/>
    </disk>
    <controller type='ide' index='0'/>
    <controller type='usb' index='0' model='qusb2' ports='4'/>
    <interface type='network'>
      <mac address='00:16:3e:0a:0b:0c'/>
      <source network='default'/>
    </interface>
    <serial type='pty'>
      <target port='0'/>
    </serial>
    <console type='pty'>
      <target type='serial' port='0'/>
    </console>
    <input type='tablet' bus='usb'/>
    <graphics type='vnc' port='-1' autoport='yes' passwd='tiger'/>
    <video>
      <model type='cirrus' vram='8192' heads='1' primary='yes'/>
    </video>
    <memballoon model='xen'/>
  </devices>
  <seclabel type='static' model='flask' relabel='no'>
    <label>system_u:system_r:domU_t</label>
  </seclabel>
  <xen:commandline>
    <xen:arg value='-nographic'/>
  </xen:commandline>
</domain>
`

export const pvh = `<domain type='xen'>
  <name>pvh</name>
  <memory unit='KiB'>524288</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='xenpvh'>xenpvh</type>
    <kernel>/usr/lib/grub-xen/grub-i386-xen_pvh.bin</kernel>
  </os>
  <devices>
    <disk type='file' device='disk'>
      <source file='/srv/pvh.raw'/>
      <target dev='xvda1'/>
    </disk>
    <interface type='bridge'>
      <source bridge='br0'/>
    </interface>
    <console type='pty'/>
  </devices>
</domain>
`

export const arm = `<domain type='xen'>
  <name>arm</name>
  <memory unit='KiB'>524288</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='aarch64' machine='xenpv'>linux</type>
    <kernel>/srv/Image</kernel>
  </os>
  <devices>
    <disk type='block' device='disk'>
      <driver name='phy' type='raw'/>
      <source dev='/dev/vg/arm'/>
      <target dev='xvda' bus='xen'/>
    </disk>
    <interface type='bridge'>
      <source bridge='br0'/>
    </interface>
    <console type='pty'>
      <target type='xen' port='0'/>
    </console>
  </devices>
</domain>
`

const kind = (
  architecture: string,
  osType: string,
  machines: string[],
  types: [string, string?][],
): GuestKind => ({
  architecture,
  osType,
  machines: machines.map((name) => ({ name, isDeprecated: false })),
  features: [],
  virtTypes: types.map(([name, emulator]) => ({ name, ...(emulator === undefined ? {} : { emulator }) })),
})

export const kvmHost: HostCapabilities = {
  guests: [
    kind(
      'x86_64',
      'hvm',
      ['pc-i440fx-7.2', 'pc', 'pc-q35-7.2', 'q35'],
      [
        ['qemu', '/usr/bin/qemu-system-x86_64'],
        ['kvm', '/usr/bin/qemu-system-x86_64'],
      ],
    ),
    kind('aarch64', 'hvm', ['virt'], [['qemu', '/usr/bin/qemu-system-aarch64']]),
  ],
}

export const emulatingHost: HostCapabilities = {
  guests: [kind('x86_64', 'hvm', ['pc', 'q35'], [['qemu', '/usr/bin/qemu-system-x86_64']])],
}

export const xenHost: HostCapabilities = {
  guests: [
    kind('x86_64', 'xen', ['xenpv'], [['xen', '/usr/lib/xen-4.17/bin/qemu-system-i386']]),
    kind('x86_64', 'hvm', ['xenfv'], [['xen', '/usr/lib/xen-4.17/bin/qemu-system-i386']]),
  ],
}
