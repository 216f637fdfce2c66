import { createHash } from 'node:crypto'
import type { VmId } from '../../../shared/model/ids'
import type { FakeDefinition, FakeDisk, FakeGuest, FakeNic } from './model'

export const mib = 1024 ** 2
export const gib = 1024 ** 3

const imageFolder = '/var/lib/libvirt/images'

/** Differences from an ordinary small Linux server. */
export type Wish = Partial<Omit<FakeDefinition, 'id' | 'guest'>> & {
  readonly name: string
  readonly guest?: Partial<FakeGuest>
  readonly load?: Partial<FakeGuest['load']>
}

export function buildDefinition(host: string, wish: Wish): FakeDefinition {
  const { guest, load, ...rest } = wish
  const memoryBytes = wish.memoryBytes ?? 2 * gib
  const vcpuCount = wish.vcpuCount ?? 2
  return {
    id: idFor(host, wish.name),
    osId: 'http://debian.org/debian/12',
    machine: 'pc-q35-9.2',
    firmware: 'BIOS',
    vcpuCount,
    maxVcpuCount: vcpuCount,
    cpuModel: 'host-passthrough',
    memoryBytes,
    maxMemoryBytes: memoryBytes,
    disks: [disk('vda', `${wish.name}.qcow2`)],
    nics: [nic(host, wish.name, 0)],
    display: { kind: 'vnc' },
    serialCount: 1,
    hasGuestAgentChannel: true,
    hasTpm: false,
    hostDevices: [],
    ...rest,
    guest: {
      look: 'text',
      ignoresAcpi: false,
      ...guest,
      load: {
        cpu: 0.06,
        memory: 0.5,
        diskReadBytesPerSecond: 40_000,
        diskWriteBytesPerSecond: 90_000,
        netReceiveBytesPerSecond: 30_000,
        netSendBytesPerSecond: 50_000,
        ...load,
      },
    },
  }
}

/** The same name on the same demo host has the same uuid in every start of the app. */
function idFor(host: string, name: string): VmId {
  const hex = createHash('sha256').update(`${host}\n${name}`).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as VmId
}

export function disk(target: string, file: string, more: Partial<FakeDisk> = {}): FakeDisk {
  return {
    target,
    device: 'disk',
    bus: 'virtio',
    source: file.startsWith('/') ? file : `${imageFolder}/${file}`,
    sourceType: 'file',
    format: 'qcow2',
    isReadOnly: false,
    isShareable: false,
    ...more,
  }
}

export function cdrom(target: string, iso: string | undefined): FakeDisk {
  return {
    target,
    device: 'cdrom',
    bus: 'sata',
    ...(iso === undefined ? {} : { source: `${imageFolder}/${iso}` }),
    sourceType: 'file',
    format: 'raw',
    isReadOnly: true,
    isShareable: false,
  }
}

export function nic(host: string, name: string, index: number, more: Partial<FakeNic> = {}): FakeNic {
  const hex = createHash('sha256').update(`${host}\n${name}\n${index}`).digest('hex')
  return {
    // 52:54:00 is the prefix QEMU guests use
    mac: `52:54:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`,
    model: 'virtio',
    source: { kind: 'network', name: 'default' },
    isLinkUp: true,
    ...more,
  }
}
