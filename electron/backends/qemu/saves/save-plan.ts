/** What saving a guest to a file comes to, and what stands against it. */
import { given } from '../../../../shared/given'
import type { VmId } from '../../../../shared/model/ids'
import { saveProblems } from '../../../../shared/model/save/save-rules'
import {
  folderOfPath,
  savedFileName,
  type SavePlan,
  type SavePlanRequest,
} from '../../../../shared/model/save/saved-state'
import { fileFacts, roomOf } from '../../host/memory-in-files'
import { roomByPools, saveFolders } from '../../save-folders'
import type { StorageSession } from '../../storage-session'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'

export interface SaveParts {
  readonly host: QemuHost
  readonly storage: Pick<StorageSession, 'pools' | 'deleteVolume'>
}

export async function planSave(
  { host, storage }: SaveParts,
  id: VmId,
  request: SavePlanRequest,
): Promise<SavePlan> {
  const entry = await host.inventory.find(id)
  const { record } = entry
  const [folders, inUseBytes] = await Promise.all([saveFolders(storage, false), readInUse(host, entry)])
  const path =
    request.path ?? `${folders[0]?.path ?? host.store.root}/${savedFileName(record.name, Date.now())}`
  const folder = folderOfPath(path)
  const [room, facts] = await Promise.all([roomOf(host.commands, folder), fileFacts(host.commands, path)])
  const freeBytes = room?.freeBytes ?? roomByPools(folders, folder)
  const memory = {
    memoryBytes: record.maxMemoryBytes,
    ...given('inUseBytes', inUseBytes),
    ...given('freeBytes', freeBytes),
  }
  const problems = saveProblems({
    ...memory,
    name: record.name,
    state: record.state,
    isPersistent: record.isPersistent,
    path,
    ...given('hasFolder', room?.isThere),
    isTaken: facts !== undefined && facts !== null,
  })
  return { path, folders, ...memory, problems: [...problems, ...cacheProblems(request)] }
}

function cacheProblems({ bypassCache }: SavePlanRequest): SavePlan['problems'] {
  if (!bypassCache) return []
  return [
    {
      level: 'warning',
      field: 'bypassCache',
      message: 'Without libvirt the memory goes through the page cache of the host.',
      cure: 'A large guest may push out of it what other VMs have there.',
    },
  ]
}

/** What the emulator has of the host's memory: pages that a guest never touched are not in it, and not in a saved file. */
async function readInUse({ commands }: QemuHost, { run }: VmEntry): Promise<number | undefined> {
  if (!run) return undefined
  const { stdout } = await commands.run(['grep', '-s', '^VmRSS:', `/proc/${run.process.pid}/status`])
  const kib = /(\d+) kB/.exec(stdout)?.[1]
  return kib === undefined ? undefined : Number(kib) * 1024
}
