/**
 * What a disc says of itself: ISO 9660's volume descriptors (ECMA-119, 8) begin at its 16th sector; the boot record among
 * them leads to El Torito's catalog of what a firmware can start. All of it is untrusted: every place is checked against
 * what is there. Windows' discs are UDF with such descriptors before it, which is what libosinfo goes by too.
 */

export const sectorBytes = 2048
export const descriptorsAt = 16 * sectorBytes
/** Discs have three or four descriptors; what comes after sixteen is not looked for. */
export const descriptorsBytes = 16 * sectorBytes

export interface IsoHeader {
  readonly systemId: string
  readonly volumeId: string
  readonly publisherId: string
  readonly applicationId: string
  readonly sizeBytes: number
  /** Where El Torito's catalog is; absent on discs that start nothing. */
  readonly bootCatalogAt?: number
}

/** `bytes` are those from `descriptorsAt` on. Undefined: no ISO 9660. */
export function readIsoHeader(bytes: Uint8Array): IsoHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let primary: Omit<IsoHeader, 'bootCatalogAt'> | undefined
  let catalogSector: number | undefined
  for (let at = 0; at + sectorBytes <= bytes.length; at += sectorBytes) {
    if (text(bytes, at + 1, 5) !== 'CD001') break
    const type = bytes[at]
    if (type === 255) break
    if (type === 1) primary ??= primaryAt(bytes, view, at)
    if (type === 0 && text(bytes, at + 7, 32) === 'EL TORITO SPECIFICATION') {
      catalogSector ??= view.getUint32(at + 71, true)
    }
  }
  if (primary === undefined) return undefined
  // a catalog in the descriptors or behind the end of the disc is none
  const bootCatalogAt = catalogSector === undefined ? 0 : catalogSector * sectorBytes
  const isWithin =
    bootCatalogAt > descriptorsAt && bootCatalogAt + sectorBytes <= Math.max(primary.sizeBytes, 0)
  return { ...primary, ...(isWithin ? { bootCatalogAt } : {}) }
}

function primaryAt(bytes: Uint8Array, view: DataView, at: number): Omit<IsoHeader, 'bootCatalogAt'> {
  return {
    systemId: text(bytes, at + 8, 32),
    volumeId: text(bytes, at + 40, 32),
    publisherId: text(bytes, at + 318, 128),
    applicationId: text(bytes, at + 574, 128),
    sizeBytes: view.getUint32(at + 80, true) * view.getUint16(at + 128, true),
  }
}

/** Up to the first NUL, without blanks at its end and without what steers terminals. */
function text(bytes: Uint8Array, at: number, length: number): string {
  let found = ''
  for (const byte of bytes.subarray(at, at + length)) {
    if (byte === 0) break
    found += byte < 32 || (byte >= 127 && byte < 160) ? ' ' : String.fromCharCode(byte)
  }
  return found.trimEnd()
}

export interface BootEntries {
  readonly startsBios: boolean
  readonly startsEfi: boolean
}

const entryBytes = 32
const efi = 0xef
const bootable = 0x88

/** El Torito's boot catalog: who is meant is said by the validation entry and by each section's header. */
export function readBootCatalog(bytes: Uint8Array): BootEntries {
  const none = { startsBios: false, startsEfi: false }
  if (bytes.length < 2 * entryBytes) return none
  if (bytes[0] !== 1 || bytes[30] !== 0x55 || bytes[31] !== 0xaa) return none
  const platforms = new Set<number>()
  let platform = bytes[1] ?? 0
  const most = Math.min(bytes.length, sectorBytes)
  for (let at = entryBytes; at + entryBytes <= most; at += entryBytes) {
    const kind = bytes[at]
    if (kind === 0x90 || kind === 0x91) platform = bytes[at + 1] ?? 0
    else if (kind === bootable) platforms.add(platform)
    // 0x44 goes on with the entry before it; 0 is an entry that does not start, or the end
  }
  return { startsBios: platforms.has(0), startsEfi: platforms.has(efi) }
}
