import { formatBytes } from '../../../../shared/units'
import type { FakeDefinition } from '../model'

/** What a small Linux prints between firmware and login, made from the VM's own hardware. */
export function firmwareLines(definition: FakeDefinition): string[] {
  return [
    `${definition.firmware === 'UEFI' ? 'UEFI firmware' : 'BIOS'} on ${definition.machine}`,
    `Memory: ${formatBytes(definition.memoryBytes)}, processors: ${definition.vcpuCount}`,
    '',
    `Starting from ${definition.disks[0]?.target ?? 'network'} ...`,
    'Loading kernel ... ok',
    'Loading initial file system ... ok',
    '',
  ]
}

export function kernelLines(definition: FakeDefinition): string[] {
  const texts = [
    `Linux version 6.1.0-demo (x86_64) #1 SMP`,
    `Command line: root=/dev/${definition.disks[0]?.target ?? 'ram0'}1 ro console=tty0`,
    `Memory: ${definition.memoryBytes / 1024}K available`,
    `smp: bringing up ${definition.vcpuCount} processor${definition.vcpuCount === 1 ? '' : 's'}`,
    `clocksource: kvm-clock`,
    `ACPI: power button registered${definition.guest.ignoresAcpi ? ' (disabled)' : ''}`,
    `PCI: probing bus 00`,
    ...definition.disks.map((disk) => `${disk.bus ?? 'disk'}: ${disk.target} attached`),
    ...definition.nics.map((nic, index) => `eth${index}: ${nic.model}, ${nic.mac}`),
    `ttyS0: 16550A serial port`,
    `random: generator is ready`,
    `EXT4-fs: root file system mounted read-only`,
  ]
  return texts.map((text, index) => `[${(index * 0.083 + 0.011).toFixed(6).padStart(12)}] ${text}`)
}

export function serviceLines(definition: FakeDefinition): string[] {
  return [
    'Check file systems',
    'Mount file systems',
    'Set clock',
    `Set host name to ${definition.name.slice(0, 40)}`,
    ...definition.nics.map((_, index) => `Bring up eth${index}`),
    'Start system log',
    ...(definition.hasGuestAgentChannel ? ['Start QEMU guest agent'] : []),
    ...(definition.guest.ignoresAcpi ? [] : ['Start ACPI event daemon']),
    'Start secure shell',
    'Start login on tty1',
  ]
}

export const panicLines = [
  'BUG: unable to handle page fault in sensor_poll',
  'Call trace:',
  '  sensor_poll+0x5c',
  '  worker_thread+0x4b',
  '  kthread+0xe8',
  'Kernel panic: fatal exception in interrupt',
  '---[ end of panic ]---',
] as const
