import { AppError } from '../../shared/errors'
import type { VmChange } from '../../shared/ipc/contract'
import type { HostId, TaskId } from '../../shared/model/ids'
import { dumpWords, type DumpMemoryInput } from '../../shared/model/save/memory-dump'
import type {
  EditSavedInput,
  KnownSave,
  RestoreFileInput,
  SavedFileRef,
  SaveOptions,
  SaveToFileInput,
} from '../../shared/model/save/saved-state'
import { isActive, whyNot } from '../../shared/model/vm'
import type { KnownSaves } from '../settings/known-saves'
import type { TaskList } from '../tasks/task-list'
import { refuseTemplate } from './refuse-template'
import { refuseWhileBusy } from './refuse-while-busy'
import { asTaskWithAnswer, runOnHost, writable } from './session-tasks'
import type { VmHosts } from './vm-actions'

/** Guests whose memory is saved to files of the host and comes back from them, as tasks. */
export class SaveActions {
  readonly #hosts: VmHosts
  readonly #tasks: TaskList
  readonly #known: KnownSaves

  constructor(parts: { readonly hosts: VmHosts; readonly tasks: TaskList; readonly known: KnownSaves }) {
    this.#hosts = parts.hosts
    this.#tasks = parts.tasks
    this.#known = parts.known
  }

  save({ host, vm: id, ...request }: SaveToFileInput): TaskId {
    const session = writable(this.#hosts, host)
    const vm = this.#hosts.vm({ host, vm: id })
    // unlike a managed one, the saved memory of a transient VM stays when the VM goes
    const reason = whyNot('save', { ...vm, isPersistent: true }, session.features)
    if (reason !== undefined) throw new AppError('invalid', `${vm.name}: ${reason}`)
    refuseWhileBusy(this.#tasks, vm)
    return this.#tasks.run(
      {
        kind: 'saves.save',
        title: `Saving ${vm.name} to ${request.path}`,
        host,
        vm: id,
        command: session.virsh(['save', vm.name, request.path, ...words(request)]),
        canCancel: true,
      },
      async (context) => {
        await session.saves.saveToFile(id, request, context)
        await this.#known.add({ host, vm: id, path: request.path, savedAtMs: Date.now() })
      },
    )
  }

  dump({ host, vm: id, ...request }: DumpMemoryInput): TaskId {
    const session = writable(this.#hosts, host)
    const vm = this.#hosts.vm({ host, vm: id })
    if (!isActive(vm.state)) throw new AppError('invalid', `${vm.name} is off: it has no memory to write`)
    refuseWhileBusy(this.#tasks, vm)
    return this.#tasks.run(
      {
        kind: 'saves.dump',
        title: `Writing the memory of ${vm.name} to ${request.path}`,
        host,
        vm: id,
        command: session.virsh(['dump', vm.name, request.path, ...dumpWords(request)]),
        // the emulator cannot stop writing its memory alone
        canCancel: !request.isMemoryOnly,
      },
      (context) => session.saves.dumpMemory(id, request, context),
    )
  }

  restore({ host, ...request }: RestoreFileInput): TaskId {
    return runOnHost(
      { hosts: this.#hosts, tasks: this.#tasks },
      host,
      {
        kind: 'saves.restore',
        title: `Restoring ${request.path}`,
        words: ['restore', request.path, ...words(request)],
      },
      async (session) => {
        const { file, vmNow } = await session.saves.savedFile(request.path)
        if (vmNow) await refuseTemplate(session, { id: file.vm, name: vmNow.name })
        await session.saves.restoreFile(request)
        await this.#known.forget({ host, vm: file.vm })
      },
    )
  }

  delete({ host, path }: SavedFileRef): TaskId {
    return runOnHost(
      { hosts: this.#hosts, tasks: this.#tasks },
      host,
      {
        kind: 'saves.delete',
        title: `Deleting the saved state ${path}`,
        words: ['vol-delete', path],
      },
      async (session) => {
        await session.saves.deleteFile(path)
        await this.#known.forgetFile(host, path)
      },
    )
  }

  async edit({ host, ...input }: EditSavedInput): Promise<void> {
    const session = writable(this.#hosts, host)
    const name = input.of.kind === 'file' ? input.of.path : this.#hosts.vm({ host, vm: input.of.vm }).name
    const verb = input.of.kind === 'file' ? 'save-image-edit' : 'managedsave-edit'
    const start = {
      kind: 'saves.edit',
      title: `Changing the saved definition of ${name}`,
      host,
      ...(input.of.kind === 'managed' ? { vm: input.of.vm } : {}),
      command: session.virsh([verb, name, ...words({ resume: input.resume, bypassCache: false })]),
    }
    await asTaskWithAnswer(this.#tasks, start, () => session.saves.editSaved(input))
  }

  known(): readonly KnownSave[] {
    return this.#known.list()
  }

  /** Whoever started it: once a VM is on, its files no longer fit its disks. */
  async saw(changes: readonly VmChange[]): Promise<void> {
    for (const change of changes) {
      if (change.kind !== 'put' || !isActive(change.vm.state)) continue
      const { host, id } = change.vm
      // its last moments on are told while it is being saved, and no file is known then
      await this.#known.forget({ host, vm: id })
    }
  }

  forgetHost(host: HostId): Promise<void> {
    return this.#known.forgetHost(host)
  }
}

function words({ resume, bypassCache }: SaveOptions): readonly string[] {
  return [...(bypassCache ? ['--bypass-cache'] : []), ...(resume === 'as-it-was' ? [] : [`--${resume}`])]
}
