/** A backup as a new VM: its images are copied into ones that stand alone, and its definition gets an identity of its own. */
import { AppError, isKind } from '../../shared/errors'
import type { BackupManifest, RestoreBackupInput } from '../../shared/model/backups/backup'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { nameTaken } from '../backends/creation-session'
import type { CloneRequest, VolumeAt } from '../backends/storage-session'
import { clonedDefinition, type DiskChange } from '../clone/definition'
import { sourceDisks } from '../clone/source-disks'
import { filePools } from '../disk-jobs/volume-of-path'
import { EditDocument } from '../domain-xml/edit/tree'
import { hereDocument } from '../domain-xml/here-document'
import { unmaskSecrets } from '../domain-xml/secrets'
import { copyCommand } from '../domain-xml/storage/volume-commands'
import { freeName } from '../new-vm/free-name'
import { newVmUuid } from '../new-vm/vm-uuid'
import { virshOf } from './new-backup'

/** What will be made. */
export interface Restoration {
  readonly copies: readonly (CloneRequest & { readonly format: string })[]
  readonly xml: string
  /** What makes the same in a shell; absent where there is no virsh for the host. */
  readonly command?: string
}

/** A name that is taken is refused. */
export async function workOutRestore(
  session: HypervisorSession,
  { host, pool, name, toPool }: RestoreBackupInput,
  manifest: BackupManifest,
): Promise<Restoration> {
  const { storage } = session
  const vms = await session.listVms()
  if (vms.some((vm) => vm.name === name)) throw nameTaken(name)
  const folder = filePools((await storage.pools()).items).find((one) => one.name === toPool)?.path
  if (folder === undefined)
    throw new AppError('invalid', 'Choose an active pool that keeps files', { field: 'toPool' })
  const taken = new Set((await storage.volumeNames(toPool)).volumes.map((volume) => volume.name))
  const disks = new Map<string, DiskChange>()
  const copies = manifest.disks.map(({ target, volume }, at) => {
    const stem = at === 0 ? name : `${name}-${target}`
    const own = freeName({ stem, ending: '.qcow2' }, (wanted) => taken.has(wanted))
    taken.add(own)
    disks.set(target, { kind: 'put', place: { kind: 'file', path: `${folder}/${own}` }, format: 'qcow2' })
    return { pool, volume, toPool, name: own, format: 'qcow2' }
  })
  const original = EditDocument.parse(manifest.definition, `the definition in backup ${manifest.id}`)
  // nobody knows any more what the marks stood for, so they go
  unmaskSecrets(original, EditDocument.parse('<domain/>'))
  // what is not in the backup is the original's, and both would write to it
  for (const { target, device } of sourceDisks(original.root))
    if (device === 'disk' && !disks.has(target)) disks.set(target, { kind: 'drop' })
  const uuid = newVmUuid(host, name, new Set(vms.map(({ id }) => id)))
  const xml = clonedDefinition(original, { name, uuid, disks }).document.toString()
  const virsh = virshOf(session)
  if (!virsh) return { copies, xml }
  const lines = copies.map((copy, at) =>
    copyCommand(virsh, { ...copy, capacityBytes: manifest.disks[at]?.sizeBytes ?? 0 }),
  )
  return { copies, xml, command: [...lines, hereDocument(virsh(['define']), xml)].join('\n') }
}

export async function restoreBackup(
  session: HypervisorSession,
  { copies, xml }: Restoration,
  { signal, onProgress }: ActionContext,
): Promise<void> {
  const { storage } = session
  const made: VolumeAt[] = []
  try {
    for (const [at, copy] of copies.entries()) {
      await storage.cloneVolume(copy, {
        signal,
        onProgress: (part, amount) => onProgress((at + part) / copies.length, amount),
      })
      made.push({ pool: copy.toPool, volume: copy.name })
    }
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled')
    await session.creation.define(xml)
    onProgress(1)
  } catch (error) {
    if (!isKind(error, 'unreachable', 'timed-out'))
      for (const at of made) await storage.deleteVolume(at, false)
    throw error
  }
}
