import type { MigrationFigures } from '../../../shared/model/migration/figures'
import { formatBytes, formatBytesPerSecond, formatDuration } from '../../../shared/units'

const phases: Record<MigrationFigures['phase'], string> = {
  preparing: 'Preparing the destination',
  copying: 'Copying',
  finishing: 'Switching over',
  done: '',
}

/** Lines of words and values, for those who want to know how a move goes, or how far one came that was not done. */
export function figureLines(figures: MigrationFigures, isRunning: boolean): (readonly [string, string])[] {
  return isRunning || figures.phase === 'done' ? current(figures) : last(figures)
}

/** What becomes of a move whose hosts do not reach each other, where it cannot simply be ended. */
export function waitText({ onceReached }: MigrationFigures): string | undefined {
  if (onceReached === undefined) return undefined
  return onceReached === 'goesOn'
    ? 'Nothing arrives at the destination. The VM goes on running where it is, and the move goes on when the hosts reach each other again.'
    : 'The move ends when the hosts reach each other again; ended before, the VM would stand still until they do. It goes on running where it is.'
}

/** Only what still means something once it is over. */
function last({ doneBytes, remainingBytes, stalledMs }: MigrationFigures): (readonly [string, string])[] {
  return [
    ...(doneBytes === undefined ? [] : [['Sent', formatBytes(doneBytes)] as const]),
    ...(remainingBytes === undefined ? [] : [['Was left', formatBytes(remainingBytes)] as const]),
    ...(stalledMs === undefined ? [] : [['Nothing had arrived for', formatDuration(stalledMs)] as const]),
  ]
}

function current(figures: MigrationFigures): (readonly [string, string])[] {
  const { phase, remainingBytes, bytesPerSecond, dirtyBytesPerSecond, iteration, downtimeMs } = figures
  const lines: (readonly [string, string | undefined])[] = [
    ['Now', phases[phase] || undefined],
    ['Left', remainingBytes === undefined ? undefined : formatBytes(remainingBytes)],
    ['Disks left', figures.diskRemainingBytes ? formatBytes(figures.diskRemainingBytes) : undefined],
    ['Speed', bytesPerSecond === undefined ? undefined : formatBytesPerSecond(bytesPerSecond)],
    [
      'Guest writes',
      dirtyBytesPerSecond === undefined ? undefined : formatBytesPerSecond(dirtyBytesPerSecond),
    ],
    ['Round', iteration ? String(iteration) : undefined],
    [
      phase === 'done' ? 'It stood still for' : 'Pause to be expected',
      downtimeMs === undefined ? undefined : `${downtimeMs} ms`,
    ],
    ['Cache', figures.compressionCacheBytes ? formatBytes(figures.compressionCacheBytes) : undefined],
    ['Sent compressed', figures.compressedBytes ? formatBytes(figures.compressedBytes) : undefined],
    ['Pages not in the cache', figures.cacheMissPages ? String(figures.cacheMissPages) : undefined],
    ['Guest slowed down by', figures.throttlePercent ? `${figures.throttlePercent} %` : undefined],
    ['Nothing arrived for', figures.stalledMs === undefined ? undefined : formatDuration(figures.stalledMs)],
  ]
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}
