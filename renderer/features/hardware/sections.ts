import type { Kind } from '../../../shared/model/hardware/kind'
import type { Icon } from '../../ui/icons/icon'
import {
  BootIcon,
  ChipIcon,
  ClockIcon,
  ControllerIcon,
  CpuIcon,
  DiceIcon,
  DiskIcon,
  DisplayIcon,
  EventsIcon,
  EyeIcon,
  FolderShareIcon,
  GaugeIcon,
  HostDeviceIcon,
  IdCardIcon,
  KeyboardIcon,
  MemoryIcon,
  NetworkIcon,
  NodesIcon,
  PinIcon,
  PortIcon,
  SettingsIcon,
  ShieldIcon,
  SoundIcon,
  SystemIcon,
  TagIcon,
  TerminalIcon,
  VideoCardIcon,
} from '../../ui/icons/hardware'

export const sections = [
  'Settings',
  'Storage',
  'Network',
  'Display',
  'Ports',
  'Host devices',
  'Other',
] as const
export type Section = (typeof sections)[number]

/** Where kinds stand in the list, and how they look there. Kinds that are not named stand under "Other". */
const places: readonly (readonly [kinds: RegExp, section: Section | undefined, icon: Icon])[] = [
  [/^general$/, undefined, IdCardIcon],
  [/^os$/, undefined, SystemIcon],
  [/^cpu$/, undefined, CpuIcon],
  [/^vcpu-tuning$/, undefined, PinIcon],
  [/^numa$/, undefined, NodesIcon],
  [/^boot$/, undefined, BootIcon],
  [/^clock$/, undefined, ClockIcon],
  [/^events$/, undefined, EventsIcon],
  [/^limits$/, undefined, GaugeIcon],
  [/^smbios$/, undefined, TagIcon],
  [/^qemu$/, undefined, TerminalIcon],
  [/^rng$/, undefined, DiceIcon],
  [/^watchdog$/, undefined, EyeIcon],
  [/^(memory|memory-device|balloon)$/, undefined, MemoryIcon],
  [/^(security|tpm|launch-security)$/, undefined, ShieldIcon],
  [/^disk$/, 'Storage', DiskIcon],
  [/^filesystem$/, 'Storage', FolderShareIcon],
  [/^(controller|lease)$/, 'Storage', ControllerIcon],
  [/^nic$/, 'Network', NetworkIcon],
  [/^graphics$/, 'Display', DisplayIcon],
  [/^video$/, 'Display', VideoCardIcon],
  [/^(sound|audio)$/, 'Display', SoundIcon],
  [/^input$/, 'Display', KeyboardIcon],
  [/^(serial|parallel|console|channel|smartcard|vsock)$/, 'Ports', PortIcon],
  [/^(hostdev|pci-|usb-|scsi-|mdev|redirdev|redirfilter)/, 'Host devices', HostDeviceIcon],
]

export function sectionOf(kind: Kind): Section {
  if (kind.role === 'page') return 'Settings'
  return places.find(([kinds]) => kinds.test(kind.id))?.[1] ?? 'Other'
}

export function iconOf(kind: Kind | undefined): Icon {
  const found = kind && places.find(([kinds]) => kinds.test(kind.id))?.[2]
  return found ?? (kind?.role === 'page' ? SettingsIcon : ChipIcon)
}
