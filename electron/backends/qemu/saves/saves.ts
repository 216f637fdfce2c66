/** Guests whose memory is in files of a host without libvirt. */
import { AppError, errorData } from '../../../../shared/errors'
import { given } from '../../../../shared/given'
import type { VmId } from '../../../../shared/model/ids'
import type { PlanProblem } from '../../../../shared/model/new-vm/new-vm'
import { restoreProblems, writtenField } from '../../../../shared/model/save/save-rules'
import {
  folderOfPath,
  type ManagedSave,
  type ResumeState,
  type SavedFile,
  type SavedFileReport,
  type SavedFiles,
  type SavedOf,
} from '../../../../shared/model/save/saved-state'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { fingerprint } from '../../../domain-xml/hardware/view'
import { maskSecrets, unmaskSecrets } from '../../../domain-xml/secrets'
import { isTemplate } from '../../../domain-xml/template-mark'
import { writtenDomain } from '../../../domain-xml/written-domain'
import { fileFacts, writtenSince } from '../../host/memory-in-files'
import { readFolder } from '../../images/folder'
import { poolOfFolder, saveFolders } from '../../save-folders'
import type { SaveSession } from '../../save-session'
import { cancelled, toAppError } from '../errors'
import { forceOff } from '../force-off'
import { runningGuest, type QemuHost } from '../host'
import { readingSource, untilRead, wasPaused } from '../memory'
import { noFolder, setPasswords, startGuest } from '../start'
import { dumpMemory } from './dump'
import { refuseOtherHardware } from './same-hardware'
import { planSave, type SaveParts } from './save-plan'
import { imageFrom, noteOf, notePath, readImage } from './saved-file'
import { writeMemory } from './write-memory'

/** Times of files are of whole seconds, and the disks are let go of as the last of the memory is written. */
const timesDifferMs = 2000
const plainly = { resume: 'as-it-was', bypassCache: false } as const

export function savesOf(parts: SaveParts): SaveSession {
  const { host, storage } = parts
  const { store, commands, inventory } = host
  return {
    savePlan: (vm, request) => planSave(parts, vm, request),
    async saveToFile(vm, request, context) {
      refuse((await planSave(parts, vm, request)).problems, isError)
      if (context.signal.aborted) throw cancelled()
      const { entry, guest } = await runningGuest(host, vm)
      const { path, resume } = request
      const isRunning = entry.record.state === 'running'
      await writeMemory(host, entry, guest, path, context)
      try {
        const wasRunning = goesOn(resume, isRunning)
        await store.writeAt(notePath(path), noteOf({ wasRunning, definition: entry.running ?? '' }))
      } catch (error) {
        await store.command(['rm', '-f', '--', path])
        if (isRunning) await guest.execute('cont')
        throw error
      }
      await forceOff(host, vm)
      await inventory.refresh()
    },
    async dumpMemory(vm, request, context) {
      // the same room, in the same folders
      refuse((await planSave(parts, vm, { ...plainly, path: request.path })).problems, isError)
      if (context.signal.aborted) throw cancelled()
      const { entry, guest } = await runningGuest(host, vm)
      await dumpMemory(host, entry, guest, request, context)
      await inventory.refresh()
    },
    savedFiles: (folder) => listSaved(parts, folder),
    savedFile: (path) => reportSaved(host, path),
    async restoreFile({ path, evenWritten, resume }) {
      const { problems } = await reportSaved(host, path)
      refuse(problems, ({ level, field }) => level === 'error' || (field === writtenField && !evenWritten))
      await restore(host, path, resume)
    },
    async deleteFile(path) {
      // whatever else is at that path stays
      await readImage(host, path)
      const pool = poolOfFolder(await saveFolders(storage, false), folderOfPath(path))
      await storage.deleteVolume({ pool, volume: path.slice(path.lastIndexOf('/') + 1) }, false)
      await store.command(['rm', '-f', '--', notePath(path)])
    },
    managedSave: (vm) => readManaged(host, vm),
    async savedDefinition(of) {
      const document = EditDocument.parse(await definitionOf(host, of), 'the saved definition')
      return { xml: maskSecrets(document), base: fingerprint(document) }
    },
    async editSaved({ of, base, xml, resume }) {
      const before = await definitionOf(host, of)
      const now = EditDocument.parse(before, 'the saved definition')
      if (fingerprint(now) !== base)
        throw new AppError('busy', 'Somebody else has changed this definition meanwhile', {
          cure: 'Read it again, and make your change once more.',
        })
      const { document } = writtenDomain(xml)
      unmaskSecrets(document, now)
      const definition = document.toString()
      if (of.kind === 'file') {
        const { file, wasRunning } = await readImage(host, of.path)
        await refuseOtherHardware(host, file.vm, before, definition)
        const note = noteOf({ wasRunning: goesOn(resume, wasRunning), definition })
        return store.writeAt(notePath(of.path), note)
      }
      const { folder } = await inventory.find(of.vm)
      if (folder === undefined) throw noFolder()
      await refuseOtherHardware(host, of.vm, before, definition)
      await store.write(folder, 'saved.xml', definition)
      if (resume !== 'as-it-was')
        await store.write(folder, 'state.json', JSON.stringify({ savedPaused: resume === 'paused' }))
    },
  }

  /** As the host's folder shows them: a file, and the note beside it. */
  async function listSaved(_: SaveParts, wanted: string | undefined): Promise<SavedFiles> {
    const folders = await saveFolders(storage, false)
    const folder = wanted ?? folders[0]?.path
    if (folder === undefined) return { folder: '', folders, files: [], isTruncated: false }
    try {
      const { files: all, isTruncated } = await readFolder(commands, folder)
      const names = new Set(all.map(({ name }) => name))
      const candidates = all.filter(({ name, isFolder }) => !isFolder && names.has(notePath(name)))
      const notes = await store.readAt(
        folder,
        candidates.map(({ name }) => notePath(name)),
      )
      const files = candidates.flatMap(({ name, sizeBytes, modifiedAtMs }): SavedFile[] => {
        const image = imageFrom(`${folder === '/' ? '' : folder}/${name}`, notes.get(notePath(name)))
        return image
          ? [{ ...image.file, ...given('sizeBytes', sizeBytes), ...given('savedAtMs', modifiedAtMs) }]
          : []
      })
      return { folder, folders, files: files.toSorted(newestFirst), isTruncated }
    } catch (error) {
      return { folder, folders, files: [], isTruncated: false, error: errorData(toAppError(error)) }
    }
  }
}

function newestFirst(a: SavedFile, b: SavedFile): number {
  return (b.savedAtMs ?? 0) - (a.savedAtMs ?? 0) || (a.path < b.path ? -1 : 1)
}

async function reportSaved(host: QemuHost, path: string): Promise<SavedFileReport> {
  const { file, wasRunning, diskPaths } = await readImage(host, path)
  const [facts, all] = await Promise.all([fileFacts(host.commands, path), host.inventory.list()])
  const entry = all.find(({ id }) => id === file.vm)
  const writtenDisks = facts
    ? await writtenSince(host.commands, diskPaths, facts.modifiedAtMs + timesDifferMs)
    : []
  return {
    file: { ...file, ...(facts ? { sizeBytes: facts.sizeBytes, savedAtMs: facts.modifiedAtMs } : {}) },
    wasRunning,
    ...(entry ? { vmNow: { name: entry.record.name, state: entry.record.state } } : {}),
    problems: restoreProblems({
      name: file.name,
      ...(entry
        ? {
            vmNow: {
              ...entry.record,
              isTemplate: entry.stored !== undefined && isTemplate(EditDocument.parse(entry.stored).root),
            },
          }
        : {}),
      isNameTaken: all.some(({ id, record }) => id !== file.vm && record.name === file.name),
      writtenDisks,
    }),
  }
}

async function restore(host: QemuHost, path: string, resume: ResumeState): Promise<void> {
  const { file, definition, wasRunning } = await readImage(host, path)
  const id = file.vm
  const known = (await host.inventory.list()).find((entry) => entry.id === id)
  const place = known?.folder === undefined ? {} : { folder: known.folder }
  await startGuest(host, { id, definition, ...place, isIncoming: true, memoryFile: path })
  try {
    const { guest } = await runningGuest(host, id)
    await setPasswords(guest, definition)
    await guest.execute('migrate-incoming', { uri: readingSource })
    await untilRead(guest, new AbortController().signal)
    if (goesOn(resume, wasRunning)) await guest.execute('cont')
  } catch (error) {
    // what was saved is still there
    await forceOff(host, id).catch(() => undefined)
    throw error
  } finally {
    await host.inventory.refresh().catch(() => undefined)
  }
}

async function readManaged(host: QemuHost, vm: VmId): Promise<ManagedSave> {
  const { record, folder } = await host.inventory.find(vm)
  if (!record.hasSavedState || folder === undefined)
    throw new AppError('not-found', `${record.name} has no saved state`)
  const [facts, texts] = await Promise.all([
    fileFacts(host.commands, `${host.store.vmFolder(folder)}/memory.save`),
    host.store.read([`${folder}/state.json`]),
  ])
  return {
    memoryBytes: record.maxMemoryBytes,
    ...(facts ? { sizeBytes: facts.sizeBytes, savedAtMs: facts.modifiedAtMs } : {}),
    wasRunning: !wasPaused(texts.get(`${folder}/state.json`)),
  }
}

async function definitionOf(host: QemuHost, of: SavedOf): Promise<string> {
  if (of.kind === 'file') return (await readImage(host, of.path)).definition
  const { record, folder } = await host.inventory.find(of.vm)
  const path = `${folder ?? ''}/saved.xml`
  const text = folder === undefined ? undefined : (await host.store.read([path])).get(path)
  if (text === undefined) throw new AppError('not-found', `${record.name} has no saved state`)
  return text
}

function goesOn(resume: ResumeState, wasRunning: boolean): boolean {
  return resume === 'as-it-was' ? wasRunning : resume === 'running'
}

function isError({ level }: PlanProblem): boolean {
  return level === 'error'
}

function refuse(problems: readonly PlanProblem[], isWrong: (problem: PlanProblem) => boolean): void {
  const wrong = problems.find(isWrong)
  if (!wrong) return
  const { message, cure, field } = wrong
  throw new AppError('invalid', message, { ...given('cure', cure), ...given('field', field) })
}
