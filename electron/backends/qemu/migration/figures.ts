/** What QEMU tells of a migration (query-migrate) and of copied disks (query-block-jobs), as figures of a move. */
import { given } from '../../../../shared/given'
import type { MigrationFigures } from '../../../../shared/model/migration/figures'
import { isObject, type Json, type JsonObject } from '../../../qmp/index'

export interface DiskProgress {
  readonly doneBytes: number
  readonly totalBytes: number
}

export function figuresOf(migration: JsonObject, disks: readonly DiskProgress[]): MigrationFigures {
  const number = (of: Json | undefined, name: string): number | undefined => {
    const value = isObject(of) ? of[name] : undefined
    return typeof value === 'number' && value >= 0 ? value : undefined
  }
  const { ram } = migration
  const cache = migration['xbzrle-cache']
  const sum = (name: keyof DiskProgress): number => disks.reduce((all, disk) => all + disk[name], 0)
  const [diskDone, diskTotal] = [sum('doneBytes'), sum('totalBytes')]
  const remaining = number(ram, 'remaining')
  const pages = number(ram, 'dirty-pages-rate')
  const megabits = number(ram, 'mbps')
  const isAnything = isObject(ram) || disks.length > 0
  return {
    phase: 'copying',
    ...(isAnything
      ? {
          doneBytes: diskDone + (number(ram, 'transferred') ?? 0),
          totalBytes: diskTotal + (number(ram, 'total') ?? 0),
          remainingBytes: Math.max(0, diskTotal - diskDone) + (remaining ?? 0),
        }
      : {}),
    ...given('memoryRemainingBytes', remaining),
    ...(disks.length > 0 ? { diskRemainingBytes: Math.max(0, diskTotal - diskDone) } : {}),
    ...given('bytesPerSecond', megabits === undefined ? undefined : (megabits * 1_000_000) / 8),
    ...given(
      'dirtyBytesPerSecond',
      pages === undefined ? undefined : pages * (number(ram, 'page-size') ?? 4096),
    ),
    ...given('iteration', number(ram, 'dirty-sync-count')),
    ...given('downtimeMs', number(migration, 'downtime') ?? number(migration, 'expected-downtime')),
    ...given('throttlePercent', number(migration, 'cpu-throttle-percentage')),
    ...given('elapsedMs', number(migration, 'total-time')),
    ...given('compressionCacheBytes', number(cache, 'cache-size')),
    ...given('compressedBytes', number(cache, 'bytes')),
    ...given('cacheMissPages', number(cache, 'cache-miss')),
  }
}
