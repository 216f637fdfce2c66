/** Deleting a VM: its folder first (disks without a VM are better than a VM without disks), then the chosen files. */
import { normalize } from 'node:path/posix'
import { AppError, errorData } from '../../../shared/errors'
import { given } from '../../../shared/given'
import type {
  DeleteOutcome,
  DeletePlan,
  DeletePlanFile,
  DeletePlanPart,
  FileOutcome,
} from '../../../shared/model/delete-plan'
import type { VmId } from '../../../shared/model/ids'
import { isActive } from '../../../shared/model/vm'
import { readDisks } from '../../domain-xml/disks'
import { parseXml, type XmlElement } from '../../domain-xml/document'
import type { SnapshotFacts } from '../../domain-xml/snapshots/document'
import type { ActionContext, DeleteRequest } from '../backend'
import { counted } from '../counted'
import { inDeletionOrder, refuseChosen, stampOf } from '../delete-choice'
import { basesOf, isOurSeed, ownImages, planFiles, type FileFacts, type OwnFile } from '../delete-files'
import { imagesOfSnapshot } from '../usage-definition'
import { keptCheckpoints } from './backups/checkpoints'
import { cancelled } from './errors'
import type { QemuHost } from './host'
import type { VmEntry } from './inventory'
import { readKept } from './snapshots/kept'
import type { QemuStorage } from './storage/storage'

export async function deletePlanOf(
  host: QemuHost,
  storage: QemuStorage,
  id: VmId,
  alongWith: readonly VmId[] = [],
): Promise<{ readonly plan: DeletePlan; readonly entry: VmEntry }> {
  const entry = await host.inventory.find(id)
  const { record } = entry
  const domain = parseXml(entry.stored ?? entry.running ?? '', `the definition of ${record.name}`).root
  const [usage, pools] = await Promise.all([storage.usage(), storage.pools()])
  const { folder } = entry
  const snapshots =
    folder === undefined ? [] : ((await readKept(host.store, [folder])).get(folder)?.snapshots ?? [])
  const checkpoints = folder === undefined ? [] : await keptCheckpoints(host.store, folder)
  const named = [...namedFiles(domain, record.name), ...filesOfSnapshots(snapshots)]
  const images = ownImages(named, basesOf(usage))
  const facts = await readFacts(
    host,
    images.map(({ path }) => path),
  )
  const folders = new Map(
    pools.items.flatMap(({ name, path, state }) =>
      path !== undefined && state === 'running' ? [[path, name] as const] : [],
    ),
  )
  const told = {
    goesAlong: [
      ...(record.hasSavedState ? ['saved state'] : []),
      ...counted('snapshot', snapshots),
      ...counted('checkpoint', checkpoints),
    ],
    parts: partsOf(domain),
    files: planFiles(images, usage, id, alongWith, (path) => factsOf(path, facts, folders)),
    unread: usage.unread,
  }
  const stopped = pools.items.filter(({ state }) => state === 'inactive').map(({ name }) => name)
  return {
    entry,
    plan: {
      vm: id,
      name: record.name,
      stamp: stampOf(told),
      ...given('blockedBy', isActive(record.state) ? 'The VM must be shut off first' : undefined),
      ...told,
      ...(stopped.length === 0 ? {} : { stoppedPools: stopped.toSorted() }),
    },
  }
}

/** What lies in the folder of a VM goes with it. */
function partsOf(domain: XmlElement): DeletePlanPart[] {
  const os = domain.find('os')
  const path = (os?.find('nvram')?.find('source')?.attribute('file') ?? os?.textOf('nvram') ?? '').trim()
  const hasVariables = path !== '' || os?.attribute('firmware') === 'efi'
  const fixed =
    path === ''
      ? ({ to: 'goes', why: 'They lie in the folder of the VM' } as const)
      : ({ to: 'stays', why: 'They lie outside of the folder of the VM' } as const)
  return [
    ...(hasVariables
      ? [{ kind: 'nvram', text: path === '' ? 'UEFI variables' : `UEFI variables (${path})`, fixed } as const]
      : []),
    ...(domain.find('devices', 'tpm') === undefined
      ? []
      : [
          {
            kind: 'tpm',
            text: 'TPM state',
            fixed: { to: 'goes', why: 'It lies in the folder of the VM' },
          } as const,
        ]),
  ]
}

function namedFiles(domain: XmlElement, name: string): OwnFile[] {
  const ofDisks = readDisks(domain).flatMap((disk): OwnFile[] => {
    const { source, target, device } = disk
    if (!source) return []
    const path =
      source.kind === 'path'
        ? normalize(source.path)
        : source.kind === 'volume'
          ? `${source.pool}/${source.volume}`
          : source.text
    const isMedia = device === 'cdrom' || device === 'floppy'
    const role = isMedia ? (isOurSeed(path, name) ? 'seed' : 'media') : 'disk'
    const isHandled = role === 'disk' && (disk.isReadOnly || disk.isShareable || device === 'lun')
    return [
      {
        path,
        role,
        ...given('target', target === '' ? undefined : target),
        isHandled,
        ...given('format', disk.format),
      },
    ]
  })
  const os = domain.find('os')
  const ofStart = ['kernel', 'initrd', 'dtb'].flatMap((what): OwnFile[] => {
    const path = os?.textOf(what)
    return path?.startsWith('/') === true ? [{ path: normalize(path), role: 'kernel', target: what }] : []
  })
  return [...ofDisks, ...ofStart]
}

function filesOfSnapshots(snapshots: readonly SnapshotFacts[]): OwnFile[] {
  return snapshots.flatMap(({ name, document }) =>
    imagesOfSnapshot(parseXml(document.toString(), `the snapshot ${name}`).root).flatMap(
      ({ source, target, isMemory }): OwnFile[] =>
        source.kind === 'path'
          ? [
              {
                path: normalize(source.path),
                role: isMemory === true ? 'memory' : 'snapshot',
                ...given('target', target),
              },
            ]
          : [],
    ),
  )
}

interface Seen {
  readonly isFile: boolean
  readonly sizeBytes: number
  readonly allocationBytes: number
}

async function readFacts({ commands }: QemuHost, paths: readonly string[]): Promise<Map<string, Seen>> {
  const files = paths.filter((path) => path.startsWith('/'))
  if (files.length === 0) return new Map()
  const { stdout } = await commands.run(['stat', '-L', '--printf', '%F|%s|%b|%B|%n\\0', '--', ...files])
  return new Map(
    stdout.split('\0').flatMap((line) => {
      const [, kind, size, blocks, unit, path] = /^([^|]*)\|(\d+)\|(\d+)\|(\d+)\|(.*)$/s.exec(line) ?? []
      if (path === undefined) return []
      const isFile = kind === 'regular file' || kind === 'regular empty file'
      return [[path, { isFile, sizeBytes: Number(size), allocationBytes: Number(blocks) * Number(unit) }]]
    }),
  )
}

function factsOf(
  path: string,
  facts: ReadonlyMap<string, Seen>,
  folders: ReadonlyMap<string, string>,
): FileFacts {
  const seen = facts.get(path)
  if (!path.startsWith('/'))
    return { isFile: false, keep: 'It lies on network storage, which is not deleted from here' }
  if (!seen) return { isFile: false, keep: 'The file is not there' }
  if (!seen.isFile)
    return { isFile: false, keep: 'It is no file: devices and folders are not deleted with a VM' }
  const at = path.lastIndexOf('/')
  const pool = folders.get(path.slice(0, at))
  return {
    ...seen,
    ...given('volume', pool === undefined ? undefined : { pool, volume: path.slice(at + 1) }),
  }
}

export async function deleteVm(
  host: QemuHost,
  storage: QemuStorage,
  id: VmId,
  request: DeleteRequest,
  context: ActionContext,
): Promise<DeleteOutcome> {
  if (context.signal.aborted) throw cancelled()
  const { plan, entry } = await deletePlanOf(host, storage, id)
  if (plan.blockedBy !== undefined) {
    throw new AppError('invalid', plan.blockedBy, { cure: 'Shut it down or force it off, then delete it.' })
  }
  refuseChosen(plan, request)
  if (context.signal.aborted) throw cancelled()
  if (entry.folder !== undefined) await host.store.removeFolder(entry.folder)
  await host.inventory.refresh().catch(() => undefined)
  const ends = await deleteFiles(host, plan, new Set(request.files), context)
  context.onProgress(1)
  return {
    vm: id,
    name: plan.name,
    isDeleted: true,
    keptParts: plan.parts.flatMap(({ text, fixed }) => (fixed?.to === 'stays' ? [text] : [])),
    files: plan.files.map((file) => ends.get(file.path) ?? notChosen(file)),
  }
}

function notChosen({ path, keep, usedBy, sharedWith, volume }: DeletePlanFile): FileOutcome {
  const users = [...usedBy, ...sharedWith]
  const why = keep ?? (users.length > 0 ? `Also used by ${users.join(', ')}` : 'It was not chosen')
  return { path, result: 'kept', why, ...given('volume', volume) }
}

/** A file that cannot be deleted keeps only those that it is built on. */
async function deleteFiles(
  { store }: QemuHost,
  plan: DeletePlan,
  chosen: ReadonlySet<string>,
  context: ActionContext,
): Promise<Map<string, FileOutcome>> {
  const ends = new Map<string, FileOutcome>()
  const files = inDeletionOrder(plan.files.filter(({ path }) => chosen.has(path)))
  for (const [index, { path, neededBy, volume }] of files.entries()) {
    context.onProgress(index / files.length)
    const stays = (why: string): void =>
      void ends.set(path, { path, result: 'failed', why, ...given('volume', volume) })
    const above = neededBy.find((overlay) => ends.get(overlay)?.result !== 'deleted')
    if (context.signal.aborted) stays('It was cancelled')
    else if (above !== undefined) stays(`${above} is built on it and is still there`)
    else {
      try {
        await store.command(['rm', '-f', '--', path])
        ends.set(path, { path, result: 'deleted' })
      } catch (error) {
        const { message, detail } = errorData(error)
        stays(detail === undefined ? message : `${message} (${detail})`)
      }
    }
  }
  return ends
}
