/** The first sectors of discs of a demo host: ISO 9660's descriptors and El Torito's catalog, with nothing behind them. */
import { FakeContent } from './storage/volume-content'

export interface IsoWish {
  readonly volumeId: string
  readonly systemId?: string
  readonly publisherId?: string
  readonly applicationId?: string
  readonly sizeBytes?: number
  /** What it starts: "bios", "efi"; none: no catalog. */
  readonly starts?: readonly ('bios' | 'efi')[]
}

const sector = 2048
const catalogSector = 24

/** Sector 16 (offset 32 KiB) up to the end of the catalog. */
export function isoBytes(wish: IsoWish): Uint8Array {
  const bytes = new Uint8Array((catalogSector - 16 + 1) * sector)
  const view = new DataView(bytes.buffer)
  const put = (at: number, text: string, length: number): void => {
    for (let index = 0; index < length; index += 1) bytes[at + index] = text.charCodeAt(index) || 32
  }
  const begin = (at: number, type: number): void => {
    bytes[at] = type
    put(at + 1, 'CD001', 5)
    bytes[at + 6] = 1
  }
  begin(0, 1)
  put(8, wish.systemId ?? '', 32)
  put(40, wish.volumeId, 32)
  view.setUint32(80, Math.ceil((wish.sizeBytes ?? 700 * 1024 * 1024) / sector), true)
  view.setUint16(128, sector, true)
  put(318, wish.publisherId ?? '', 128)
  put(574, wish.applicationId ?? '', 128)
  const starts = wish.starts ?? []
  if (starts.length > 0) {
    begin(sector, 0)
    bytes.set(new TextEncoder().encode('EL TORITO SPECIFICATION'), sector + 7)
    view.setUint32(sector + 71, catalogSector, true)
    putCatalog(bytes.subarray((catalogSector - 16) * sector), starts)
  }
  begin((starts.length > 0 ? 2 : 1) * sector, 255)
  return bytes
}

function putCatalog(bytes: Uint8Array, starts: readonly ('bios' | 'efi')[]): void {
  const platform = (one: 'bios' | 'efi' | undefined): number => (one === 'efi' ? 0xef : 0)
  bytes.set([1, platform(starts[0])])
  bytes.set([0x55, 0xaa], 30)
  bytes[32] = 0x88
  for (const [index, one] of starts.slice(1).entries()) {
    const at = 64 + index * 64
    bytes.set([index === starts.length - 2 ? 0x91 : 0x90, platform(one), 1, 0], at)
    bytes[at + 32] = 0x88
  }
}

const discs: Readonly<Record<string, IsoWish>> = {
  'debian-12.5.0-amd64-netinst.iso': { volumeId: 'Debian 12.5.0 amd64 n', starts: ['bios', 'efi'] },
  'debian-12-netinst.iso': { volumeId: 'Debian 12.5.0 amd64 n', starts: ['bios', 'efi'] },
  'fedora-40-server.iso': {
    volumeId: 'Fedora-S-dvd-x86_64-40',
    systemId: 'LINUX',
    starts: ['bios', 'efi'],
  },
  'virtio-win.iso': { volumeId: 'virtio-win-0.1.240', systemId: 'LINUX' },
}

/** What is on a demo host's disc that nobody uploaded, by the name of its file. */
export function discContent(path: string): FakeContent | undefined {
  const wish = discs[path.slice(path.lastIndexOf('/') + 1)]
  if (wish === undefined) return undefined
  const content = new FakeContent()
  content.write(16 * sector, isoBytes(wish))
  return content
}
