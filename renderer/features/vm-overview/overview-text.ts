import type { DiskSummary, DisplaySummary, NicSummary, VmOverview } from '../../../shared/model/vm-overview'
import { formatBytes } from '../../../shared/units'

/** One line of the overview. `copy` = worth taking to the clipboard as it stands. */
export interface Fact {
  readonly label: string
  readonly value: string
  readonly isMono?: boolean
  readonly canCopy?: boolean
}

const none = '–'

export function generalFacts(overview: VmOverview, hostLabel: string, runId?: number): Fact[] {
  return facts(
    ['Name', overview.name],
    ['Title', overview.title],
    ['Host', hostLabel],
    ['Operating system', overview.osName ?? (overview.osId && osName(overview.osId))],
    ['UUID', overview.uuid, { isMono: true, canCopy: true }],
    ['Id of this run', runId === undefined ? undefined : String(runId), { isMono: true }],
  )
}

export function hardwareFacts(overview: VmOverview): Fact[] {
  return facts(
    ['CPU', cpuText(overview.cpu)],
    ['CPU model', overview.cpu.model],
    ['Memory', memoryText(overview.memory)],
    ['Hypervisor', hypervisorText(overview)],
    ['Machine', overview.machine],
    ['Firmware', overview.firmware],
    ['Boot order', overview.bootOrder.length > 0 ? overview.bootOrder.join(', ') : undefined],
    ['Display', displaysText(overview.displays)],
    ['Video', overview.videoModel],
    ['Serial ports', overview.serialCount > 0 ? String(overview.serialCount) : 'None'],
    ['Guest agent', agentText(overview)],
    ['TPM', overview.hasTpm ? 'Present' : 'None'],
  )
}

function agentText({ hasGuestAgentChannel, isAgentSilent }: VmOverview): string {
  if (!hasGuestAgentChannel) return 'No channel'
  return isAgentSilent ? 'Channel present, no agent in the guest' : 'Channel present'
}

type Line = [label: string, value: string | undefined, extra?: Pick<Fact, 'isMono' | 'canCopy'>]

function facts(...lines: Line[]): Fact[] {
  return lines.flatMap(([label, value, extra]) => (value ? [{ label, value, ...extra }] : []))
}

export function cpuText({ count, maxCount, topology }: VmOverview['cpu']): string {
  const words = [`${count} ${count === 1 ? 'vCPU' : 'vCPUs'}`]
  if (maxCount > count) words.push(`of at most ${maxCount}`)
  const text = words.join(' ')
  if (!topology) return text
  const { sockets, cores, threads } = topology
  return `${text} · ${plural(sockets, 'socket')} × ${plural(cores, 'core')} × ${plural(threads, 'thread')}`
}

export function memoryText({ currentBytes, maxBytes }: VmOverview['memory']): string {
  const current = formatBytes(currentBytes)
  return maxBytes > currentBytes ? `${current} of at most ${formatBytes(maxBytes)}` : current
}

/** Names of domain types at https://libvirt.org/formatdomain.html#element-and-attribute-overview */
const virtTypes: Record<string, string> = {
  kvm: 'KVM',
  qemu: 'QEMU (emulated)',
  xen: 'Xen',
  lxc: 'Linux container',
  test: 'Test driver',
}
const osTypes: Record<string, string> = {
  hvm: 'full virtualization',
  xen: 'paravirtualized',
  linux: 'paravirtualized',
  xenpvh: 'PVH',
  exe: 'container',
}

function hypervisorText({ virtType, osType, architecture }: VmOverview): string {
  return [virtTypes[virtType] ?? virtType, osTypes[osType] ?? osType, architecture]
    .filter(Boolean)
    .join(' · ')
}

function displaysText(displays: readonly DisplaySummary[]): string {
  if (displays.length === 0) return 'None'
  return displays
    .map(({ type, address }) => (address ? `${type.toUpperCase()} on ${address}` : type.toUpperCase()))
    .join(', ')
}

/** "http://fedoraproject.org/fedora/41" is how libosinfo names Fedora 41; the address itself says little to people. */
export function osName(osId: string): string {
  const path = /^https?:\/\/[^/]+\/(.+)$/.exec(osId)?.[1]
  if (!path) return osId
  const words = path.split('/').filter(Boolean)
  return words
    .map((word, index) => (index === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word))
    .join(' ')
}

const deviceText: Record<DiskSummary['device'], string> = {
  disk: 'Disk',
  cdrom: 'CD/DVD',
  floppy: 'Floppy',
  lun: 'LUN',
}

export function diskKind({ device, bus }: DiskSummary): string {
  return bus ? `${deviceText[device]} · ${bus}` : deviceText[device]
}

export function diskNotes({ format, isReadOnly, isShareable }: DiskSummary): string {
  return [format, isReadOnly && 'read-only', isShareable && 'shared'].filter(Boolean).join(' · ') || none
}

export function nicNotes({ model, hostDevice, isLinkUp }: NicSummary): string {
  return [model, hostDevice, !isLinkUp && 'link down'].filter(Boolean).join(' · ') || none
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
