/** Guests of a demo host whose memory is in files: the rules of a real one, without the gigabytes. */
import { AppError, errorData } from '../../../shared/errors'
import type { HostFeatures } from '../../../shared/model/host'
import {
  folderOfPath,
  savedFileName,
  type SavedFile,
  type SavedFileReport,
  type SavedOf,
  type SaveOptions,
  type SavePlan,
  type SavePlanRequest,
} from '../../../shared/model/save/saved-state'
import { restoreProblems, saveProblems, writtenField } from '../../../shared/model/save/save-rules'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { EditDocument } from '../../domain-xml/edit/tree'
import { fingerprint } from '../../domain-xml/hardware/view'
import { maskSecrets, unmaskSecrets } from '../../domain-xml/secrets'
import { writtenDomain } from '../../domain-xml/written-domain'
import { poolOfFolder, roomByPools, saveFolders, systemFolder } from '../save-folders'
import type { SaveSession } from '../save-session'
import type { StorageSession } from '../storage-session'
import { cancelled } from './clock'
import type { FakeHost } from './fake-host'
import { folderOf } from './images-files'
import type { FakeVm } from './model'
import { rebootGuest, withJob, writeMemory } from './power'
import type { SavedGuest } from './saved-memory'
import { virshLine } from './virsh-command'
import { storedXmlOf, xmlOf } from './xml'

interface Parts {
  readonly host: FakeHost
  readonly storage: Pick<StorageSession, 'pools'>
  readonly features: HostFeatures
}

/** What a guest has touched of its memory. */
const usedShare = 0.4
const restoreMs = 400

export function fakeSaves(parts: Parts, answerTime: () => Promise<void>): SaveSession {
  const { host, storage, features } = parts
  const planFor = async (vm: FakeVm, request: SavePlanRequest): Promise<SavePlan> => {
    if (!features.canSave) throw new AppError('unsupported', 'This hypervisor cannot do this')
    return plan(parts, vm, request, await saveFolders(storage, true))
  }
  const savedAt = (path: string): SavedGuest => {
    const saved = host.savedMemory.get(path)
    if (saved && host.files.has(path)) return saved
    if (host.files.has(path))
      throw new AppError('invalid', `${path} does not hold the memory of a VM`, {
        cure: 'Choose a file that "Save to file" or virsh save has written.',
        detail: 'operation failed: image magic is incorrect',
      })
    throw new AppError('not-found', `There is no file ${path} on the host`, {
      cure: 'It was moved or deleted.',
    })
  }
  return {
    async savePlan(id, request) {
      await answerTime()
      return planFor(host.get(id), request)
    },
    async saveToFile(id, request, context) {
      await answerTime()
      const vm = host.get(id)
      refuse((await planFor(vm, request)).problems, ({ level }) => level === 'error')
      if (context.signal.aborted) throw cancelled()
      const { path, resume } = request
      const xml = xmlOf(vm, host.displayPort(vm))
      const wasRunning = vm.state === 'running'
      const run = await writeMemory(host, vm, context)
      if (!run) throw new AppError('invalid', 'The VM was stopped while it was being saved')
      const sizeBytes = Math.round(vm.definition.memoryBytes * usedShare)
      const savedAtMs = host.clock.now()
      host.files.set(path, {
        sizeBytes,
        allocationBytes: sizeBytes,
        format: 'raw',
        mode: '0600',
        modifiedAtMs: savedAtMs,
      })
      host.savedMemory.set(path, {
        run,
        wasRunning: resume === 'as-it-was' ? wasRunning : resume === 'running',
        definition: vm.definition,
        xml,
        savedAtMs,
        isOvertaken: false,
      })
      if (vm.isPersistent)
        host.change(vm, { state: 'shut-off', stateReason: 'saved', run: undefined, runningXml: undefined })
      else host.remove(vm)
    },
    async dumpMemory(id, { path, ending }, context) {
      await answerTime()
      const vm = host.get(id)
      refuse(
        (await planFor(vm, { path, resume: 'as-it-was', bypassCache: false })).problems,
        ({ level }) => level === 'error',
      )
      if (context.signal.aborted) throw cancelled()
      const wasRunning = vm.state === 'running'
      const run = await writeMemory(host, vm, context)
      const sizeBytes = Math.round(vm.definition.memoryBytes * usedShare)
      host.files.set(path, { sizeBytes, allocationBytes: sizeBytes, format: 'raw', mode: '0600' })
      if (ending === 'off') return host.stop(vm, 'by the user')
      if (wasRunning) run?.clock.run()
      if (ending === 'reset') rebootGuest(host, vm)
    },
    async savedFiles(wanted) {
      await answerTime()
      const folders = await saveFolders(storage, true)
      const folder = wanted ?? folders[0]?.path ?? systemFolder
      try {
        folderOf(host, folder)
      } catch (error) {
        return { folder, folders, files: [], isTruncated: false, error: errorData(error) }
      }
      const files = [...host.savedMemory]
        .filter(([path]) => host.files.has(path) && folderOfPath(path) === folder)
        .map(([path, saved]) => fileOf(host, path, saved))
      return {
        folder,
        folders,
        files: files.toSorted((a, b) => (b.savedAtMs ?? 0) - (a.savedAtMs ?? 0)),
        isTruncated: false,
      }
    },
    async savedFile(path) {
      await answerTime()
      return report(host, path, savedAt(path))
    },
    async restoreFile({ path, resume, evenWritten }) {
      await answerTime()
      const saved = savedAt(path)
      refuse(
        report(host, path, saved).problems,
        ({ level, field }) => level === 'error' || (field === writtenField && !evenWritten),
      )
      await restore(host, saved, resume)
    },
    async deleteFile(path) {
      await answerTime()
      savedAt(path)
      poolOfFolder(await saveFolders(storage, true), folderOfPath(path))
      host.files.delete(path)
      host.savedMemory.delete(path)
    },
    async managedSave(id) {
      await answerTime()
      const vm = host.get(id)
      if (!vm.saved) throw new AppError('not-found', `${vm.definition.name} has no saved state`)
      return {
        memoryBytes: vm.definition.maxMemoryBytes,
        sizeBytes: Math.round(vm.definition.memoryBytes * usedShare),
        wasRunning: true,
      }
    },
    async savedDefinition(of) {
      await answerTime()
      const document = EditDocument.parse(savedXml(host, of, savedAt))
      return { xml: maskSecrets(document), base: fingerprint(document) }
    },
    async editSaved({ of, base, xml, resume }) {
      await answerTime()
      const now = EditDocument.parse(savedXml(host, of, savedAt))
      if (fingerprint(now) !== base)
        throw new AppError('busy', 'Somebody else has changed this definition meanwhile', {
          cure: 'Read it again, and make your change once more.',
        })
      const { document } = writtenDomain(xml)
      unmaskSecrets(document, now)
      refuseOtherMachine(now, document)
      if (of.kind === 'file') {
        const saved = savedAt(of.path)
        const wasRunning = resume === 'as-it-was' ? saved.wasRunning : resume === 'running'
        host.savedMemory.set(of.path, { ...saved, xml: document.toString(), wasRunning })
      } else host.get(of.vm).savedXml = document.toString()
    },
  }
}

function plan(
  { host }: Parts,
  vm: FakeVm,
  request: SavePlanRequest,
  folders: Awaited<ReturnType<typeof saveFolders>>,
): SavePlan {
  const { name, memoryBytes: inUse, maxMemoryBytes } = vm.definition
  const path = request.path ?? `${folders[0]?.path ?? systemFolder}/${savedFileName(name, host.clock.now())}`
  const freeBytes = roomByPools(folders, folderOfPath(path))
  const found = {
    memoryBytes: maxMemoryBytes,
    inUseBytes: Math.round(inUse * usedShare),
    ...(freeBytes === undefined ? {} : { freeBytes }),
  }
  const options = [
    ...(request.bypassCache ? ['--bypass-cache'] : []),
    ...(request.resume === 'as-it-was' ? [] : [`--${request.resume}`]),
  ]
  return {
    path,
    folders,
    ...found,
    problems: saveProblems({
      ...found,
      name,
      state: vm.state,
      isPersistent: vm.isPersistent,
      path,
      isTaken: host.files.has(path),
      hasFolder: isFolder(host, folderOfPath(path)),
    }),
    command: virshLine(['save', name, path, ...options]),
  }
}

function isFolder(host: FakeHost, path: string): boolean {
  try {
    folderOf(host, path)
    return true
  } catch {
    return false
  }
}

function refuse(problems: readonly PlanProblem[], isWrong: (problem: PlanProblem) => boolean): void {
  const wrong = problems.find(isWrong)
  if (!wrong) return
  const { message, cure, field } = wrong
  throw new AppError('invalid', message, {
    ...(cure === undefined ? {} : { cure }),
    ...(field === undefined ? {} : { field }),
  })
}

function fileOf(host: FakeHost, path: string, { definition, xml, savedAtMs }: SavedGuest): SavedFile {
  const sizeBytes = host.files.get(path)?.sizeBytes
  return {
    path,
    name: EditDocument.parse(xml).root.find('name')?.text() ?? definition.name,
    vm: definition.id,
    memoryBytes: definition.maxMemoryBytes,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    savedAtMs,
  }
}

function report(host: FakeHost, path: string, saved: SavedGuest): SavedFileReport {
  const file = fileOf(host, path, saved)
  const vm = host.vms.get(file.vm)
  const now = vm && { name: vm.definition.name, state: vm.state }
  const other = host.byName(file.name)
  return {
    file,
    wasRunning: saved.wasRunning,
    ...(now ? { vmNow: now } : {}),
    problems: restoreProblems({
      name: file.name,
      ...(vm && now
        ? {
            vmNow: {
              ...now,
              hasSavedState: vm.saved !== undefined,
              isTemplate: vm.definition.isTemplate === true,
            },
          }
        : {}),
      isNameTaken: other !== undefined && other !== vm,
      writtenDisks: saved.isOvertaken
        ? saved.definition.disks.flatMap(({ source, device }) => (device === 'disk' ? (source ?? []) : []))
        : [],
    }),
  }
}

async function restore(
  host: FakeHost,
  { run, definition, xml, wasRunning }: SavedGuest,
  resume: SaveOptions['resume'],
): Promise<void> {
  const known = host.vms.get(definition.id)
  const vm = known ?? host.define(definition, xml)
  if (!known) vm.isPersistent = false
  await withJob(host, vm, 'restore', () => host.clock.delay(restoreMs))
  host.savedMemory.overtake(definition.id)
  const isRunning = resume === 'as-it-was' ? wasRunning : resume === 'running'
  if (isRunning) run.clock.run()
  host.change(vm, {
    state: isRunning ? 'running' : 'paused',
    stateReason: isRunning ? undefined : 'restored',
    run,
    runningXml: xml,
  })
}

function savedXml(host: FakeHost, of: SavedOf, savedAt: (path: string) => SavedGuest): string {
  if (of.kind === 'file') return savedAt(of.path).xml
  const vm = host.get(of.vm)
  if (!vm.saved) throw new AppError('not-found', `${vm.definition.name} has no saved state`)
  return vm.savedXml ?? storedXmlOf(vm)
}

/** As libvirt's ABI check does, of which these are the first lines. */
function refuseOtherMachine(now: EditDocument, next: EditDocument): void {
  for (const name of ['uuid', 'memory', 'vcpu']) {
    const [before, after] = [now, next].map(({ root }) => root.find(name)?.text())
    if (before !== after)
      throw new AppError('invalid', 'The saved memory does not fit this definition', {
        cure: 'The guest must come back with the hardware it was saved with. Paths of disks, networks and displays can change. Nothing was stored.',
        detail: `unsupported configuration: Target domain ${name} ${after} does not match source ${before}`,
      })
  }
}
