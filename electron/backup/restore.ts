/** A backup as a new VM: its images are copied into ones that stand alone, and its definition gets an identity of its own. */
import { AppError, isKind } from '../../shared/errors'
import type { BackupManifest, RestoreBackupInput } from '../../shared/model/backups/backup'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { nameTaken } from '../backends/creation-session'
import type { VolumeAt } from '../backends/storage-session'
import { clonedDefinition, type DiskChange } from '../clone/definition'
import { sourceDisks } from '../clone/source-disks'
import { EditDocument } from '../domain-xml/edit/tree'
import { unmaskSecrets } from '../domain-xml/secrets'
import { freeName } from '../new-vm/free-name'
import { newVmUuid } from '../new-vm/vm-uuid'

export async function restoreBackup(
  session: HypervisorSession,
  { host, pool, name, toPool }: RestoreBackupInput,
  manifest: BackupManifest,
  { signal, onProgress }: ActionContext,
): Promise<void> {
  const { storage } = session
  const vms = await session.listVms()
  if (vms.some((vm) => vm.name === name)) throw nameTaken(name)
  const taken = new Set((await storage.volumeNames(toPool)).volumes.map((volume) => volume.name))
  const made: VolumeAt[] = []
  const disks = new Map<string, DiskChange>()
  try {
    for (const [at, { target, volume }] of manifest.disks.entries()) {
      const stem = at === 0 ? name : `${name}-${target}`
      const own = freeName({ stem, ending: '.qcow2' }, (wanted) => taken.has(wanted))
      taken.add(own)
      const share = 1 / manifest.disks.length
      await storage.cloneVolume(
        { pool, volume, toPool, name: own, format: 'qcow2' },
        { signal, onProgress: (part, amount) => onProgress((at + part) * share, amount) },
      )
      made.push({ pool: toPool, volume: own })
      const path = (await storage.volumeDetails(toPool, [own])).volumes[0]?.path
      if (path === undefined)
        throw new AppError('not-found', `The new volume ${own} is not in ${toPool} any more`)
      disks.set(target, { kind: 'put', place: { kind: 'file', path }, format: 'qcow2' })
    }
    const original = EditDocument.parse(manifest.definition, `the definition in backup ${manifest.id}`)
    // nobody knows any more what the marks stood for, so they go
    unmaskSecrets(original, EditDocument.parse('<domain/>'))
    // what is not in the backup is the original's, and both would write to it
    for (const { target, device } of sourceDisks(original.root))
      if (device === 'disk' && !disks.has(target)) disks.set(target, { kind: 'drop' })
    const uuid = newVmUuid(host, name, new Set(vms.map(({ id }) => id)))
    const { document } = clonedDefinition(original, { name, uuid, disks })
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled')
    await session.creation.define(document.toString())
    onProgress(1)
  } catch (error) {
    if (!isKind(error, 'unreachable', 'timed-out'))
      for (const at of made) await storage.deleteVolume(at, false)
    throw error
  }
}
