/**
 * What deleting a VM would touch. libvirt itself deletes only the definition and what hangs on it; disk images are
 * deleted as volumes of a storage pool, so a file outside of every pool stays, with the reason.
 */
import { normalize } from 'node:path/posix'
import type { DeletePlan } from '../../../shared/model/delete-plan'
import type { VmId } from '../../../shared/model/ids'
import { isActive, type VmRecord } from '../../../shared/model/vm'
import type { XmlElement } from '../../domain-xml/document'
import { stampOf } from '../delete-choice'
import {
  basesOf,
  isOurSeed,
  ownImages,
  planFiles,
  usersOf,
  type FileFacts,
  type OwnFile,
} from '../delete-files'
import { goesAlongWith, partsOf } from './delete-parts'
import { given } from '../../../shared/given'
import { currentRecord, domainDocument, inactiveXml, type LibvirtHost } from './host'
import { usageFrom, type HostUses } from './storage/usage'
import { keysOf } from '../usage-definition'
import { findVolume, type Volume } from './volumes'
import { windowed } from '../windowed'
import { readDisks, type DiskSource } from '../../domain-xml/disks'

const width = 3

/** Reads who uses what on the host; `near` are the files beside which others may lie that are built on them. */
export type ReadUses = (near: readonly DiskSource[]) => Promise<HostUses>

export interface DeleteTools {
  readonly readUses: ReadUses
  /** 9000000 for 9.0.0; what can be kept depends on it. */
  readonly libVersion: number
}

export interface WorkedOutPlan {
  readonly plan: DeletePlan
  readonly record: VmRecord
  /** By the path in the plan. */
  readonly volumes: ReadonlyMap<string, Volume>
}

export async function workOutDeletePlan(
  host: LibvirtHost,
  { readUses, libVersion }: DeleteTools,
  id: VmId,
  alongWith: readonly VmId[] = [],
): Promise<WorkedOutPlan> {
  const record = await currentRecord(host, id)
  const domain = await storedDefinition(host, record)
  const [goesAlong, uses] = await Promise.all([goesAlongWith(host, record), readUses(imagesNamed(domain))])
  const usage = usageFrom(uses)
  const named = namedFiles(record, domain, uses)
  const sources = new Map(named.map(({ path, source }) => [path, source]))
  const images = ownImages(named, basesOf(usage))
  const volumes = new Map<string, Volume>()
  await windowed(images, width, async ({ path }) => {
    const volume = await findVolume(host.rpc, sources.get(path) ?? sourceAt(path))
    if (volume) volumes.set(path, volume)
  })
  const files = planFiles(images, usage, id, alongWith, (path) =>
    factsOf(sources.get(path) ?? sourceAt(path), volumes.get(path)),
  )
  const parts = partsOf(domain, libVersion, (path) =>
    usersOf(usage, normalize(path)).flatMap((user) => (user.vm === id ? [] : [user.name])),
  )
  const told = { goesAlong, parts, files, unread: uses.unread }
  return {
    record,
    plan: {
      vm: id,
      name: record.name,
      stamp: stampOf(told),
      ...given('blockedBy', isActive(record.state) ? 'The VM must be shut off first' : undefined),
      ...told,
    },
    volumes,
  }
}

export async function storedDefinition(host: LibvirtHost, record: VmRecord): Promise<XmlElement> {
  return domainDocument(host, record.id, record.isPersistent ? inactiveXml : 0)
}

/** Where its disks are. */
export function imagesNamed(domain: XmlElement): DiskSource[] {
  return readDisks(domain).flatMap(({ source, backing }) => [...(source ? [source] : []), ...backing])
}

interface NamedFile extends OwnFile {
  readonly source: DiskSource
}

/** By its definition and its snapshots. */
function namedFiles(record: VmRecord, domain: XmlElement, { named, images }: HostUses): NamedFile[] {
  const keyed = (source: DiskSource): string => keysOf(source, images.paths)[0] ?? ''
  const ofDisks = readDisks(domain).flatMap((disk): NamedFile[] => {
    const target = given('target', disk.target === '' ? undefined : disk.target)
    const below = disk.backing.map(
      (source): NamedFile => ({ path: keyed(source), source, role: 'layer', ...target }),
    )
    if (!disk.source) return below
    const path = keyed(disk.source)
    const isMedia = disk.device === 'cdrom' || disk.device === 'floppy'
    const role = isMedia ? (isOurSeed(path, record.name) ? 'seed' : 'media') : 'disk'
    const isHandled = role === 'disk' && (disk.isReadOnly || disk.isShareable || disk.device === 'lun')
    return [
      { path, source: disk.source, role, ...target, isHandled, ...given('format', disk.format) },
      ...below,
    ]
  })
  const ofSnapshots = named.flatMap(({ source, user, of }): NamedFile[] =>
    user.vm !== record.id || user.kind !== 'snapshot'
      ? []
      : [
          {
            path: keyed(source),
            source,
            role: of?.isMemory === true ? 'memory' : 'snapshot',
            ...given('target', of?.target),
          },
        ],
  )
  const os = domain.find('os')
  const ofStart = ['kernel', 'initrd', 'dtb'].flatMap((what): NamedFile[] => {
    const path = os?.textOf(what)
    if (path?.startsWith('/') !== true) return []
    return [{ path: normalize(path), source: sourceAt(path), role: 'kernel', target: what }]
  })
  return [...ofDisks, ...ofSnapshots, ...ofStart]
}

function sourceAt(path: string): DiskSource {
  return path.startsWith('/') ? { kind: 'path', path } : { kind: 'other', text: path }
}

function factsOf(source: DiskSource, volume: Volume | undefined): FileFacts {
  if (!volume) return { isFile: false, keep: whyKept(source) }
  const { handle, sizeBytes, allocationBytes, format, isFile } = volume
  return {
    isFile,
    sizeBytes,
    allocationBytes,
    ...given('format', format),
    volume: { pool: handle.pool, volume: handle.name },
  }
}

function whyKept(source: DiskSource): string {
  if (source.kind === 'other') return 'It lies on network storage, which is not deleted from here'
  if (source.kind === 'volume') return 'Its storage pool is not active, or the volume is gone'
  return 'It is in no active storage pool of the host, so libvirt cannot delete it'
}
