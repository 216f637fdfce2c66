import { AppError, isKind } from '../../shared/errors'
import type {
  Backup,
  BackUpInput,
  BackupManifest,
  BackupsView,
  DeleteBackupInput,
  HostBackups,
  RestoreBackupInput,
} from '../../shared/model/backups/backup'
import { manifestName } from '../../shared/model/backups/backup-names'
import type { HostId, TaskId, VmId, VmRef } from '../../shared/model/ids'
import { isActive } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { backUp } from '../backup/back-up'
import { findBackups, lookAtBackups, type KnownManifests } from '../backup/look'
import { newBackup, newBackupCommand, virshOf } from '../backup/new-backup'
import { restoreBackup, workOutRestore } from '../backup/restore'
import { asClonePool, filePools } from '../disk-jobs/volume-of-path'
import type { TaskList } from '../tasks/task-list'
import { refuseWhileBusy } from './refuse-while-busy'
import { runOnHost, writable } from './session-tasks'
import type { VmHosts } from './vm-actions'

/** Backups of VMs as tasks. What stands against one is refused at once. */
export class BackupActions {
  readonly #known = new Map<HostId, KnownManifests>()

  constructor(
    private readonly parts: {
      readonly hosts: VmHosts
      readonly tasks: TaskList
      readonly now?: () => number
    },
  ) {}

  async view(ref: VmRef): Promise<BackupsView> {
    const { hosts } = this.parts
    return (await lookAtBackups(hosts.get(ref.host), hosts.vm(ref), this.#knownOf(ref.host))).view
  }

  /** A VM that is gone is the one whose backups are needed most. */
  async all(host: HostId): Promise<HostBackups> {
    const session = this.parts.hosts.get(host)
    const pools = filePools((await session.storage.pools()).items)
    const { backups, unread } = await findBackups(session, undefined, pools, this.#knownOf(host))
    return { backups, unread, pools: pools.map(asClonePool) }
  }

  async backUp(input: BackUpInput): Promise<TaskId> {
    const { hosts, now = Date.now } = this.parts
    const session = writable(hosts, input.host)
    const look = await lookAtBackups(session, hosts.vm(input), this.#knownOf(input.host))
    const { view } = look
    refuse(view.whyNot)
    const isIncremental = input.kind === 'incremental'
    if (isIncremental) refuse(view.whyNotIncremental)
    const parent = isIncremental && view.follows ? await this.#found(session, input, view.follows) : undefined
    const pool = parent?.pool ?? input.pool
    if (pool === undefined || !view.pools.some(({ name }) => name === pool))
      throw new AppError('invalid', 'Choose an active pool that keeps files', { field: 'pool' })
    refuseWhileBusy(this.parts.tasks, hosts.vm(input))
    const nowMs = now()
    const { vm } = input
    const { vmName } = view
    const backup = newBackup({ input, look, pool, nowMs, ...(parent ? { parent: parent.manifest } : {}) })
    const command = await newBackupCommand(session, vm, backup)
    return runOnHost(
      this.parts,
      input.host,
      {
        kind: 'backup.make',
        title: `Backing up ${vmName} to ${pool}${isIncremental ? ', what has changed' : ''}`,
        canCancel: true,
        // a VM that is stopped takes its backup with it, and one that is off must not be started
        vm,
        command,
      },
      (own, context) => backUp(own, { vm, vmName, backup, nowMs }, context),
    )
  }

  async restore(input: RestoreBackupInput): Promise<TaskId> {
    const session = writable(this.parts.hosts, input.host)
    const { manifest, backup } = await this.#found(session, input, input)
    refuseMissing(backup)
    const worked = await workOutRestore(session, input, manifest)
    return runOnHost(
      this.parts,
      input.host,
      {
        kind: 'backup.restore',
        title: `Restoring ${manifest.vmName} of ${when(manifest)} as ${input.name}`,
        canCancel: true,
        command: worked.command,
      },
      (own, context) => restoreBackup(own, worked, context),
    )
  }

  /** With all that need it, newest first, so that none loses what it is built on. */
  async delete(input: DeleteBackupInput): Promise<TaskId> {
    const { hosts } = this.parts
    const session = writable(hosts, input.host)
    const { backup, all } = await this.#found(session, input, input)
    const gone = [...backup.neededBy.toReversed(), backup.id].flatMap(
      (id) => all.find((one) => one.id === id && one.pool === backup.pool) ?? [],
    )
    const title =
      gone.length === 1
        ? `Deleting backup ${backup.id}`
        : `Deleting ${gone.length} backups of ${backup.vmName}`
    const checkpoints = await this.#deletableCheckpoints(session, input)
    return runOnHost(
      this.parts,
      input.host,
      { kind: 'backup.delete', title, command: deleteCommand(session, backup.vmName, gone, checkpoints) },
      async (own, { onProgress }) => {
        for (const [at, one] of gone.entries()) {
          // first what says that it is a backup: without its images it is none
          await own.storage.deleteVolume({ pool: one.pool, volume: manifestName(one.id) }, true)
          this.#knownOf(input.host).delete(`${one.pool}/${manifestName(one.id)}`)
          for (const { volume } of one.disks)
            if (!one.missing.includes(volume))
              await own.storage.deleteVolume({ pool: one.pool, volume }, false)
          if (one.checkpoint !== undefined && checkpoints.has(one.checkpoint))
            await own.backups.deleteCheckpoint(input.vm, one.checkpoint)
          onProgress((at + 1) / gone.length)
        }
      },
    )
  }

  deleteCheckpoint({ host, vm, name }: VmRef & { readonly name: string }): TaskId {
    const { name: vmName, state } = this.parts.hosts.vm({ host, vm })
    if (!isActive(state))
      throw new AppError('invalid', 'A checkpoint can only be deleted while its VM runs', {
        cure: `Start ${vmName} first. A checkpoint that nobody needs does no harm.`,
      })
    return runOnHost(
      this.parts,
      host,
      {
        kind: 'backup.delete-checkpoint',
        title: `Deleting checkpoint ${name} of ${vmName}`,
        words: ['checkpoint-delete', vmName, name],
      },
      (session) => session.backups.deleteCheckpoint(vm, name),
    )
  }

  /** The host deletes them only while the VM runs; they do no harm without their backup. */
  async #deletableCheckpoints(session: HypervisorSession, ref: VmRef): Promise<ReadonlySet<string>> {
    try {
      if (!isActive(this.parts.hosts.vm(ref).state)) return new Set()
      return new Set((await session.backups.checkpoints(ref.vm)).map(({ name }) => name))
    } catch (error) {
      // they went with the VM
      if (isKind(error, 'not-found')) return new Set()
      throw error
    }
  }

  async #found(
    session: HypervisorSession,
    { host, vm }: { readonly host: HostId; readonly vm: VmId },
    { pool, id }: { readonly pool: string; readonly id: string },
  ): Promise<{ manifest: BackupManifest; backup: Backup; all: readonly Backup[]; pool: string }> {
    const pools = filePools((await session.storage.pools()).items).filter(({ name }) => name === pool)
    const found = await findBackups(session, vm, pools, this.#knownOf(host))
    const backup = found.backups.find((one) => one.id === id)
    const manifest = found.manifests.get(`${pool}/${id}`)
    if (backup && manifest) return { manifest, backup, all: found.backups, pool }
    throw new AppError('not-found', `The backup ${id} is no longer in ${pool}`, {
      cure: 'Look at the list again.',
    })
  }

  #knownOf(host: HostId): KnownManifests {
    const known: KnownManifests = this.#known.get(host) ?? new Map()
    this.#known.set(host, known)
    return known
  }
}

function deleteCommand(
  session: HypervisorSession,
  vmName: string,
  gone: readonly Backup[],
  checkpoints: ReadonlySet<string>,
): string | undefined {
  const virsh = virshOf(session)
  return (
    virsh &&
    gone
      .flatMap(({ pool, id, disks, missing, checkpoint }) => [
        ...[manifestName(id), ...disks.map(({ volume }) => volume)]
          .filter((volume) => !missing.includes(volume))
          .map((volume) => virsh(['vol-delete', '--pool', pool, volume])),
        ...(checkpoint !== undefined && checkpoints.has(checkpoint)
          ? [virsh(['checkpoint-delete', vmName, checkpoint])]
          : []),
      ])
      .join('\n')
  )
}

function refuse(why: string | undefined): void {
  if (why !== undefined) throw new AppError('invalid', why)
}

function refuseMissing({ missing, pool }: Backup): void {
  if (missing.length > 0) throw new AppError('invalid', `${missing.join(', ')} is no longer in ${pool}`)
}

function when({ atMs }: BackupManifest): string {
  return new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
}
