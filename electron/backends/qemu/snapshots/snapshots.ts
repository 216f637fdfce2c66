/** Snapshots of VMs without libvirt: what is written down lies in the VM's folder, QEMU and qemu-img do the work. */
import { dirname } from 'node:path/posix'
import type { VmId } from '../../../../shared/model/ids'
import type { Verdict } from '../../../../shared/model/snapshots/verdict'
import type { SnapshotDriver } from '../../snapshots/driver'
import { removeFile, resetFiles, worksOnFiles } from '../../snapshots/files'
import { snapshotNamed } from '../../snapshots/plans'
import { snapshotSession } from '../../snapshots/session'
import type { SnapshotSession } from '../../snapshot-session'
import { runningGuest, type QemuHost } from '../host'
import type { QemuStorage } from '../storage/storage'
import { qemuCommands } from './commands'
import { create } from './create'
import { innerDisks, removeOff, whileItRuns } from './internal'
import { forget, keep } from './kept'
import { merge } from './merge'
import { readVm, storedOf, type ReadVm } from './read'
import { named, restoreMemory, revertInternal, startAnew } from './revert'

export function snapshotsOf(
  host: QemuHost,
  storage: QemuStorage,
  changed: (vm: VmId) => void,
): SnapshotSession {
  return snapshotSession(driverOf(host, storage, changed))
}

function driverOf(host: QemuHost, storage: QemuStorage, changed: (vm: VmId) => void): SnapshotDriver {
  let works: Promise<Verdict> | undefined
  const read = async (id: VmId): Promise<ReadVm> =>
    readVm(host, id, await (works ??= worksOnFiles(host.commands)))
  const folderOf = async (id: VmId): Promise<string> => storedOf(await host.inventory.find(id)).folder
  return {
    read: async (id) => (await read(id)).reading,
    async usersOf(paths) {
      // a clone that was made beside one of them a moment ago is known to no pool
      const { users } = await storage.usageNear([...new Set(paths.map((path) => dirname(path)))])
      return new Map(paths.map((path) => [path, users[path] ?? []]))
    },
    create: async (id, order, context) => create(host, id, await read(id), order, context),
    revertInternal: async (id, name, start) => revertInternal(host, id, await read(id), name, start),
    resetOverlays: (_, overlays, memoryFile) => resetFiles(host.commands, overlays, memoryFile),
    async restoreMemory(id, { file, definition, wasPaused }, start) {
      const isPaused = start === 'as-was' ? wasPaused : start === 'paused'
      const entry = await host.inventory.find(id)
      await restoreMemory(host, id, {
        folder: storedOf(entry).folder,
        file,
        definition: named(definition.toString(), entry.record.name),
        isPaused,
      })
    },
    async startVm(id, start) {
      const { folder, stored } = storedOf(await host.inventory.find(id))
      await startAnew(host, id, { definition: stored, folder, isPaused: start === 'paused' })
    },
    merge: async (id, order, context) => merge(host, id, await read(id), order, context),
    async removeData(id, name) {
      const { reading } = await read(id)
      const disks = innerDisks(snapshotNamed(reading, name))
      if (reading.vm.isActive) {
        const { guest } = await runningGuest(host, id)
        await whileItRuns(guest, 'delete', name, disks, quiet)
      } else await removeOff(host.commands, name, disks)
      await forget(host.store, await folderOf(id), name)
    },
    forget: async (id, name) => forget(host.store, await folderOf(id), name),
    redefine: async (id, document, isCurrent) => keep(host.store, await folderOf(id), document, isCurrent),
    removeFile: (path) => removeFile(host.commands, path),
    commands: qemuCommands(),
    changed,
  }
}

/** Removing is one short step. */
const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
