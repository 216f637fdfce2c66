/** Which bus suits which disk, and the next free name on it ("vdb"). */
import { itemsOf, isContainer, isQ35, isWindows, isX86, isXen, offers, type HardwareContext } from './kind'
import { plain, type Values } from './field'
import { own } from './own'

export type DiskDevice = 'disk' | 'cdrom' | 'floppy' | 'lun'

const prefixes: Record<string, string> = {
  virtio: 'vd',
  scsi: 'sd',
  sata: 'sd',
  usb: 'sd',
  sd: 'sd',
  ide: 'hd',
  fdc: 'fd',
  xen: 'xvd',
}

/** What a machine has room for; absent: as many as there are names. SATA, SCSI and VirtIO get further controllers. */
const room: Record<string, number> = { ide: 4, fdc: 2 }

export function targetPrefix(bus: string): string {
  return own(prefixes, bus) ?? 'sd'
}

/** The bus of a disk whose definition names none: libvirt goes by the target's first letters. */
export function busOf(values: Values): string {
  const bus = plain(values.bus)
  if (bus !== '') return bus
  const target = plain(values.target)
  const guesses = [
    ['vd', 'virtio'],
    ['xvd', 'xen'],
    ['hd', 'ide'],
    ['fd', 'fdc'],
    ['sd', 'scsi'],
  ] as const
  return guesses.find(([prefix]) => target.startsWith(prefix))?.[1] ?? ''
}

/** 0 is "a", 26 is "aa". */
export function diskLetters(index: number): string {
  const last = String.fromCodePoint(97 + (index % 26))
  return index < 26 ? last : diskLetters(Math.floor(index / 26) - 1) + last
}

/** The first name of a bus that nobody has; undefined when its machine has no room for another. */
export function nextTarget(bus: string, taken: ReadonlySet<string>): string | undefined {
  const prefix = targetPrefix(bus)
  const limit = own(room, bus) ?? 10_000
  for (let index = 0; index < limit; index++) {
    const name = `${prefix}${diskLetters(index)}`
    if (!taken.has(name)) return name
  }
  return undefined
}

/** The targets of all disks of a VM, those that only the running guest has included. */
export function takenTargets(context: HardwareContext): Set<string> {
  return new Set(
    itemsOf(context, 'disk').flatMap(({ values, live }) =>
      [plain(values.target), plain(live?.target)].filter((name) => name !== ''),
    ),
  )
}

export function hasRoom(bus: string, count: number): boolean {
  return count <= (own(room, bus) ?? Infinity)
}

/** Buses a device can be on in this machine, the best first. */
export function busesFor(device: DiskDevice, context: HardwareContext): string[] {
  return wanted(device, context).filter(
    (bus) => offers(context.capabilities, 'disk', 'bus', bus) !== false && isOfMachine(bus, context),
  )
}

function wanted(device: DiskDevice, context: HardwareContext): string[] {
  if (isContainer(context)) return []
  if (device === 'floppy') return ['fdc']
  if (device === 'lun') return ['scsi', 'virtio']
  if (isXen(context)) {
    const emulated = context.osType === 'hvm' ? ['ide', 'scsi'] : []
    return device === 'cdrom' ? [...emulated, 'xen'] : ['xen', ...emulated]
  }
  if (device === 'cdrom') return isX86(context) ? ['sata', 'ide', 'scsi', 'usb'] : ['scsi', 'usb', 'sata']
  // a Windows that was never given VirtIO drivers does not find its disk
  return isWindows(context)
    ? ['sata', 'ide', 'virtio', 'scsi', 'usb', 'sd']
    : ['virtio', 'scsi', 'sata', 'ide', 'usb', 'sd']
}

/** What machine types cannot have, whatever their emulator could (qemu's q35 has no IDE, microvm no PCI). */
function isOfMachine(bus: string, context: HardwareContext): boolean {
  const { machine, architecture } = context
  if (isXen(context)) return true
  if (/microvm/.test(machine)) return bus === 'virtio'
  if (architecture === 's390x') return bus === 'virtio' || bus === 'scsi'
  if (bus === 'ide') return isX86(context) ? !isQ35(context) : /^(ppc|alpha|sparc|mips)/.test(architecture)
  if (bus === 'fdc') return isX86(context)
  if (bus === 'sd') return /^(arm|aarch64)/.test(architecture) && !machine.startsWith('virt')
  if (/pseries/.test(machine)) return bus !== 'sata'
  return true
}
