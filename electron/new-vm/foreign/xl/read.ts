/** What an xl configuration file says about its guest, and what of it needs care on a host that is not Xen. */
import type { ForeignVm } from '../../../../shared/model/new-vm/foreign'
import { badFile } from '../foreign-error'
import { bytesOfMebibytes, cpuCountOf } from '../numbers'
import { parseXlDisk } from './disk-spec'
import { parseXlSettings, type XlSettings, type XlValue } from './settings'
import { parseXlNic } from './vif-spec'

const maxDevices = 16

/** Taken along, or without meaning elsewhere. */
const understood = new Set([
  ...['name', 'type', 'builder', 'memory', 'maxmem', 'vcpus', 'maxvcpus', 'disk', 'vif', 'firmware', 'bios'],
  // a screen is chosen in the wizard
  ...['vnc', 'vnclisten', 'vncviewer', 'vncunused', 'vncconsole', 'sdl', 'vfb', 'stdvga', 'videoram', 'vga'],
  ...['acpi', 'apic', 'pae', 'uuid', 'device_model_version', 'device_model_override', 'xen_platform_pci'],
  ...['bootloader', 'bootloader_args', 'kernel', 'ramdisk', 'root', 'extra', 'cmdline', 'serial', 'boot'],
])

export function readXl(text: string): ForeignVm {
  const settings = parseXlSettings(text)
  const notes: string[] = []
  const kind = kindOf(settings)
  const isParavirtual = kind !== 'hvm'
  const disks = texts(settings, 'disk').slice(0, maxDevices).map(parseXlDisk)
  const nics = texts(settings, 'vif')
    .slice(0, maxDevices)
    .map((spec) => parseXlNic(spec, !isParavirtual))
  for (const key of ['disk', 'vif'])
    if (texts(settings, key).length > maxDevices)
      notes.push(`Of "${key}" only the first ${maxDevices} are taken.`)
  for (const { file, vdev, lost } of disks)
    if (lost.length > 0)
      notes.push(`Of the disk ${vdev ?? file ?? ''}, this is not taken along: ${lost.join(', ')}.`)
  for (const [at, { lost }] of nics.entries())
    if (lost.length > 0) notes.push(`Of network card ${at + 1}, this is not taken along: ${lost.join(', ')}.`)
  notes.push(...conversionNotes(settings, isParavirtual))
  const others = [...settings.keys()].filter((key) => !understood.has(key))
  if (others.length > 0) notes.push(`Not taken along: ${others.join(', ')}.`)
  const name = textOf(settings, 'name')
  // what the guest may grow to is what it was made for
  const memoryBytes = largest(settings, ['memory', 'maxmem'], bytesOfMebibytes)
  const vcpuCount = largest(settings, ['vcpus', 'maxvcpus'], cpuCountOf)
  if (name === undefined && memoryBytes === undefined && disks.length === 0)
    throw badFile('This is no configuration of a VM: it has neither a name nor memory nor disks')
  const isEfi = ['uefi', 'ovmf'].includes(textOf(settings, 'firmware') ?? textOf(settings, 'bios') ?? '')
  return {
    format: 'xl',
    ...(name === undefined ? {} : { name }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    // xl gives one where nothing is said
    vcpuCount: vcpuCount ?? 1,
    ...(isEfi ? { firmware: 'efi' as const } : {}),
    isParavirtual,
    disks: disks.map(({ lost: _, vdev: __, ...disk }) => disk),
    nics: nics.map(({ lost: _, ...nic }) => nic),
    notes,
  }
}

function kindOf(settings: XlSettings): 'pv' | 'pvh' | 'hvm' {
  const type = textOf(settings, 'type')
  if (type === 'hvm' || type === 'pvh' || type === 'pv') return type
  if (type !== undefined) throw badFile(`"${type}" is no type of guest: Xen has pv, pvh and hvm`)
  return textOf(settings, 'builder') === 'hvm' ? 'hvm' : 'pv'
}

/** A guest that Xen started by other means than firmware, or that knows Xen's devices only, does not start as it is. */
function conversionNotes(settings: XlSettings, isParavirtual: boolean): string[] {
  const notes: string[] = []
  const bootloader = textOf(settings, 'bootloader')
  const kernel = textOf(settings, 'kernel')
  if (isParavirtual && bootloader !== undefined)
    notes.push(
      `Xen read the kernel off the disk by ${bootloader.split('/').at(-1)}. Elsewhere the disk needs a boot loader such as GRUB in its boot record: install it in the guest before it moves.`,
    )
  if (kernel !== undefined)
    notes.push(
      `Xen started the kernel ${kernel} of the host${commandLine(settings)}. It is not taken along: the disk needs a kernel and a boot loader of its own.`,
    )
  if (isParavirtual)
    notes.push(
      'On a host without Xen its disks are called vda, vdb instead of xvda, xvdb, its console ttyS0 instead of hvc0, and its initrd needs the virtio drivers: look at fstab, the boot loader and securetty before it moves.',
    )
  return notes
}

function commandLine(settings: XlSettings): string {
  const root = textOf(settings, 'root')
  const line = [
    textOf(settings, 'cmdline') ?? (root === undefined ? undefined : `root=${root}`),
    textOf(settings, 'extra'),
  ].filter((part) => part !== undefined)
  return line.length === 0 ? '' : ` with "${line.join(' ')}"`
}

function textOf(settings: XlSettings, key: string): string | undefined {
  const value = settings.get(key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A list of texts; a single one counts as such, as it did in old files. */
function texts(settings: XlSettings, key: string): readonly string[] {
  const value: XlValue = settings.get(key) ?? []
  const list = typeof value === 'object' ? value : [value]
  return list.map((one) => {
    if (typeof one !== 'string') throw badFile(`Entries of "${key}" are texts in quotes`)
    return one
  })
}

function largest(
  settings: XlSettings,
  keys: readonly string[],
  read: (value: unknown) => number | undefined,
): number | undefined {
  const found = keys.flatMap((key) => {
    const value = settings.get(key)
    if (value === undefined) return []
    const number = read(value)
    if (number === undefined) throw badFile(`"${key}" is not usable: ${JSON.stringify(value)}`)
    return [number]
  })
  return found.length === 0 ? undefined : Math.max(...found)
}
