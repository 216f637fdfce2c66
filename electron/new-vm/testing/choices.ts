/** New VMs as users choose them: operating system, hypervisor, machine and firmware in their usual combinations. */
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { OsDevice, OsKnowledge } from '../../../shared/model/os/os'
import { disk, existing, wanted } from './inputs'
import { system } from './hosts'

const modern: readonly OsDevice[] = [
  'virtio1-block',
  'virtio1-net',
  'virtio1-scsi',
  'virtio1-rng',
  'virtio1-console',
  'virtio1-balloon',
  'virtio1-gpu',
  'virtio1-input',
  'q35',
  'qxl',
  'usb3',
  'usb-tablet',
  'e1000e',
]

export const debian = system('http://debian.org/debian/12', { devices: modern })
export const fedora = system('http://fedoraproject.org/fedora/40', { devices: modern })
/** The last without virtio's graphics and USB 3. */
export const centos6 = system('http://centos.org/centos/6.10', {
  devices: ['virtio-block', 'virtio-net', 'virtio-rng', 'virtio-console', 'qxl', 'e1000', 'ich6'],
})
export const debian3 = system('http://debian.org/debian/3', { devices: ['pcnet', 'rtl8139', 'ac97'] })
export const dos = system('http://microsoft.com/msdos/6.22', { family: 'msdos', devices: [] })
export const windows11 = system('http://microsoft.com/win/11', {
  family: 'winnt',
  devices: ['e1000e', 'q35', 'usb3', 'usb-tablet', 'ich9'],
  firmware: [
    { arch: 'x86_64', type: 'bios', isSupported: false },
    { arch: 'x86_64', type: 'efi', isSupported: true },
  ],
})
export const windowsXp = system('http://microsoft.com/win/xp', {
  family: 'winnt',
  devices: ['rtl8139', 'pcnet', 'ac97', 'usb-tablet'],
})
export const freebsd = system('http://freebsd.org/freebsd/14', {
  family: 'freebsd',
  devices: ['virtio-block', 'virtio-net', 'virtio-scsi', 'virtio-rng', 'q35', 'usb3', 'e1000e'],
})

export const iso = {
  kind: 'iso' as const,
  disc: { kind: 'path' as const, path: '/isos/install.iso' },
  second: [],
}

export const guests = {
  q35: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
  pc: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'pc' },
  tcg: { virtType: 'qemu', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
  armKvm: { virtType: 'kvm', osType: 'hvm', architecture: 'aarch64', machine: 'virt' },
  arm: { virtType: 'qemu', osType: 'hvm', architecture: 'aarch64', machine: 'virt' },
  riscv: { virtType: 'qemu', osType: 'hvm', architecture: 'riscv64', machine: 'virt' },
  s390: { virtType: 'kvm', osType: 'hvm', architecture: 's390x', machine: 's390-ccw-virtio' },
  power: { virtType: 'qemu', osType: 'hvm', architecture: 'ppc64', machine: 'pseries' },
  xenHvm: { virtType: 'xen', osType: 'hvm', architecture: 'x86_64' },
  xenPv: { virtType: 'xen', osType: 'xen', architecture: 'x86_64' },
  xenPvh: { virtType: 'xen', osType: 'xenpvh', architecture: 'x86_64' },
  test: { virtType: 'test', osType: 'hvm', architecture: 'x86_64' },
} as const satisfies Record<string, NewVmInput['guest']>

export interface Choice {
  readonly input: NewVmInput
  readonly os: OsKnowledge | undefined
}

function choice(os: OsKnowledge | undefined, more: Partial<NewVmInput>): Choice {
  return { os, input: wanted({ source: iso, ...(os ? { osId: os.id } : {}), ...more }) }
}

export const choices = {
  'Debian from an ISO': choice(debian, {}),
  'Debian with UEFI': choice(debian, { firmware: 'efi' }),
  'Debian with SPICE': choice(debian, { graphics: 'spice' }),
  'Debian without a screen': choice(debian, { graphics: 'none' }),
  'Debian on i440FX': choice(debian, { guest: guests.pc }),
  'Debian emulated': choice(debian, { guest: guests.tcg }),
  'Debian by network boot': choice(debian, { source: { kind: 'network-boot' } }),
  'Debian on an imported disk': choice(debian, {
    source: { kind: 'import' },
    disks: [existing('/images/old.qcow2')],
  }),
  'Debian over an existing disk': choice(debian, { disks: [existing('/images/old.qcow2')] }),
  'Debian from the drive of the host': choice(debian, { source: { kind: 'drive', device: '/dev/sr0' } }),
  'Debian on two raw disks that are full': choice(debian, {
    disks: [disk({ format: 'raw', isFull: true }), disk({ format: 'raw', isFull: true, bus: 'scsi' })],
  }),
  'Fedora with Secure Boot and TPM': choice(fedora, { firmware: 'efi-secure', hasTpm: true }),
  'CentOS 6 with SPICE': choice(centos6, { graphics: 'spice' }),
  'Debian 3': choice(debian3, { guest: guests.pc }),
  FreeBSD: choice(freebsd, {}),
  'Windows 11': choice(windows11, {
    firmware: 'efi-secure',
    hasTpm: true,
    vcpuCount: 4,
    source: { ...iso, second: [{ kind: 'path', path: '/isos/virtio-win.iso' }] },
  }),
  'Windows 11 with SPICE': choice(windows11, { graphics: 'spice' }),
  'MS-DOS': choice(dos, { guest: guests.pc }),
  'Windows XP': choice(windowsXp, { guest: guests.pc }),
  'An unknown system': choice(undefined, {}),
  'Nothing at all': choice(undefined, { source: { kind: 'none' }, disks: [], nics: [] }),
  'Debian on Arm': choice(debian, { guest: guests.arm }),
  'Debian on Arm with KVM': choice(debian, { guest: guests.armKvm }),
  'Debian on RISC-V': choice(debian, { guest: guests.riscv }),
  'Debian on a mainframe': choice(debian, { guest: guests.s390 }),
  'Debian on POWER': choice(debian, { guest: guests.power }),
  'Debian on Xen': choice(debian, { guest: guests.xenHvm }),
  'Debian on Xen, paravirtual': choice(debian, { guest: guests.xenPv, source: { kind: 'import' } }),
  'Debian on Xen, PVH': choice(debian, { guest: guests.xenPvh, source: { kind: 'import' } }),
  'Debian on the test driver': choice(debian, { guest: guests.test }),
} as const satisfies Record<string, Choice>
export type ChoiceName = keyof typeof choices
export const choiceNames = Object.keys(choices) as ChoiceName[]
