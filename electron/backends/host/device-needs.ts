/**
 * Which devices a host itself needs and which shows its screen: from the kernel's files and lsblk. What cannot be known is
 * left out.
 */
import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import type { NodeDevice, PciDevice } from '../../../shared/model/node-device'
import type { Link } from '../../link/link'
import { readLines } from './details-files'
import { readKernelLinks, type KernelLink } from './kernel-links'

export interface HostNeeds {
  /** By block device ("/dev/sda"): where it, or something on it, is mounted. */
  readonly mounted: ReadonlyMap<string, string>
  /** Interfaces the default route leads through, down to the cards, with their MAC address. */
  readonly routed: ReadonlyMap<string, string | undefined>
  /** By address: whether the firmware shows its screen there. */
  readonly bootVga: ReadonlyMap<string, boolean>
}

const limitMs = 5000
export const noNeeds: HostNeeds = { mounted: new Map(), routed: new Map(), bootVga: new Map() }

export async function readHostNeeds(link: Link, devices: readonly NodeDevice[]): Promise<HostNeeds> {
  try {
    const [mounted, links, texts] = await Promise.all([
      readMounts(link),
      readKernelLinks(link),
      readLines(link, ['/proc/net/route', ...vgaFiles(devices).keys()]),
    ])
    const bootVga = new Map<string, boolean>()
    for (const [file, address] of vgaFiles(devices)) {
      const text = texts.get(file)?.[0]?.trim()
      if (text !== undefined) bootVga.set(address, text === '1')
    }
    return { mounted, routed: routedLinks(texts.get('/proc/net/route') ?? [], links), bootVga }
  } catch (error) {
    if (error instanceof AppError) return noNeeds
    throw error
  }
}

function vgaFiles(devices: readonly NodeDevice[]): Map<string, string> {
  const cards = devices.filter(
    (device): device is PciDevice => device.kind === 'pci' && device.classCode?.startsWith('03') === true,
  )
  return new Map(
    cards.map(({ addressText }) => [`/sys/bus/pci/devices/${addressText}/boot_vga`, addressText]),
  )
}

async function readMounts(link: Link): Promise<Map<string, string>> {
  const argv = ['lsblk', '-J', '-o', 'NAME,MOUNTPOINT']
  try {
    const { stdout, code } = await link.run(argv, { signal: AbortSignal.timeout(limitMs) })
    return code === 0 ? mountedDisks(stdout) : new Map()
  } catch (error) {
    if (error instanceof AppError) return new Map()
    throw error
  }
}

interface Block {
  readonly name: string
  readonly mountpoint?: string | null | undefined
  readonly children?: Block[] | undefined
}
const block: z.ZodType<Block> = z.lazy(() =>
  z.object({
    name: z.string(),
    mountpoint: z.string().nullish(),
    children: z.array(block).optional(),
  }),
)
const blocks = z.object({ blockdevices: z.array(block) })

/** A disk is needed when a partition, a volume or a mirror on it is mounted; the root counts before others. */
export function mountedDisks(lsblk: string): Map<string, string> {
  let parsed: unknown
  try {
    parsed = JSON.parse(lsblk)
  } catch {
    return new Map()
  }
  const read = blocks.safeParse(parsed)
  if (!read.success) return new Map()
  return new Map(
    read.data.blockdevices.flatMap((disk) => {
      const [first] = mountsIn(disk).sort((a, b) => a.length - b.length)
      return first === undefined ? [] : [[`/dev/${disk.name}`, first] as const]
    }),
  )
}

function mountsIn(disk: Block): string[] {
  return [
    ...(disk.mountpoint ? [disk.mountpoint] : []),
    ...(disk.children ?? []).flatMap((child) => mountsIn(child)),
  ]
}

/** Destination and mask of nothing mean everything (/proc/net/route is in hexadecimal). */
export function routedLinks(
  routeLines: readonly string[],
  links: readonly KernelLink[],
): Map<string, string | undefined> {
  const open = routeLines.flatMap((line) => {
    const [name, destination, , , , , , mask] = line.trim().split(/\s+/)
    return name !== undefined && destination === '00000000' && mask === '00000000' ? [name] : []
  })
  const byName = new Map(links.map((link) => [link.name, link]))
  const routed = new Map<string, string | undefined>()
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (routed.has(name)) continue
    const link = byName.get(name)
    routed.set(name, link?.mac)
    if (link?.lower !== undefined) open.push(link.lower)
    // the host's own ends of VMs are ports of its bridge, too
    open.push(...links.filter((one) => one.master === name && one.kind !== 'guest').map((one) => one.name))
  }
  return routed
}

/** Marks what the host needs, up to the controllers it hangs on. */
export function withNeeds(devices: readonly NodeDevice[], needs: HostNeeds): NodeDevice[] {
  const why = new Map<string, string>()
  for (const device of devices) {
    const reason = ownReason(device, needs)
    if (reason === undefined) continue
    for (const name of [device.name, ...carriersOf(device, devices)])
      if (!why.has(name)) why.set(name, reason)
  }
  return devices.map((device) => {
    const reason = why.get(device.name) ?? bridgeReason(device)
    const isBootVga = device.kind === 'pci' ? needs.bootVga.get(device.addressText) : undefined
    return {
      ...device,
      ...(reason === undefined ? {} : { isHostCritical: true, whyCritical: reason }),
      ...(isBootVga === undefined ? {} : { isBootVga }),
    }
  })
}

function bridgeReason(device: NodeDevice): string | undefined {
  return device.kind === 'pci' && device.isBridge ? 'Other devices of the host hang on it.' : undefined
}

function ownReason(device: NodeDevice, { mounted, routed }: HostNeeds): string | undefined {
  if (device.kind === 'storage' || device.kind === 'scsi') {
    const at = device.block === undefined ? undefined : mounted.get(device.block)
    if (at === undefined) return undefined
    return at === '[SWAP]' ? 'The host swaps to it.' : `The host has it, or a part of it, mounted at ${at}.`
  }
  if (device.kind === 'net' && routed.has(device.interface)) {
    const mac = routed.get(device.interface)
    // another address: the command ran in another network namespace than the daemon
    if (mac !== undefined && device.mac !== undefined && mac !== device.mac) return undefined
    return `The host reaches other networks through it (${device.interface}).`
  }
  return undefined
}

/** By parents and by folders of /sys, as not every kind of device is linked to the hardware it is on. */
function carriersOf(device: NodeDevice, devices: readonly NodeDevice[]): string[] {
  const byName = new Map(devices.map((one) => [one.name, one]))
  const carriers = new Set<string>()
  for (let name = device.parent; name !== undefined && !carriers.has(name); name = byName.get(name)?.parent) {
    carriers.add(name)
  }
  for (const { name, path } of devices) {
    if (path !== undefined && device.path?.startsWith(`${path}/`)) carriers.add(name)
  }
  return [...carriers]
}
