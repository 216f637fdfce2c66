import type { Kind } from '../../../shared/model/hardware/kind'
import type { Icon } from '../../ui/icons/icon'
import {
  ChipIcon,
  ControllerIcon,
  CpuIcon,
  DiskIcon,
  DisplayIcon,
  FolderShareIcon,
  HostDeviceIcon,
  KeyboardIcon,
  MemoryIcon,
  NetworkIcon,
  PortIcon,
  SettingsIcon,
  ShieldIcon,
  SoundIcon,
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
  [/^(cpu|vcpu|vcpu-tuning|numa)$/, undefined, CpuIcon],
  [/^(memory|memory-device|balloon)$/, undefined, MemoryIcon],
  [/^(security|tpm|launch-security)$/, undefined, ShieldIcon],
  [/^disk$/, 'Storage', DiskIcon],
  [/^filesystem$/, 'Storage', FolderShareIcon],
  [/^(controller|lease)$/, 'Storage', ControllerIcon],
  [/^nic$/, 'Network', NetworkIcon],
  [/^(graphics|video)$/, 'Display', DisplayIcon],
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
