import type { Backup } from '../../../shared/model/backups/backup'

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

export function timeText(atMs: number): string {
  return time.format(atMs)
}

export const kindText: Record<Backup['kind'], string> = {
  full: 'Full',
  incremental: 'What changed',
}
