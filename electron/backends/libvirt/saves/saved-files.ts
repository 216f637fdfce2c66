import { AppError, errorData } from '../../../../shared/errors'
import type { SavedFile, SavedFileReport, SavedFiles } from '../../../../shared/model/save/saved-state'
import { restoreProblems } from '../../../../shared/model/save/save-rules'
import type { HostFile } from '../../../../shared/model/storage/image'
import { isNoDomain } from '../../../libvirt-rpc/index'
import { given } from '../../../../shared/given'
import { readTimeoutMs, type LibvirtHost } from '../host'
import { readFolder } from '../../images/folder'
import { readTemplateMark } from '../template'
import { toAppError } from '../errors'
import { saveFolders } from '../../save-folders'
import { fileFacts, writtenSince } from '../../host/memory-in-files'
import { wasRunning } from './host-files'
import { imageIfSaved, readImage } from './saved-image'
import type { SaveParts } from './saves'

/** Each is opened by the daemon once. */
const maxLookedAt = 200
/** Shorter than the header of any. */
const leastBytes = 92
/** What disks, discs and firmware are called; the daemon would complain about each in its log. */
const otherFiles = /\.(qcow2?|iso|vmdk|vdi|vhdx?|ova|ovf|fd|xml|log|part)$/i
/**
 * QEMU has let go of the disks before the last of the memory is written, and libvirt ends the file's header after that.
 * So this is for times of whole seconds only: a guest that boots and ends within it has written to its disks, too.
 */
const timesDifferMs = 2_000

export async function listSaved(parts: SaveParts, wanted: string | undefined): Promise<SavedFiles> {
  const folders = await saveFolders(parts.storage, parts.isSystem)
  const folder = wanted ?? folders[0]?.path
  if (folder === undefined) return { folder: '', folders, files: [], isTruncated: false }
  try {
    const { candidates, isTruncated } = await filesIn(parts, folder, folders)
    const files: SavedFile[] = []
    for (const file of candidates) {
      const image = await imageIfSaved(parts.host, `${folder === '/' ? '' : folder}/${file.name}`)
      if (!image) continue
      files.push({
        ...image.file,
        ...given('sizeBytes', file.sizeBytes),
        ...given('savedAtMs', file.modifiedAtMs),
      })
    }
    return { folder, folders, files: files.toSorted(newestFirst), isTruncated }
  } catch (error) {
    return { folder, folders, files: [], isTruncated: false, error: errorData(toAppError(error)) }
  }
}

type Candidate = Pick<HostFile, 'name' | 'sizeBytes' | 'modifiedAtMs'>

/** By the host's own tools, or else by the pool whose folder it is. */
async function filesIn(
  { commands, storage }: SaveParts,
  folder: string,
  folders: SavedFiles['folders'],
): Promise<{ readonly candidates: readonly Candidate[]; readonly isTruncated: boolean }> {
  const all = await readFolder(commands, folder).catch(async (error: unknown) => {
    const pool = folders.find(({ path }) => path === folder)?.pool
    if (pool === undefined || !(error instanceof AppError) || error.kind !== 'unsupported') throw error
    await storage.poolAction(pool, 'refresh')
    const { volumes } = await storage.volumeNames(pool)
    return {
      files: volumes.map(({ name }): Candidate & { isFolder?: boolean } => ({ name })),
      isTruncated: false,
    }
  })
  const fit = all.files.filter(
    ({ name, sizeBytes, isFolder }) =>
      isFolder !== true && !otherFiles.test(name) && (sizeBytes ?? leastBytes) >= leastBytes,
  )
  return { candidates: fit.slice(0, maxLookedAt), isTruncated: all.isTruncated || fit.length > maxLookedAt }
}

function newestFirst(a: SavedFile, b: SavedFile): number {
  return (b.savedAtMs ?? 0) - (a.savedAtMs ?? 0) || (a.path < b.path ? -1 : 1)
}

export async function reportSaved({ host, commands }: SaveParts, path: string): Promise<SavedFileReport> {
  const { file, diskPaths } = await readImage(host, path)
  const [facts, ran, record, isNameTaken] = await Promise.all([
    fileFacts(commands, path),
    wasRunning(commands, path),
    host.inventory.refresh(file.vm),
    hasOtherOfName(host, file),
  ])
  const [isTemplate, writtenDisks] = await Promise.all([
    record ? readTemplateMark(host.rpc, file.vm) : false,
    facts ? writtenSince(commands, diskPaths, facts.modifiedAtMs + timesDifferMs) : [],
  ])
  return {
    file: {
      ...file,
      ...(facts ? { sizeBytes: facts.sizeBytes, savedAtMs: facts.modifiedAtMs } : {}),
    },
    ...given('wasRunning', ran),
    ...(record ? { vmNow: { name: record.name, state: record.state } } : {}),
    problems: restoreProblems({
      name: file.name,
      ...(record ? { vmNow: { ...record, isTemplate } } : {}),
      isNameTaken,
      writtenDisks,
    }),
  }
}

async function hasOtherOfName({ rpc }: LibvirtHost, { name, vm }: SavedFile): Promise<boolean> {
  try {
    const { dom } = await rpc.call('DOMAIN_LOOKUP_BY_NAME', { name }, { timeoutMs: readTimeoutMs })
    return dom.uuid !== vm
  } catch (error) {
    if (isNoDomain(error)) return false
    throw error
  }
}
