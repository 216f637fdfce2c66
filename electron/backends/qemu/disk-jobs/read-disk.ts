/** One disk of a VM: its images, as it runs or as it is stored. */
import { AppError } from '../../../../shared/errors'
import { given } from '../../../../shared/given'
import type { DiskFacts } from '../../../../shared/model/disk-jobs/disk-job'
import { readDisks, sourceText, type DomainDisk } from '../../../domain-xml/disks'
import { parseXml } from '../../../domain-xml/document'
import { readImage } from '../../images/chain'
import { noDisk } from '../blocks/definitions'
import { openDisk } from '../blocks/nodes'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { readKept } from '../snapshots/kept'

export interface DefinedDisk {
  readonly disk: DomainDisk
  /** Of a file or device of the host. */
  readonly path?: string
}

export function diskIn({ running, stored, record }: VmEntry, target: string): DefinedDisk {
  const domain = parseXml(running ?? stored ?? '', `the definition of ${record.name}`).root
  const disk = readDisks(domain).find((one) => one.target === target)
  if (!disk) throw noDisk(target)
  return { disk, ...(disk.source?.kind === 'path' ? { path: disk.source.path } : {}) }
}

export async function readDisk(host: QemuHost, entry: VmEntry, target: string): Promise<DiskFacts> {
  const { disk, path } = diskIn(entry, target)
  const { folder = '', guest } = entry
  const kept = folder === '' ? undefined : (await readKept(host.store, [folder])).get(folder)
  const facts = {
    target,
    device: disk.device,
    isRunning: entry.run !== undefined,
    isPersistent: entry.record.isPersistent,
    isReadOnly: disk.isReadOnly,
    snapshots: kept?.snapshots.map(({ name }) => name) ?? [],
  }
  const isFile = path !== undefined && !path.startsWith('/dev/')
  if (path !== undefined && guest) {
    const { top } = await openDisk(guest, target, path)
    return {
      ...facts,
      layers: [
        { place: path, isFile, format: top.format },
        ...top.below.map((image) => ({
          place: image.path,
          isFile: image.path.startsWith('/') && !image.path.startsWith('/dev/'),
          format: image.format,
        })),
      ],
      sizeBytes: top.virtualBytes,
    }
  }
  const place = disk.source === undefined ? undefined : sourceText(disk.source)
  return {
    ...facts,
    layers: place === undefined ? [] : [{ place, isFile, ...given('format', disk.format) }],
    ...given('sizeBytes', path === undefined ? undefined : await sizeOf(host, path)),
  }
}

/** Absent for one that is not there: whatever needs it tells so. */
async function sizeOf({ commands }: QemuHost, path: string): Promise<number | undefined> {
  try {
    return (await readImage(commands, path)).info.virtualSizeBytes
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
