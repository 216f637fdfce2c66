/** Disks: who reads their image, where they are plugged in, and what the guest calls them. */
import { readAt, writeAt } from '../../domain-xml/edit/path'
import type { EditElement } from '../../domain-xml/edit/tree'
import type { ConversionJob } from './job'

/** QEMU's words for what Xen's disk services call otherwise. */
const formats: Readonly<Record<string, string>> = { aio: 'raw', vhd: 'vpc', file: 'raw', phy: 'raw' }

const prefixes: Readonly<Record<string, string>> = {
  virtio: 'vd',
  sata: 'sd',
  scsi: 'sd',
  usb: 'sd',
  ide: 'hd',
  fdc: 'fd',
  xen: 'xvd',
}

export function convertDisks(job: ConversionJob): void {
  const disks = job.devices('disk')
  const taken = new Set<string>()
  // those that keep their name keep it from the others
  const plan = disks.map((disk) => ({ disk, bus: busFor(job, disk) }))
  for (const { disk, bus } of plan) if (bus === busOf(disk)) taken.add(targetOf(disk))
  const before = disks.map(targetOf)
  for (const { disk, bus } of plan) {
    const name = partOf(disk)
    if (!job.isXen) convertDriver(job, disk, name)
    convertTarget(job, disk, bus, taken)
    if (!job.isXen)
      job.remove(
        disk.find('backenddomain'),
        name,
        'A guest that serves disks to others exists under Xen only.',
        'Driver domain removed',
      )
  }
  tellNames(job, disks, before)
}

/**
 * What a Linux guest calls its disks. Fully virtual ones with Xen's drivers say xvda whatever the target; IDE and SATA both are
 * sda to it, in the order they are found. Fully virtual ones of Xen go on as before.
 */
function tellNames(job: ConversionJob, disks: readonly EditElement[], before: readonly string[]): void {
  if (job.isXen) return
  let count = 0
  for (const [at, disk] of disks.entries()) {
    const bus = busOf(disk)
    if (disk.attribute('device') === 'cdrom' || bus === 'fdc' || bus === 'usb') continue
    const to = bus === 'virtio' ? targetOf(disk) : `sd${lettersOf(count)}`
    if (bus !== 'virtio') count += 1
    const old = before[at] ?? ''
    const [, letters] = /^(?:hd|sd)([a-z]+)$/.exec(old) ?? []
    for (const from of letters === undefined ? [old] : [old, `xvd${letters}`])
      if (from !== to && from !== '') job.renamed.push({ from, to })
  }
}

function targetOf(disk: EditElement): string {
  return readAt(disk, 'target/@dev') ?? ''
}

function busOf(disk: EditElement): string {
  const named = readAt(disk, 'target/@bus')
  if (named !== undefined) return named
  // as libvirt does where no bus is named
  const [prefix = ''] = /^(xvd|hd|sd|vd|fd|ubd)/.exec(targetOf(disk)) ?? []
  return { xvd: 'xen', hd: 'ide', sd: 'scsi', vd: 'virtio', fd: 'fdc' }[prefix] ?? 'xen'
}

function partOf(disk: EditElement): string {
  return `${disk.attribute('device') === 'cdrom' ? 'Disc drive' : 'Disk'} ${targetOf(disk)}`
}

function busFor(job: ConversionJob, disk: EditElement): string {
  const before = busOf(disk)
  const isDisc = disk.attribute('device') === 'cdrom'
  if (before === 'fdc' || before === 'usb') return before
  // hvmloader finds the four places of IDE only; others are met by the guest's own drivers
  if (job.isXen) return /^xvd[a-d]$/.test(targetOf(disk)) ? 'ide' : before
  if (isDisc && !job.isX86) return 'scsi'
  if (job.usesVirtio && !isDisc) return 'virtio'
  return before === 'ide' && job.hasIde ? 'ide' : 'sata'
}

function convertDriver(job: ConversionJob, disk: EditElement, part: string): void {
  const [name, type] = [readAt(disk, 'driver/@name'), readAt(disk, 'driver/@type')]
  const format = type === undefined ? 'raw' : (formats[type] ?? type)
  if (name === 'qemu' && type === format) return
  writeAt(disk, 'driver/@name', 'qemu')
  writeAt(disk, 'driver/@type', format)
  const was = [name, type].filter((one) => one !== undefined).join(' ')
  job.tell(
    part,
    `Driver ${was === '' ? 'not said' : was} becomes qemu ${format}`,
    name === 'qemu'
      ? 'The format has another name here.'
      : 'QEMU reads the image here, and has to be told its format.',
  )
}

function convertTarget(job: ConversionJob, disk: EditElement, bus: string, taken: Set<string>): void {
  const [part, from, before] = [partOf(disk), targetOf(disk), busOf(disk)]
  if (bus === before) return
  const to = freeName(prefixes[bus] ?? 'vd', from, taken)
  taken.add(to)
  writeAt(disk, 'target/@dev', to)
  writeAt(disk, 'target/@bus', bus)
  // it is a place on the bus it had
  disk.find('address')?.remove()
  job.tell(part, `Bus ${before} becomes ${bus}, and ${from} becomes ${to}`, whyBus(job, bus, before))
  if (/^xvd[a-z]+\d+$/.test(from))
    job.warnings.push(
      `${from} is a file system without a partition table and without a boot loader. As ${to} it is a whole disk: the guest cannot start from it by itself.`,
    )
}

function whyBus(job: ConversionJob, bus: string, before: string): string {
  if (job.isXen)
    return 'A whole computer starts from IDE; once it runs, the guest meets it as a Xen disk again.'
  if (bus === 'virtio')
    return 'The fast way for a disk here. The guest needs its driver in the initial RAM disk.'
  return before === 'ide'
    ? 'The machine has no IDE.'
    : 'Every system has a driver for it, and nothing in the guest has to be prepared.'
}

/** The same letter where nobody has it: the second disk stays the second. */
function freeName(prefix: string, from: string, taken: ReadonlySet<string>): string {
  const [, letters = 'a'] = /^(?:xvd|hd|sd|vd)([a-z]+)\d*$/.exec(from) ?? []
  const same = `${prefix}${letters}`
  if (!taken.has(same)) return same
  for (let at = 0; ; at += 1) {
    const name = `${prefix}${lettersOf(at)}`
    if (!taken.has(name)) return name
  }
}

/** a … z, aa, ab … */
function lettersOf(at: number): string {
  const last = String.fromCodePoint(97 + (at % 26))
  return at < 26 ? last : `${lettersOf(Math.floor(at / 26) - 1)}${last}`
}
