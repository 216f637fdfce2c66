/** Looks at a disc on a host: its descriptors, then where they point for what it starts. A few kilobytes in all. */
import { AppError } from '../../shared/errors'
import type { HostId } from '../../shared/model/ids'
import type { DetectedMedium, MediumRef } from '../../shared/model/os/medium'
import type { HypervisorSession } from '../backends/backend'
import { readVolumeBytes } from '../backends/small-volume'
import type { OsCatalogue } from './catalogue'
import { identifyDisc } from './identify-disc'
import { descriptorsAt, descriptorsBytes, readBootCatalog, readIsoHeader, sectorBytes } from './iso-header'

export interface DetectHosts {
  get(host: HostId): Pick<HypervisorSession, 'storage' | 'images'>
}

/** May end with fewer bytes than were asked for: the file is shorter. */
type ReadAt = (offsetBytes: number, lengthBytes: number) => Promise<Uint8Array>

const limitMs = 20_000

/** Null: this is no disc. */
export async function detectMedium(
  hosts: DetectHosts,
  { host, place }: MediumRef,
  catalogue: () => Promise<OsCatalogue>,
  timeoutMs = limitMs,
): Promise<DetectedMedium | null> {
  const session = hosts.get(host)
  const signal = AbortSignal.timeout(timeoutMs)
  const readAt: ReadAt =
    place.kind === 'path'
      ? (offset, length) => session.images.readBytes(place.path, offset, length)
      : (offsetBytes, lengthBytes) =>
          readVolumeBytes(session.storage, place, { offsetBytes, lengthBytes }, signal)
  return unlessLate(look(readAt, catalogue), signal)
}

async function look(readAt: ReadAt, catalogue: () => Promise<OsCatalogue>): Promise<DetectedMedium | null> {
  const header = readIsoHeader(await readAt(descriptorsAt, descriptorsBytes))
  if (header === undefined) return null
  const starts =
    header.bootCatalogAt === undefined ? undefined : await readAt(header.bootCatalogAt, sectorBytes)
  const os = await identifyDisc(header, await catalogue())
  return {
    label: header.volumeId,
    sizeBytes: header.sizeBytes,
    ...readBootCatalog(starts ?? new Uint8Array()),
    ...(os === undefined ? {} : { os }),
  }
}

function unlessLate<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = (): void =>
      reject(
        new AppError('timed-out', 'The disc could not be looked at in time', {
          cure: 'The host or its storage is slow now. Try again later.',
        }),
      )
    signal.addEventListener('abort', late, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}
