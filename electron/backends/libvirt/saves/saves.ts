/** Guests whose memory is in files of a libvirt host: https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainSaveFlags */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { writtenField } from '../../../../shared/model/save/save-rules'
import {
  folderOfPath,
  type EditSavedInput,
  type ManagedSave,
} from '../../../../shared/model/save/saved-state'
import { fingerprint } from '../../../domain-xml/hardware/view'
import { maskSecrets, unmaskSecrets } from '../../../domain-xml/secrets'
import { writtenDomain } from '../../../domain-xml/written-domain'
import type { SaveSession } from '../../save-session'
import type { StorageSession } from '../../storage-session'
import { domainOf } from '../domain-handle'
import { cancelled, toAppError } from '../errors'
import { given } from '../../../../shared/given'
import { changeTimeoutMs, currentRecord, type LibvirtHost } from '../host'
import type { HostCommands } from '../../images/host-commands'
import { poolOfFolder, saveFolders, systemFolder } from '../../save-folders'
import { fileFacts } from '../../host/memory-in-files'
import { wasRunning } from './host-files'
import { translated } from '../translated'
import { dumpToPath } from './memory-dump'
import { saveToPath } from './save-job'
import { optionFlags, planSave } from './save-plan'
import { listSaved, reportSaved } from './saved-files'
import { readImage, savedDocument } from './saved-image'

export interface SaveParts {
  readonly host: LibvirtHost
  readonly commands: HostCommands
  readonly storage: Pick<StorageSession, 'pools' | 'poolAction' | 'volumeNames' | 'deleteVolume'>
  /** Whether it is the daemon of the whole host, which keeps its files in known places. */
  readonly isSystem: boolean
  virsh(words: readonly string[]): string | undefined
}

/** A large image is read back before a restore is answered. */
const restoreTimeoutMs = 3_500_000

export function savesOf(parts: SaveParts): SaveSession {
  const { host } = parts
  return translated({
    savePlan: (vm, request) => planSave(parts, vm, request),
    async saveToFile(vm, request, context) {
      const { problems } = await planSave(parts, vm, request)
      const wrong = problems.find(({ level }) => level === 'error')
      if (wrong) throw refusal(wrong)
      if (context.signal.aborted) throw cancelled()
      const dom = domainOf(vm, host.inventory.nameOf(vm))
      await saveToPath(host, dom, { to: request.path, flags: optionFlags(request) }, context)
      await host.inventory.settle(vm).catch(() => undefined)
    },
    async dumpMemory(vm, request, context) {
      // the same room, in the same folders
      const plan = await planSave(parts, vm, { path: request.path, resume: 'as-it-was', bypassCache: false })
      const wrong = plan.problems.find(({ level }) => level === 'error')
      if (wrong) throw refusal(wrong)
      if (context.signal.aborted) throw cancelled()
      await dumpToPath(host, domainOf(vm, host.inventory.nameOf(vm)), request, context)
      await host.inventory.settle(vm).catch(() => undefined)
    },
    savedFiles: (folder) => listSaved(parts, folder),
    savedFile: (path) => reportSaved(parts, path),
    async restoreFile({ path, evenWritten, ...options }) {
      const { file, problems } = await reportSaved(parts, path)
      const wrong = problems.find(
        ({ level, field }) => level === 'error' || (field === writtenField && !evenWritten),
      )
      if (wrong) throw refusal(wrong)
      const session = await host.openAnother()
      try {
        await session.call(
          'DOMAIN_RESTORE_FLAGS',
          { from: path, dxml: null, flags: optionFlags(options) },
          { timeoutMs: restoreTimeoutMs },
        )
      } finally {
        void session.close()
      }
      await host.inventory.settle(file.vm).catch(() => undefined)
    },
    async deleteFile(path) {
      const { storage, isSystem } = parts
      // whatever else is at that path stays
      await readImage(host, path)
      const pool = poolOfFolder(await saveFolders(storage, isSystem), folderOfPath(path))
      // a file that a save has written is no volume before the pool is read anew
      await storage.poolAction(pool, 'refresh')
      await storage.deleteVolume({ pool, volume: path.slice(path.lastIndexOf('/') + 1) }, false)
    },
    managedSave: (vm) => readManaged(parts, vm),
    async savedDefinition(of) {
      const document = await savedDocument(host, of)
      return { xml: maskSecrets(document), base: fingerprint(document) }
    },
    editSaved: (input) => edit(host, input),
  })
}

function refusal({ message, cure, field }: { message: string; cure?: string; field?: string }): AppError {
  return new AppError('invalid', message, { ...given('cure', cure), ...given('field', field) })
}

async function readManaged({ host, commands, isSystem }: SaveParts, vm: VmId): Promise<ManagedSave> {
  const record = await currentRecord(host, vm)
  if (!record.hasSavedState) throw new AppError('not-found', `${record.name} has no saved state`)
  const path = `${systemFolder}/${record.name}.save`
  const isThere = isSystem && host.driver === 'QEMU'
  const [facts, ran] = isThere
    ? await Promise.all([fileFacts(commands, path), wasRunning(commands, path)])
    : [undefined, undefined]
  return {
    memoryBytes: record.maxMemoryBytes,
    ...(facts ? { sizeBytes: facts.sizeBytes, savedAtMs: facts.modifiedAtMs } : {}),
    ...given('wasRunning', ran),
  }
}

async function edit(
  host: LibvirtHost,
  { of, base, xml, resume }: Omit<EditSavedInput, 'host'>,
): Promise<void> {
  const now = await savedDocument(host, of)
  if (fingerprint(now) !== base)
    throw new AppError('busy', 'Somebody else has changed this definition meanwhile', {
      cure: 'Read it again, and make your change once more.',
    })
  const { document } = writtenDomain(xml)
  unmaskSecrets(document, now)
  const dxml = document.toString()
  const flags = optionFlags({ resume, bypassCache: false })
  const options = { timeoutMs: changeTimeoutMs }
  try {
    if (of.kind === 'file')
      await host.rpc.callJob('DOMAIN_SAVE_IMAGE_DEFINE_XML', { file: of.path, dxml, flags }, options)
    else {
      const dom = domainOf(of.vm, host.inventory.nameOf(of.vm))
      await host.rpc.callJob('DOMAIN_MANAGED_SAVE_DEFINE_XML', { dom, dxml, flags }, options)
    }
  } catch (error) {
    throw notFitting(error)
  }
}

/** libvirt compares the machine that the memory belongs to with the new one, and calls a difference by many codes. */
function notFitting(error: unknown): unknown {
  const known = toAppError(error)
  if (!(known instanceof AppError) || (known.kind !== 'unsupported' && known.kind !== 'internal'))
    return known
  return new AppError('invalid', 'The saved memory does not fit this definition', {
    cure: 'The guest must come back with the hardware it was saved with. Paths of disks, networks and displays can change. Nothing was stored.',
    ...given('detail', known.detail),
    cause: error,
  })
}
