import type { CreationSession } from '../backends/creation-session'
import type { BackupSession } from '../backends/backup-session'
import type { DiskJobSession } from '../backends/disk-job-session'
import type { MigrationSession } from '../backends/migration-session'
import type { MonitorSession } from '../backends/monitor-session'
import type { NetworkSession } from '../backends/network-session'
import type { QemuMonitorSession } from '../backends/qemu-monitor-session'
import type { SaveSession } from '../backends/save-session'
import type { SecretSession } from '../backends/secret-session'
import type { ShellSession } from '../backends/shell-session'
import type { SnapshotSession } from '../backends/snapshot-session'
import type { StatsSession } from '../backends/stats-session'
import type { ImageSession, StorageSession } from '../backends/storage-session'
import type { TextConsoleSession } from '../backends/text-console-session'

/**
 * How long a call may take: `read` and `change` have a deadline, and a late change may still happen; `long` goes on as long
 * as the session, as nobody can say how long a copy takes (it can be cancelled); `plain` answers at once.
 */
type Mode =
  | readonly [mode: 'read' | 'change', doing: string]
  | readonly [mode: 'long']
  | readonly [mode: 'plain']
type Modes<Part> = { readonly [Method in keyof Part]: Mode }

export interface Guards {
  read<T>(doing: string, work: () => Promise<T>): Promise<T>
  change<T>(doing: string, work: () => Promise<T>): Promise<T>
  long<T>(work: () => Promise<T>): Promise<T>
}

export const creationModes: Modes<CreationSession> = {
  define: ['change', 'Storing the definition'],
  // a start, with what the host sets up for it
  install: ['long'],
  takeOver: ['change', 'Storing the definition'],
  source: ['read', 'Reading the definition'],
  virtInstall: ['plain'],
  virtClone: ['plain'],
}

export const migrationModes: Modes<MigrationSession> = {
  kind: ['plain'],
  uri: ['plain'],
  definitions: ['read', 'Reading the definition'],
  facts: ['long'],
  compareCpu: ['long'],
  commonCpu: ['long'],
  reaches: ['read', 'Looking for the other host'],
  // a lost session does not end what the hosts do: the backend tells where the VM is then
  move: ['plain'],
  receive: ['plain'],
  tune: ['change', 'Changing the migration'],
  switchToPostCopy: ['change', 'Switching to post-copy'],
}

export const monitorModes: Modes<MonitorSession> = {
  kvm: ['read', "Reading KVM's counters"],
  devices: ['read', 'Reading statistics of devices'],
  xen: ['read', "Reading Xen's domains"],
}

export const storageModes: Modes<StorageSession> = {
  pools: ['read', 'Reading the pools'],
  pool: ['read', 'Reading the pool'],
  discover: ['read', 'Looking for sources'],
  previewPool: ['read', 'Working out the definition'],
  createPool: ['long'],
  editPool: ['change', 'Changing the pool'],
  // mounting from a server that does not answer takes minutes
  poolAction: ['long'],
  poolDeletePlan: ['read', 'Working out what deleting touches'],
  deletePool: ['long'],
  poolDefinition: ['read', 'Reading the pool'],
  volumeNames: ['read', 'Reading the pool'],
  volumeDetails: ['read', 'Reading the volumes'],
  usage: ['read', 'Finding out who uses what'],
  previewVolume: ['read', 'Working out the definition'],
  createVolume: ['long'],
  createVolumeFromXml: ['long'],
  cloneVolume: ['long'],
  resizeVolume: ['long'],
  wipeVolume: ['long'],
  deleteVolume: ['long'],
  prepareUpload: ['long'],
  openUpload: ['long'],
  openDownload: ['long'],
}

export const imageModes: Modes<ImageSession> = {
  image: ['read', 'Reading the image'],
  imageMap: ['read', 'Reading the image'],
  imageAction: ['long'],
  imageCommand: ['plain'],
  orphans: ['read', 'Looking for unused images'],
  folder: ['read', 'Reading the folder'],
  readBytes: ['read', 'Reading the file'],
  fileId: ['read', 'Looking at the file'],
  pathAccess: ['read', 'Checking the path'],
  grantAccess: ['change', 'Granting access'],
}

export const diskJobModes: Modes<DiskJobSession> = {
  jobs: ['read', 'Looking at the disk jobs'],
  disk: ['read', 'Reading the disk'],
  copy: ['change', 'Beginning the copy'],
  flatten: ['change', 'Beginning to flatten the disk'],
  merge: ['change', 'Beginning to merge the layers'],
  setLimit: ['change', 'Setting the limit'],
  // what is written meanwhile has to reach both images first
  end: ['long'],
}

export const backupModes: Modes<BackupSession> = {
  checkpoints: ['read', 'Reading the checkpoints'],
  begin: ['change', 'Beginning the backup'],
  beginCommand: ['read', 'Reading the definition'],
  progress: ['read', 'Looking at the backup'],
  isHeldUp: ['read', 'Looking at the guest'],
  cancel: ['change', 'Cancelling the backup'],
  deleteCheckpoint: ['change', 'Deleting the checkpoint'],
}

export const networkModes: Modes<NetworkSession> = {
  networks: ['read', 'Reading the networks'],
  network: ['read', 'Reading the network'],
  previewNetwork: ['read', 'Working out the change'],
  createNetwork: ['change', 'Making the network'],
  editNetwork: ['change', 'Changing the network'],
  networkAction: ['change', 'Changing the network'],
  deleteNetwork: ['change', 'Deleting the network'],
  networkUsers: ['read', 'Finding out who uses the network'],
  leases: ['read', 'Reading the leases'],
  networkMap: ['read', 'Reading the networks'],
  filters: ['read', 'Reading the filters'],
  defineFilter: ['change', 'Storing the filter'],
  deleteFilter: ['change', 'Deleting the filter'],
}

export const secretModes: Modes<SecretSession> = {
  secrets: ['read', 'Reading the secrets'],
  createSecret: ['change', 'Storing the secret'],
  setSecretValue: ['change', 'Storing the secret'],
  deleteSecret: ['change', 'Deleting the secret'],
}

export const snapshotModes: Modes<SnapshotSession> = {
  snapshots: ['read', 'Reading the snapshots'],
  snapshotDefinition: ['read', 'Reading the snapshot'],
  // memory is written, and images are merged
  createSnapshot: ['long'],
  // all pools and VMs of the host are looked at, some of them after they were read anew
  revertPlan: ['long'],
  revertSnapshot: ['long'],
  snapshotDeletePlan: ['long'],
  deleteSnapshots: ['long'],
  editSnapshot: ['change', 'Changing the snapshot'],
}

export const saveModes: Modes<SaveSession> = {
  savePlan: ['read', 'Working out what saving takes'],
  saveToFile: ['long'],
  dumpMemory: ['long'],
  // each file of a folder is opened
  savedFiles: ['long'],
  savedFile: ['read', 'Reading the saved state'],
  restoreFile: ['long'],
  // the pool is read anew before
  deleteFile: ['long'],
  managedSave: ['read', 'Reading the saved state'],
  savedDefinition: ['read', 'Reading the saved definition'],
  editSaved: ['change', 'Storing the definition'],
}

export const statsModes: Modes<StatsSession> = {
  vmCounters: ['read', 'Reading statistics'],
  hostCounters: ['read', 'Reading statistics'],
  setMemoryReports: ['change', 'Asking the guest for reports'],
}

export const qemuMonitorModes: Modes<QemuMonitorSession> = {
  monitorOffer: ['read', 'Reading the VM'],
  // some write images or memory before they answer
  monitorCommand: ['long'],
}

export const shellModes: Modes<ShellSession> = {
  shellOffer: ['read', 'Reading the host'],
  // as of a text console
  openShell: ['long'],
}

export const textConsoleModes: Modes<TextConsoleSession> = {
  textDevices: ['read', 'Reading the VM'],
  // whoever opens one has a deadline and destroys what comes late (console/consoles.ts)
  openText: ['long'],
}

/** The part with each of its calls under its guard. */
export function guardPart<Part extends object>(part: Part, modes: Modes<Part>, guards: Guards): Part {
  const guarded: Partial<Record<keyof Part, unknown>> = {}
  for (const [name, [mode, doing]] of Object.entries<Mode>(modes)) {
    const method = name as keyof Part
    const call = (...input: unknown[]) =>
      (part[method] as (...all: unknown[]) => unknown).apply(part, input) as Promise<unknown>
    guarded[method] =
      mode === 'plain'
        ? call
        : (...input: unknown[]) => {
            const work = (): Promise<unknown> => call(...input)
            return mode === 'long' ? guards.long(work) : guards[mode](doing, work)
          }
  }
  return guarded as Part
}
