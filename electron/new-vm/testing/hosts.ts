/** Facts of hosts as new VMs meet them: what libvirt tells of them, cut down to what matters. */
import type { CapabilityGroup, GuestCapabilities } from '../../../shared/model/host-details'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import type { OsDevice, OsKnowledge } from '../../../shared/model/os/os'
import type { CreationFacts, ResolvedImage } from '../facts'

export const uuid = '11111111-2222-4333-8444-555555555555'

const group = (name: string, values: Record<string, readonly string[]>): CapabilityGroup => ({
  name,
  isSupported: true,
  values: Object.entries(values).map(([one, list]) => ({ name: one, values: list })),
})

/** A host of 2023 and later: libvirt 9, QEMU 7. */
const devices: readonly CapabilityGroup[] = [
  group('disk', { bus: ['ide', 'fdc', 'scsi', 'virtio', 'usb', 'sata'] }),
  group('graphics', { type: ['vnc', 'spice'] }),
  group('video', { modelType: ['vga', 'cirrus', 'qxl', 'virtio', 'none', 'bochs'] }),
  group('tpm', { model: ['tpm-tis', 'tpm-crb'], backendModel: ['passthrough', 'emulator'] }),
]

const hyperv = group('hyperv', {
  features: ['relaxed', 'vapic', 'spinlocks', 'vpindex', 'runtime', 'synic', 'stimer', 'tlbflush', 'ipi'],
})

/** What the host of an input would tell, its images and discs as files beside it. */
export function factsFor(input: NewVmInput, more: Partial<GuestCapabilities> = {}): CreationFacts {
  const { architecture, osType, virtType, machine } = input.guest
  const isX86 = architecture === 'x86_64'
  return {
    uuid,
    guestKind: {
      architecture,
      osType,
      virtTypes: [{ name: virtType, emulator: `/usr/bin/qemu-system-${architecture}` }],
      machines: [],
      features: isX86 ? ['acpi', 'apic', 'hap'] : architecture === 'aarch64' ? ['acpi', 'cpuselection'] : [],
    },
    capabilities: {
      emulator: `/usr/bin/qemu-system-${architecture}`,
      virtType,
      architecture,
      ...(machine === undefined ? {} : { machine }),
      firmware: {
        kinds: isX86 ? ['bios', 'efi'] : architecture === 'aarch64' ? ['efi'] : [],
        loaders: [],
        secureBoot: isX86 ? 'yes' : 'no',
      },
      cpuModes: ['host-passthrough', 'maximum', 'host-model', 'custom'].map((name) => ({
        name,
        isSupported: virtType === 'kvm' || name === 'maximum' || name === 'custom',
      })),
      cpuModels: [],
      devices,
      features: [hyperv],
      ...more,
    },
    disks: input.disks.map(
      (disk, at): ResolvedImage => ({
        source: { kind: 'file', path: `/images/${input.name}-${at}.img` },
        format: disk.kind === 'new' ? disk.format : 'qcow2',
      }),
    ),
    discs: discsOf(input),
  }
}

function discsOf({ source }: NewVmInput): ResolvedImage[] {
  if (source.kind === 'drive') return [{ source: { kind: 'block', path: source.device }, format: 'raw' }]
  if (source.kind !== 'iso') return []
  return [source.disc, ...source.second].map((place) => ({
    source: { kind: 'file', path: place.kind === 'path' ? place.path : `/isos/${place.volume}` },
    format: 'raw',
  }))
}

/** What the catalogue knows, as far as it matters here. */
export function system(
  id: string,
  known: { family?: string; devices: readonly OsDevice[]; firmware?: OsKnowledge['firmware'] },
): OsKnowledge {
  const shortId = id.split('/').slice(-2).join('')
  return {
    id,
    shortId,
    name: shortId,
    isEnded: false,
    shortIds: [shortId],
    derivesFrom: [],
    resources: [],
    firmware: [],
    variants: [],
    media: [],
    trees: [],
    images: [],
    scripts: [],
    family: 'linux',
    ...known,
  }
}
