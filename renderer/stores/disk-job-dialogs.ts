import type { DiskJob, DiskRef } from '../../shared/model/disk-jobs/disk-job'

export type DiskJobDialogRequest =
  | { readonly kind: 'moveDisk'; readonly disk: DiskRef }
  | { readonly kind: 'flattenDisk'; readonly disk: DiskRef }
  | { readonly kind: 'mergeDisk'; readonly disk: DiskRef }
  | { readonly kind: 'diskJobLimit'; readonly disk: DiskRef; readonly job: DiskJob }
  | { readonly kind: 'stopDiskJob'; readonly disk: DiskRef; readonly job: DiskJob }
