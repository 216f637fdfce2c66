/**
 * What deleting a VM would touch. libvirt itself deletes only the definition and what hangs on it; disk images are
 * deleted as volumes of a storage pool, so a file outside of every pool stays, with the reason.
 */
import type { DeletePlan, DeletePlanFile } from '../../../shared/model/delete-plan'
import type { VmId } from '../../../shared/model/ids'
import { isActive, type VmRecord } from '../../../shared/model/vm'
import { RpcError, isNoDomain, type CallRet } from '../../libvirt-rpc/index'
import { domainOf } from './domain-handle'
import { findDiskUsers, type DiskUser } from './disk-users'
import { given } from './given'
import { currentRecord, domainDocument, inactiveXml, readTimeoutMs, type LibvirtHost } from './host'
import { findVolume, volumesBuiltOn, type Volume } from './volumes'
import { readDisks, sourceText, type DiskSource, type DomainDisk } from './xml/disks'
import type { XmlElement } from '../../domain-xml/document'

export interface WorkedOutPlan {
  readonly plan: DeletePlan
  readonly record: VmRecord
  /** By the path in the plan. */
  readonly volumes: ReadonlyMap<string, Volume>
}

export async function workOutDeletePlan(host: LibvirtHost, id: VmId): Promise<WorkedOutPlan> {
  const record = await currentRecord(host, id)
  const domain = await domainDocument(host, id, record.isPersistent ? inactiveXml : 0)
  const disks = bySource(readDisks(domain))
  const [goesAlong, found] = await Promise.all([
    goesAlongWith(host, record, domain),
    findVolumes(host, disks),
  ])
  const users = await findDiskUsers(host, id, wordsOf(found))
  const files = found.map((one) => planFile(one, users))
  return {
    record,
    plan: {
      vm: id,
      name: record.name,
      ...given('blockedBy', blockedBy(record)),
      goesAlong,
      files,
    },
    volumes: new Map(found.flatMap(({ path, volume }) => (volume ? [[path, volume] as const] : []))),
  }
}

function blockedBy(record: VmRecord): string | undefined {
  if (isActive(record.state)) return 'The VM must be shut off first'
  return undefined
}

interface FoundDisk {
  /** Identifies it: the path where there is one. */
  readonly path: string
  readonly source: DiskSource
  readonly disks: readonly DomainDisk[]
  readonly volume: Volume | undefined
  /** Images that are built on it and would break without it. */
  readonly overlays: readonly string[]
}

/** One image may serve several drives. */
function bySource(disks: readonly DomainDisk[]): Map<string, { source: DiskSource; disks: DomainDisk[] }> {
  const sources = new Map<string, { source: DiskSource; disks: DomainDisk[] }>()
  for (const disk of disks) {
    if (!disk.source) continue
    const text = sourceText(disk.source)
    const known = sources.get(text)
    if (known) known.disks.push(disk)
    else sources.set(text, { source: disk.source, disks: [disk] })
  }
  return sources
}

async function findVolumes(
  host: LibvirtHost,
  sources: ReadonlyMap<string, { source: DiskSource; disks: readonly DomainDisk[] }>,
): Promise<FoundDisk[]> {
  const found = new Map<string, FoundDisk>()
  for (const [text, { source, disks }] of sources) {
    const volume = await findVolume(host.rpc, source)
    const path = volume?.path ?? text
    // the same image by path and as a volume is one file
    const known = found.get(path)
    const overlays = volume ? await volumesBuiltOn(host.rpc, volume) : []
    found.set(path, { path, source, volume, overlays, disks: [...(known?.disks ?? []), ...disks] })
  }
  return [...found.values()]
}

function wordsOf(found: readonly FoundDisk[]): string[] {
  return found.flatMap(({ path, volume, overlays }) => [
    path,
    ...overlays,
    ...(volume ? [volume.handle.name] : []),
  ])
}

function planFile(found: FoundDisk, users: readonly DiskUser[]): DeletePlanFile {
  const { path, source, disks, volume, overlays } = found
  const names = [path, sourceText(source)]
  if (volume) names.push(`${volume.handle.pool}/${volume.handle.name}`)
  const usedBy = new Set(usersOf(users, names))
  for (const overlay of overlays) {
    const itsUsers = usersOf(users, [overlay])
    for (const name of itsUsers.length > 0 ? itsUsers : [`the image ${overlay}`]) usedBy.add(name)
  }
  return {
    path,
    target: disks.map((disk) => disk.target).join(', '),
    ...given('sizeBytes', volume?.sizeBytes),
    ...given('allocationBytes', volume?.allocationBytes),
    ...given('format', volume?.format ?? disks[0]?.format),
    ...given('keep', whyKept(source, volume)),
    usedBy: [...usedBy],
    isSuggested:
      volume?.isFile === true &&
      usedBy.size === 0 &&
      disks.every((disk) => disk.device === 'disk' && !disk.isReadOnly && !disk.isShareable),
  }
}

function usersOf(users: readonly DiskUser[], images: readonly string[]): string[] {
  return users.filter((user) => images.some((image) => user.images.has(image))).map((user) => user.name)
}

function whyKept(source: DiskSource, volume: Volume | undefined): string | undefined {
  if (volume) return undefined
  if (source.kind === 'other') return 'It lies on network storage, which is not deleted from here'
  if (source.kind === 'volume') return 'Its storage pool is not active, or the volume is gone'
  return 'It is in no active storage pool of the host, so libvirt cannot delete it'
}

async function goesAlongWith(host: LibvirtHost, record: VmRecord, domain: XmlElement): Promise<string[]> {
  const dom = domainOf(record.id, record.name)
  const args = { dom, need_results: 1, flags: 0 }
  const options = { timeoutMs: readTimeoutMs }
  const [snapshots, checkpoints] = await Promise.all([
    unlessUnknown(host.rpc.call('DOMAIN_LIST_ALL_SNAPSHOTS', args, options)),
    unlessUnknown(host.rpc.call('DOMAIN_LIST_ALL_CHECKPOINTS', args, options)),
  ])
  const parts: string[] = []
  if (record.hasSavedState) parts.push('saved state')
  parts.push(...counted('snapshot', snapshots?.snapshots), ...counted('checkpoint', checkpoints?.checkpoints))
  const variables = domain.find('os', 'nvram')
  const path = (variables?.find('source')?.attribute('file') ?? variables?.text() ?? '').trim()
  if (variables || domain.find('os')?.attribute('firmware') === 'efi')
    parts.push(path === '' ? 'UEFI variables' : `UEFI variables (${path})`)
  if (domain.find('devices', 'tpm', 'backend')?.attribute('type') === 'emulator') parts.push('TPM state')
  return parts
}

const mostNames = 5

/** "2 snapshots (before-upgrade, clean)". */
function counted(what: string, found: readonly { readonly name: string }[] = []): string[] {
  if (found.length === 0) return []
  const names = found.slice(0, mostNames).map(({ name }) => name)
  if (found.length > mostNames) names.push(`${found.length - mostNames} more`)
  return [`${found.length} ${what}${found.length === 1 ? '' : 's'} (${names.join(', ')})`]
}

/** Drivers without snapshots or checkpoints have none of them. */
async function unlessUnknown<T extends CallRet<'DOMAIN_LIST_ALL_SNAPSHOTS' | 'DOMAIN_LIST_ALL_CHECKPOINTS'>>(
  listing: Promise<T>,
): Promise<T | undefined> {
  try {
    return await listing
  } catch (error) {
    if (error instanceof RpcError && !isNoDomain(error)) return undefined
    throw error
  }
}
