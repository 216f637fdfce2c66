/**
 * Names of devices as libvirt gives them (virtio-disk0, net0, serial0), so that whoever talks to the monitor finds a
 * device of the definition. An alias is kept: the user's, and that which a device of a running guest has already.
 */
import type { MachineFacts } from './machine-facts'
import { number } from './options'
import type { Reading } from './reading'

/** Where a disk sits on its controller. */
export interface DriveAddress {
  readonly controller: number
  readonly bus: number
  readonly target: number
  readonly unit: number
}

const numbered: Readonly<Record<string, string>> = {
  interface: 'net',
  serial: 'serial',
  parallel: 'parallel',
  console: 'console',
  channel: 'channel',
  input: 'input',
  sound: 'sound',
  video: 'video',
  watchdog: 'watchdog',
  rng: 'rng',
  memballoon: 'balloon',
  tpm: 'tpm',
  filesystem: 'fs',
  vsock: 'vsock',
  hostdev: 'hostdev',
  redirdev: 'redir',
  smartcard: 'smartcard',
  shmem: 'shmem',
  panic: 'panic',
  iommu: 'iommu',
  hub: 'hub',
  crypto: 'crypto',
  nvram: 'nvram',
  audio: 'audio',
  graphics: 'graphics',
}

export function idsOf(devices: readonly Reading[], machine: MachineFacts): Map<Reading, string> {
  const ids = new Map<Reading, string>()
  const counts = new Map<string, number>()
  const kept = keptAliases(devices)
  const taken = new Set(kept.values())
  const next = (prefix: string): string => {
    for (;;) {
      const count = counts.get(prefix) ?? 0
      counts.set(prefix, count + 1)
      if (!taken.has(`${prefix}${count}`)) return `${prefix}${count}`
    }
  }
  for (const device of devices) {
    const own = kept.get(device)
    if (own !== undefined) {
      ids.set(device, own)
      continue
    }
    const usual =
      device.name === 'disk'
        ? diskId(device, next)
        : device.name === 'controller'
          ? controllerId(device, machine, next)
          : device.name === 'memory'
            ? next(
                device.attr('model') === 'dimm'
                  ? 'dimm'
                  : (device.attr('model') ?? 'memory').replace('-', ''),
              )
            : next(numbered[device.name] ?? device.name)
    ids.set(device, usual)
  }
  return ids
}

/** Of two devices with the same alias the first has it. What is named by its place is named by nothing else. */
function keptAliases(devices: readonly Reading[]): Map<Reading, string> {
  const kept = new Map<Reading, string>()
  for (const device of devices) {
    const alias = device.child('alias')?.attr('name')
    if (alias === undefined || [...kept.values()].includes(alias)) continue
    const isOwn = alias.startsWith('ua-')
    if (isOwn || (!isNamedByPlace(device) && /^[a-z][a-z-]*\d+$/.test(alias))) kept.set(device, alias)
  }
  return kept
}

function isNamedByPlace(device: Reading): boolean {
  return (
    device.name === 'controller' ||
    (device.name === 'disk' && !['virtio', 'usb', 'nvme', 'sd'].includes(busOf(device)))
  )
}

function diskId(disk: Reading, next: (prefix: string) => string): string {
  const bus = busOf(disk)
  if (bus === 'virtio') return next('virtio-disk')
  if (bus === 'usb') return next('usb-disk')
  if (bus === 'nvme') return next('nvme')
  if (bus === 'sd') return next('sd-disk')
  const { controller, bus: channel, target, unit } = driveAddress(disk)
  return bus === 'scsi'
    ? `scsi${controller}-${channel}-${target}-${unit}`
    : `${bus}${controller}-${channel}-${unit}`
}

/** Ids of USB, IDE and SATA controllers are bus names, too: the first of a machine has a name without a number. */
export function controllerId(
  controller: Reading,
  machine: MachineFacts,
  next?: (prefix: string) => string,
): string {
  const type = controller.attr('type') ?? ''
  // companions of a fast USB controller share its number
  const isCompanion = type === 'usb' && controller.child('master') !== undefined
  const counted = isCompanion ? undefined : next?.(`count of ${type}`)
  const index = number(controller.attr('index')) ?? Number(counted?.slice(`count of ${type}`.length) ?? 0)
  if (type === 'pci') return `pci.${index}`
  if (type === 'usb') return index === 0 ? 'usb' : `usb${index}`
  if (type === 'ide' || (type === 'sata' && machine.chipset === 'q35' && index === 0)) return 'ide'
  return `${type}${index}`
}

const busByPrefix: Readonly<Record<string, string>> = {
  vd: 'virtio',
  hd: 'ide',
  sd: 'scsi',
  fd: 'fdc',
  xvd: 'xen',
}

export function busOf(disk: Reading): string {
  const target = disk.child('target')
  const bus = target?.attr('bus')
  if (bus !== undefined) return bus
  const prefix = /^([a-z]+?)[a-z]+\d*$/.exec(target?.attr('dev') ?? '')
  const dev = target?.attr('dev') ?? ''
  return busByPrefix[dev.slice(0, dev.startsWith('xvd') ? 3 : 2)] ?? prefix?.[1] ?? 'virtio'
}

/** As the definition says, or as the name of the target counts: "sdb" is the second of its bus. */
export function driveAddress(disk: Reading): DriveAddress {
  const address = disk.child('address')
  if (address?.attr('type') === 'drive') {
    const part = (name: string): number => number(address.attr(name)) ?? 0
    return { controller: part('controller'), bus: part('bus'), target: part('target'), unit: part('unit') }
  }
  const at = positionOf(disk.child('target')?.attr('dev') ?? '')
  switch (busOf(disk)) {
    case 'ide':
      return { controller: Math.floor(at / 4), bus: Math.floor((at % 4) / 2), target: 0, unit: at % 2 }
    case 'fdc':
      return { controller: Math.floor(at / 2), bus: 0, target: 0, unit: at % 2 }
    case 'sata':
      return { controller: Math.floor(at / 6), bus: 0, target: 0, unit: at % 6 }
    default:
      return { controller: Math.floor(at / 7), bus: 0, target: 0, unit: at % 7 }
  }
}

/** "sda" is 0, "sdz" 25, "sdaa" 26. */
function positionOf(dev: string): number {
  const letters = /^(?:xvd|[vhsf]d|ubd)([a-z]{1,3})/.exec(dev)?.[1] ?? 'a'
  let position = 0
  for (const letter of letters) position = position * 26 + (letter.charCodeAt(0) - 96)
  return position - 1
}
