import type { VmId } from '../../../../shared/model/ids'
import {
  folderOfPath,
  savedFileName,
  type SaveOptions,
  type SavePlan,
  type SavePlanRequest,
} from '../../../../shared/model/save/saved-state'
import { saveProblems } from '../../../../shared/model/save/save-rules'
import {
  hyperNumber,
  virDomainMemoryStatTags as tags,
  virDomainSaveRestoreFlags as saveFlags,
} from '../../../libvirt-rpc/index'
import { domainOf } from '../domain-handle'
import { given } from '../../../../shared/given'
import { currentRecord, readTimeoutMs, type LibvirtHost } from '../host'
import { roomByPools, saveFolders, systemFolder } from '../../save-folders'
import { fileFacts, roomOf } from '../../host/memory-in-files'
import type { SaveParts } from './saves'
import { isTaken } from './saved-image'

/** More kinds than there are. */
const mostStats = 32

export async function planSave(
  { host, commands, storage, isSystem, virsh }: SaveParts,
  id: VmId,
  request: SavePlanRequest,
): Promise<SavePlan> {
  const record = await currentRecord(host, id)
  const [folders, inUseBytes] = await Promise.all([
    saveFolders(storage, isSystem),
    readInUse(host, id, record.name),
  ])
  const path = request.path ?? `${folders[0]?.path ?? systemFolder}/${savedFileName(record.name, Date.now())}`
  const folder = folderOfPath(path)
  const [room, facts] = await Promise.all([roomOf(commands, folder), fileFacts(commands, path)])
  const taken = facts === undefined ? await isTaken(host, path) : facts !== null
  const freeBytes = room?.freeBytes ?? roomByPools(folders, folder)
  const found = {
    name: record.name,
    state: record.state,
    isPersistent: record.isPersistent,
    path,
    memoryBytes: record.maxMemoryBytes,
    ...given('inUseBytes', inUseBytes),
    ...given('freeBytes', freeBytes),
    ...given('hasFolder', room?.isThere),
    isTaken: taken === true,
  }
  return {
    path,
    folders,
    memoryBytes: found.memoryBytes,
    ...given('inUseBytes', inUseBytes),
    ...given('freeBytes', freeBytes),
    problems: saveProblems(found),
    ...given('command', virsh(['save', record.name, path, ...optionWords(request)])),
  }
}

/** What the emulator has of the host's memory: the pages a guest never touched are not in it, and not in a saved file. */
async function readInUse(host: LibvirtHost, id: VmId, name: string): Promise<number | undefined> {
  try {
    const { stats } = await host.rpc.call(
      'DOMAIN_MEMORY_STATS',
      { dom: domainOf(id, name), maxStats: mostStats, flags: 0 },
      { timeoutMs: readTimeoutMs },
    )
    const resident = stats.find(({ tag }) => tag === tags.VIR_DOMAIN_MEMORY_STAT_RSS)
    return resident && hyperNumber(resident.val) * 1024
  } catch {
    // one that is off has none, and not every driver counts; the plan then reckons with all of its memory
    return undefined
  }
}

export function optionWords({ resume, bypassCache }: SaveOptions): readonly string[] {
  return [...(bypassCache ? ['--bypass-cache'] : []), ...(resume === 'as-it-was' ? [] : [`--${resume}`])]
}

/** https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainSaveRestoreFlags */
export function optionFlags({ resume, bypassCache }: SaveOptions): number {
  return (
    (bypassCache ? saveFlags.VIR_DOMAIN_SAVE_BYPASS_CACHE : 0) |
    (resume === 'running' ? saveFlags.VIR_DOMAIN_SAVE_RUNNING : 0) |
    (resume === 'paused' ? saveFlags.VIR_DOMAIN_SAVE_PAUSED : 0)
  )
}
