import { AppError } from '../../shared/errors'
import type { CreationSession } from './creation-session'
import type { BackupSession } from './backup-session'
import type { DiskJobSession } from './disk-job-session'
import type { MigrationSession } from './migration-session'
import type { MonitorSession } from './monitor-session'
import type { NetworkSession } from './network-session'
import type { QemuMonitorSession } from './qemu-monitor-session'
import type { SaveSession } from './save-session'
import type { ShellSession } from './shell-session'
import type { SnapshotSession } from './snapshot-session'
import type { SecretSession } from './secret-session'
import type { StatsSession } from './stats-session'
import type { ImageSession, StorageSession } from './storage-session'
import type { TextConsoleSession } from './text-console-session'

type AnyPart = CreationSession &
  MigrationSession &
  MonitorSession &
  StorageSession &
  ImageSession &
  BackupSession &
  DiskJobSession &
  NetworkSession &
  SecretSession &
  SaveSession &
  SnapshotSession &
  StatsSession &
  QemuMonitorSession &
  ShellSession &
  TextConsoleSession

/** Parts of a session that its hypervisor does not have: whatever is asked of them is `unsupported`, with this sentence. */
export function missingPart(sentence: string): AnyPart {
  const refuse = async (): Promise<never> => {
    throw new AppError('unsupported', sentence)
  }
  // a session may be awaited; a part that looked like a promise would never answer
  return new Proxy({} as AnyPart, {
    get: (_, name) => (name === 'then' ? undefined : refuse),
  })
}
