/** Disks and drives of a new VM. */
import { disk, newDrive } from '../../../shared/model/hardware/kinds/disk'
import type { Values } from '../../../shared/model/hardware/field'
import { busesFor, nextTarget, takenTargets } from '../../../shared/model/hardware/targets'
import type { HardwareContext } from '../../../shared/model/hardware/kind'
import type { NewDisk, NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { CreationFacts, ResolvedImage } from '../facts'
import type { Draft } from './draft'
import type { NewGuest } from './guest'

export function addDisks(draft: Draft, input: NewVmInput, facts: CreationFacts, guest: NewGuest): void {
  for (const [at, wanted] of input.disks.entries()) {
    const image = facts.disks[at]
    if (!image) continue
    const { context } = draft
    const bus = wanted.bus ?? diskBus(context, guest)
    draft.plainDevice(disk, {
      ...newDrive('disk', context),
      ...placeOn(bus, context, guest),
      ...sourceOf(image),
      ...driverOf(image, wanted, guest),
    })
  }
  for (const image of facts.discs) {
    const { context } = draft
    draft.plainDevice(disk, {
      ...newDrive('cdrom', context),
      ...placeOn(discBus(context, guest), context, guest),
      ...sourceOf(image),
      ...(guest.isQemu ? {} : { format: undefined }),
    })
  }
  if (facts.seed) addSeed(draft, facts.seed, guest)
}

function addSeed(draft: Draft, image: ResolvedImage, guest: NewGuest): void {
  const { context } = draft
  draft.plainDevice(disk, {
    ...newDrive('cdrom', context),
    ...placeOn(seedBus(context, guest), context, guest),
    ...sourceOf(image),
    ...(guest.isQemu ? {} : { format: undefined }),
  })
}

/** Kernels of cloud images may lack the drivers of real chipsets ("cloud" of Debian has no AHCI); virtio's all have. */
export function seedBus(context: HardwareContext, guest: NewGuest): string {
  const drivesScsi = guest.drives('virtio-scsi', 'virtio1-scsi') ?? !guest.isWindows
  const hasScsi = guest.isQemu && guest.isHvm && busesFor('cdrom', context).includes('scsi')
  return hasScsi && drivesScsi ? 'scsi' : discBus(context, guest)
}

/** The fastest its system has a driver for; a system that nobody knows is taken for a present one. */
export function diskBus(context: HardwareContext, guest: NewGuest): string {
  const buses = busesFor('disk', context)
  if (guest.isXen) return guest.isHvm ? 'ide' : 'xen'
  const fallback = buses[0] ?? 'virtio'
  if (!guest.isX86) return fallback
  const drivesVirtio = guest.drives('virtio-block', 'virtio1-block') ?? !guest.isWindows
  if (drivesVirtio && buses.includes('virtio')) return 'virtio'
  return buses.find((bus) => (guest.isQ35 ? bus === 'sata' : bus === 'ide')) ?? fallback
}

/** What every installer reads: what the chipset has by itself. */
export function discBus(context: HardwareContext, guest: NewGuest): string {
  if (guest.isXen) return guest.isHvm ? 'ide' : 'xen'
  const buses = busesFor('cdrom', context)
  const own = guest.isX86 && !guest.isQ35 && buses.includes('ide') ? 'ide' : undefined
  if (own !== undefined && nextTarget(own, taken(context, guest)) !== undefined) return own
  return buses.find((bus) => bus !== 'ide') ?? buses[0] ?? 'sata'
}

function placeOn(bus: string, context: HardwareContext, guest: NewGuest): Values {
  return { bus, target: nextTarget(bus, taken(context, guest)) }
}

/** Xen emulates its first four disks as IDE disks of the same number too, so those names are taken as well. */
function taken(context: HardwareContext, guest: NewGuest): ReadonlySet<string> {
  const names = takenTargets(context)
  if (guest.isXen)
    for (const name of [...names]) {
      const letter = /^(?:xv|h)d([a-z]+)$/.exec(name)?.[1]
      if (letter !== undefined) for (const prefix of ['xvd', 'hd']) names.add(prefix + letter)
    }
  return names
}

function sourceOf({ source }: ResolvedImage): Values {
  switch (source.kind) {
    case 'volume':
      return { sourceType: 'volume', pool: source.pool, volume: source.volume }
    case 'block':
      return { sourceType: 'block', blockDevice: source.path }
    case 'file':
      return { sourceType: 'file', file: source.path }
  }
}

/** Of a hard disk. */
function driverOf({ source, format }: ResolvedImage, wanted: NewDisk, guest: NewGuest): Values {
  // Xen finds out about raw images by itself, and opens them without an emulator
  if (guest.isXen) return format === 'raw' ? { format: undefined } : { format, driverName: 'qemu' }
  if (!guest.isQemu) return { format: undefined }
  return {
    format,
    // what the guest no longer needs goes back to the host, unless the space was wanted at once
    ...(keepsSpace(wanted) ? { discard: undefined } : {}),
    // the host's cache in front of a device would only hold everything twice
    ...(source.kind === 'block' ? { cache: 'none', io: 'native' } : {}),
  }
}

export function keepsSpace(wanted: NewDisk): boolean {
  return wanted.kind === 'new' && wanted.isFull
}
