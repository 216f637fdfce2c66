/** A job's statistics (VIR_DOMAIN_JOB_*) as figures of a migration. */
import type { MigrationFigures } from '../../../../shared/model/migration/figures'
import { paramMap, type TypedParam } from '../../../libvirt-rpc/index'
import { numberIn } from '../domain-stats'
import { given } from '../../../../shared/given'

export function figuresOf(params: readonly TypedParam[]): MigrationFigures {
  const values = paramMap(params)
  const read = (field: string): number | undefined => numberIn(values, field)
  const pages = read('memory_dirty_rate')
  const rates = [read('memory_bps'), read('disk_bps')].filter((rate) => rate !== undefined)
  return {
    phase: 'copying',
    ...given('doneBytes', read('data_processed')),
    ...given('totalBytes', read('data_total')),
    ...given('remainingBytes', read('data_remaining')),
    ...given('memoryRemainingBytes', read('memory_remaining')),
    ...given('diskRemainingBytes', read('disk_remaining')),
    ...given('bytesPerSecond', rates.length === 0 ? undefined : rates.reduce((sum, rate) => sum + rate, 0)),
    // told in pages
    ...given(
      'dirtyBytesPerSecond',
      pages === undefined ? undefined : pages * (read('memory_page_size') ?? 4096),
    ),
    ...given('iteration', read('memory_iteration')),
    ...given('downtimeMs', read('downtime')),
    ...given('throttlePercent', read('auto_converge_throttle')),
    ...given('elapsedMs', read('time_elapsed')),
    ...given('compressionCacheBytes', read('compression_cache')),
    ...given('compressedBytes', read('compression_bytes')),
    ...given('cacheMissPages', read('compression_cache_misses')),
  }
}
