/** What a backup will be, before anything of it is made: the names of its files, and what makes the same in a shell. */
import type { BackUpInput, BackupManifest, BackupRequest } from '../../shared/model/backups/backup'
import { backupId, imageName } from '../../shared/model/backups/backup-names'
import type { HypervisorSession } from '../backends/backend'
import type { VolumeAt } from '../backends/storage-session'
import { copyCommand, emptyImageCommand } from '../domain-xml/storage/volume-commands'
import type { Look } from './look'

export interface NewImage {
  readonly target: string
  readonly volume: string
  readonly sizeBytes: number
  /** Of the backup before it, on which it is built. */
  readonly backingPath?: string
}

interface Common {
  readonly id: string
  readonly pool: string
  readonly parent?: BackupManifest
}

/** The hypervisor of a running VM writes into images that are prepared; while it is off its pools copy the disks. */
export type NewBackup = Common &
  (
    | { readonly how: 'written'; readonly images: readonly NewImage[]; readonly request: BackupRequest }
    | { readonly how: 'copied'; readonly images: readonly (NewImage & { readonly from: VolumeAt })[] }
  )

export interface Wanted {
  readonly input: Pick<BackUpInput, 'holdsStill'>
  readonly look: Look
  readonly pool: string
  /** Of the backup it follows. */
  readonly parent?: BackupManifest
  readonly nowMs: number
}

export function newBackup({ input, look, pool, parent, nowMs }: Wanted): NewBackup {
  const { vmName, pools, isRunning } = look.view
  const id = backupId(vmName, nowMs)
  const folder = pools.find(({ name }) => name === pool)?.path ?? ''
  const common = { id, pool, ...(parent ? { parent } : {}) }
  const images = look.disks.map(({ target, sizeBytes = 0, at }) => {
    const below = parent?.disks.find((one) => one.target === target)
    return {
      at,
      target,
      volume: imageName(id, target),
      sizeBytes,
      ...(below ? { backingPath: `${folder}/${below.volume}` } : {}),
    }
  })
  if (!isRunning) {
    return {
      ...common,
      how: 'copied',
      images: images.flatMap(({ at, ...image }) => (at ? [{ ...image, from: at }] : [])),
    }
  }
  const since = parent?.checkpoint
  return {
    ...common,
    how: 'written',
    images: images.map(({ at: _, ...image }) => image),
    request: {
      disks: images.map(({ target, volume }) => ({ target, path: `${folder}/${volume}` })),
      holdsStill: input.holdsStill,
      ...(since === undefined ? {} : { since }),
      ...(look.canFollow ? { checkpoint: id } : {}),
    },
  }
}

/** All but the file that says what the images are. */
export async function newBackupCommand(
  session: HypervisorSession,
  vm: BackUpInput['vm'],
  backup: NewBackup,
): Promise<string | undefined> {
  const virsh = virshOf(session)
  if (!virsh) return undefined
  const { pool } = backup
  const lines =
    backup.how === 'copied'
      ? backup.images.map(({ from, volume, sizeBytes }) =>
          copyCommand(virsh, {
            ...from,
            toPool: pool,
            name: volume,
            format: 'qcow2',
            capacityBytes: sizeBytes,
          }),
        )
      : [
          ...backup.images.map((image) => emptyImageCommand(virsh, pool, image)),
          await session.backups.beginCommand(vm, backup.request),
        ]
  return lines.join('\n')
}

/** Undefined where there is no virsh for the host. */
export function virshOf(
  session: Pick<HypervisorSession, 'virsh'>,
): ((words: readonly string[]) => string) | undefined {
  if (session.virsh(['version']) === undefined) return undefined
  return (words) => session.virsh(words) ?? ''
}
