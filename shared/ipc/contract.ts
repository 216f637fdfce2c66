import { z } from 'zod'
import type { ErrorData } from '../errors'
import { cloneInput, type ClonePlan } from '../model/clone'
import {
  backUpInput,
  deleteBackupInput,
  deleteCheckpointInput,
  restoreBackupInput,
  type BackupsView,
  type HostBackups,
} from '../model/backups/backup'
import {
  diskJobLimitInput,
  diskRef,
  endDiskJobInput,
  flattenDiskInput,
  mergeDiskInput,
  moveDiskInput,
  type DiskJob,
  type DiskPlan,
} from '../model/disk-jobs/disk-job'
import { exportInput, exportVmInput, type ExportPlan } from '../model/export'
import type { ConsoleOffer } from '../model/console'
import { consolePlace, type ConsolePlace } from '../model/console-place'
import type { ConsoleSecurity } from '../model/console-security'
import { openConsoleInput, type ConsoleOpening } from '../model/console-sign-in'
import { deletePlanInput, deleteVmsInput, type DeletePlan } from '../model/delete-plan'
import type { Diagnosis } from '../model/diagnosis'
import type { FirewallRules } from '../model/firewall'
import {
  addHostInput,
  moveHostInput,
  renameGroupInput,
  updateHostInput,
  type Host,
  type LocalDaemon,
} from '../model/host'
import type { CardAddresses } from '../model/guest-addresses'
import { changeHardwareInput, itemRef } from '../model/hardware/change'
import type {
  ApplyOutcome,
  ChangePreview,
  DefinitionText,
  HardwareView,
  HistoryEntry,
} from '../model/hardware/view'
import { openShellInput, resizeShellInput, type ShellOffer } from '../model/host-shell'
import {
  guestCapabilitiesInput,
  type GuestCapabilities,
  type HostCapabilities,
  type HostDetails,
} from '../model/host-details'
import {
  consoleId,
  hostId,
  taskId,
  vmRef,
  type ConsoleId,
  type HostId,
  type TaskId,
  type VmRef,
} from '../model/ids'
import { volumesInput, type HostChoices, type Listed, type VolumeList } from '../model/host-choices'
import { addManyInput, importTextInput, type AddedHosts, type FoundHosts } from '../model/host-import'
import { moveInput, moveManyInput, tuneInput, type MovePlan } from '../model/migration/move'
import type { XenDomain } from '../model/monitor/xen'
import { devicesInput, type DeviceReading } from '../model/monitor/devices'
import { kvmLogInput, type KvmReading } from '../model/monitor/kvm'
import { bindDeviceInput, type NodeDevice } from '../model/node-device'
import {
  createNetworkInput,
  defineFilterInput,
  editNetworkInput,
  filterRef,
  networkActionInput,
  networkRef,
  previewNetworkInput,
  type EditNetworkOutcome,
  type Lease,
  type Network,
  type NetworkFilter,
  type NetworkMap,
  type NetworkPreview,
  type NetworkUser,
  type NetworkView,
} from '../model/networks/network'
import { mediumRef, type DetectedMedium } from '../model/os/medium'
import { osQuery, osRef, type OsEntry, type OsKnowledge } from '../model/os/os'
import { answerPromptInput, type PendingPrompt } from '../model/prompt'
import { dumpMemoryInput } from '../model/save/memory-dump'
import {
  editSavedInput,
  restoreFileInput,
  savedDefinitionInput,
  savedFileRef,
  savedFilesInput,
  savePlanInput,
  saveToFileInput,
  type KnownSave,
  type ManagedSave,
  type SavedFileReport,
  type SavedFiles,
  type SavePlan,
} from '../model/save/saved-state'
import { monitorCommandInput, type MonitorOffer, type MonitorReply } from '../model/qemu-monitor'
import { createSecretInput, secretRef, setSecretValueInput, type Secret } from '../model/secret'
import {
  imageActionInput,
  imageRef,
  type HostFolder,
  type ImageMap,
  type ImageReport,
  type ImageResult,
  type LocalFile,
  type Orphans,
  type PathAccess,
} from '../model/storage/image'
import {
  copyPoolInput,
  createPoolInput,
  deletePoolInput,
  discoverInput,
  editPoolInput,
  poolActionInput,
  poolRef,
  previewPoolInput,
  type FoundSource,
  type Pool,
  type PoolDeletePlan,
  type PoolPreview,
  type PoolView,
} from '../model/storage/pool'
import {
  cloneVolumeInput,
  createVolumeFromXmlInput,
  createVolumeInput,
  deleteVolumesInput,
  downloadInput,
  resizeVolumeInput,
  uploadInput,
  volumeDetailsInput,
  wipeVolumeInput,
  type StorageUsage,
  type UnfinishedUpload,
  type VolumeDetails,
  type VolumeNames,
  type VolumePreview,
} from '../model/storage/volume'
import {
  createSnapshotInput,
  deleteSnapshotsInput,
  deleteSnapshotsPlanInput,
  editSnapshotInput,
  revertSnapshotInput,
  snapshotPictureRef,
  snapshotRef,
} from '../model/snapshots/inputs'
import type {
  DeletePlan as SnapshotDeletePlan,
  RevertPlan,
  SnapshotDefinition,
} from '../model/snapshots/plan'
import { setScheduleInput, type ScheduleView } from '../model/snapshots/schedule'
import type { SnapshotView } from '../model/snapshots/snapshot'
import { treeRef, type DetectedTree } from '../model/new-vm/install-tree'
import type { PublicKey } from '../model/new-vm/public-key'
import { convertDefinitionInput, type DefinitionConversion } from '../model/new-vm/conversion'
import { fromDefinitionInput, type FromDefinitionPlan } from '../model/new-vm/from-definition'
import { bundleInput, chosenBundle, type BundlePlan, type BundleSummary } from '../model/new-vm/bundle'
import { chosenForeign, type ForeignVm } from '../model/new-vm/foreign'
import { seedInput, writeSeedInput, type CloudSeed } from '../model/new-vm/cloud-seed'
import type { SeedFile } from '../model/new-vm/cloud-init'
import { takeOutInput, type InstallMedia, type TakenOut } from '../model/new-vm/install-media'
import { qemuCommandInput, type ReadQemuCommand } from '../model/new-vm/qemu-command'
import { newVmInput, type NewVmPlan } from '../model/new-vm/new-vm'
import { cleanUpInput, unfinishedRef, type UnfinishedCreation } from '../model/new-vm/unfinished'
import { saveSizePresetInput, sizePreset, type SizePreset } from '../model/new-vm/size-preset'
import { polling, type Polling } from '../model/polling'
import type { PackedTick } from '../model/packed-tick'
import { memoryReportsInput, type VmLoadMessage } from '../model/vm-load'
import type { HostTick } from '../model/host-load'
import { historyInput, type HistoryAnswer } from '../model/stats-history'
import { thresholdsInput, type Alarm, type Threshold } from '../model/thresholds'
import type { Task } from '../model/task'
import { logInput, openTextInput, type TextDevice } from '../model/text-console'
import { autostartInput, powerInput, renameInput, templateInput, type Vm } from '../model/vm'
import type { VmCommands } from '../model/vm-command'
import type { VmOverview } from '../model/vm-overview'
import { event, request, type Client, type Emitters, type Handlers } from './define'

/**
 * Everything the window can ask of the main process and everything it is told. Handlers, the renderer's client, the
 * preload's allow-list and the e2e driver are derived from this list.
 *
 * Snapshots and changes carry `revision`, a counter of main's that only grows: subscribe first, then take the
 * snapshot, then ignore changes that are not newer than it.
 */
export const contract = {
  app: {
    info: request().returns<AppInfo>(),
    /** What the command line asked for: start-up wishes a new window obeys once. */
    takeLaunchWish: request().returns<LaunchWish | undefined>(),
    copyText: request(z.object({ text: z.string().max(1_000_000) })).returns<void>(),
    /** What is on the clipboard as text; empty where there is none. */
    clipboardText: request().returns<string>(),
    /** The system's file dialog; undefined when the user cancels. */
    choosePath: request(z.object({ kind: z.enum(['file', 'folder']), title: z.string().max(200) })).returns<
      string | undefined
    >(),
    setTheme: request(z.object({ theme: z.enum(['system', 'light', 'dark']) })).returns<void>(),
    /** An entry of the application menu was chosen; `command` is one of menuCommands. */
    menuCommand: event<{ command: MenuCommand }>(),
    launchWish: event<LaunchWish>(),
  },
  hosts: {
    list: request().returns<Snapshot<Host>>(),
    add: request(addHostInput).returns<HostId>(),
    addDemo: request().returns<HostId>(),
    update: request(updateHostInput).returns<void>(),
    /** Changes the user's order, and the group with it; the new order arrives by `reordered`. */
    move: request(moveHostInput).returns<void>(),
    renameGroup: request(renameGroupInput).returns<void>(),
    /** Forgets passwords and passphrases of a host, in memory and in the system's keychain. */
    forgetSecrets: request(z.object({ host: hostId })).returns<void>(),
    remove: request(z.object({ host: hostId })).returns<void>(),
    connect: request(z.object({ host: hostId })).returns<void>(),
    disconnect: request(z.object({ host: hostId })).returns<void>(),
    /** Connection log of a host, newest last. */
    log: request(z.object({ host: hostId })).returns<readonly HostLogLine[]>(),
    /** Hosts that other programs on this computer know (ssh, virt-manager, libvirt's own clients). */
    findImports: request().returns<FoundHosts>(),
    /** The same from a list that was exported elsewhere. */
    importFromText: request(importTextInput).returns<FoundHosts>(),
    /** Asks for the file with such a list; undefined when the user cancels. */
    chooseImportFile: request().returns<FoundHosts | undefined>(),
    /** Adds several; only those with autoconnect are connected. One that is refused keeps none of the others away. */
    addMany: request(addManyInput).returns<AddedHosts>(),
    findLocal: request().returns<readonly LocalDaemon[]>(),
    /** Begins the ordered checks of a host; each change comes as `diagnosisChanged`. */
    diagnose: request(z.object({ host: hostId })).returns<void>(),
    /** The last diagnosis of the host, running or ended. */
    diagnosis: request(z.object({ host: hostId })).returns<Diagnosis | undefined>(),
    cancelDiagnosis: request(z.object({ host: hostId })).returns<void>(),
    /** The whole diagnosis, whenever a step changes. */
    diagnosisChanged: event<Diagnosis>(),
    /** For the host's page: each is read from the host when asked, and `unreachable` while it is not connected. */
    details: request(z.object({ host: hostId })).returns<HostDetails>(),
    firewall: request(z.object({ host: hostId })).returns<FirewallRules>(),
    capabilities: request(z.object({ host: hostId })).returns<HostCapabilities>(),
    guestCapabilities: request(guestCapabilitiesInput).returns<GuestCapabilities>(),
    consoleSecurity: request(z.object({ host: hostId })).returns<ConsoleSecurity>(),
    /** For the choosers of the hardware editor, likewise read when asked. */
    choices: request(z.object({ host: hostId })).returns<HostChoices>(),
    volumes: request(volumesInput).returns<VolumeList>(),
    nodeDevices: request(z.object({ host: hostId })).returns<readonly NodeDevice[]>(),
    /** Ends when the host has done it. */
    bindDevice: request(bindDeviceInput).returns<void>(),
    changed: event<Change<Host, HostId>>(),
    /** A pool, network, filter, secret or device is not what it was; whoever shows it asks again. */
    resourceChanged: event<{ host: HostId; resource: ResourceKind; name?: string }>(),
    /** All hosts in the user's new order. */
    reordered: event<{ revision: number; order: readonly HostId[] }>(),
  },
  prompts: {
    list: request().returns<readonly PendingPrompt[]>(),
    answer: request(answerPromptInput).returns<void>(),
    /** The whole list, whenever it changes. */
    changed: event<{ prompts: readonly PendingPrompt[] }>(),
  },
  vms: {
    list: request().returns<Snapshot<Vm>>(),
    power: request(powerInput).returns<TaskId>(),
    rename: request(renameInput).returns<TaskId>(),
    setAutostart: request(autostartInput).returns<TaskId>(),
    /** Ends the task once the mark is stored; a template is neither started, changed nor deleted. */
    setTemplate: request(templateInput).returns<TaskId>(),
    /** Keeps the definition of a VM that another program started, for its next start. */
    takeOver: request(vmRef).returns<TaskId>(),
    /** Names of VMs, and paths of images, that are built on disks of this VM. */
    builtOn: request(vmRef).returns<readonly string[]>(),
    overview: request(vmRef).returns<VmOverview>(),
    /** Of a running guest, by network card; empty when nobody knows any. */
    addresses: request(vmRef).returns<readonly CardAddresses[]>(),
    xml: request(vmRef).returns<string>(),
    /** `unsupported` where the host's features do not tell of it. */
    commands: request(vmRef).returns<VmCommands>(),
    consoleSecurity: request(vmRef).returns<ConsoleSecurity>(),
    deletePlan: request(deletePlanInput).returns<DeletePlan>(),
    /** One task for all of a host; how each of them and each file ended is in the task. */
    delete: request(deleteVmsInput).returns<TaskId>(),
    /** Every file, name and address of a clone, and what stands against it. Changes nothing. */
    clonePlan: request(cloneInput).returns<ClonePlan>(),
    /** `invalid` with the field for what stands against it. */
    clone: request(cloneInput).returns<TaskId>(),
    /** Every file that would be written, and what stands against it or does not come along. Changes nothing. */
    exportPlan: request(exportInput).returns<ExportPlan>(),
    /** Into the file, or new folder, that the user chose; `invalid` with the field for what stands against it. */
    export: request(exportVmInput).returns<TaskId>(),
    /** One message may carry many VMs (a host that just connected). */
    changed: event<{ revision: number; changes: readonly VmChange[] }>(),
  },
  /** VMs that move to other hosts. */
  migration: {
    /** What a move comes to, with everything that stands against it. Changes nothing. */
    plan: request(moveInput).returns<MovePlan>(),
    start: request(moveInput).returns<TaskId>(),
    startMany: request(moveManyInput).returns<readonly TaskId[]>(),
    /** Of one that runs. */
    tune: request(tuneInput).returns<void>(),
    switchToPostCopy: request(vmRef).returns<void>(),
  },
  hardware: {
    view: request(vmRef).returns<HardwareView>(),
    /** What changes would do: the difference, when each takes effect, the same as commands. Nothing is changed. */
    preview: request(changeHardwareInput).returns<ChangePreview>(),
    /** Ends when the host has done it; shown as a task meanwhile. What is refused changes nothing. */
    apply: request(changeHardwareInput).returns<ApplyOutcome>(),
    /** For editing as text; what runs now can only be read. */
    definition: request(vmRef.extend({ which: z.enum(['stored', 'running']) })).returns<DefinitionText>(),
    /** One device as text without what belongs to this VM only, to be added to another VM. */
    deviceXml: request(vmRef.extend({ item: itemRef })).returns<string>(),
    /** Changes made through Innkeeper on this computer, newest first. */
    history: request(vmRef).returns<readonly HistoryEntry[]>(),
  },
  /** Work of the hypervisor on disks of running VMs, also what others began. */
  diskJobs: {
    list: request(vmRef).returns<readonly DiskJob[]>(),
    /** What can be done with the disk, and what stands against the rest. Changes nothing. */
    plan: request(diskRef).returns<DiskPlan>(),
    /** Tasks that end with the job; `invalid` or `busy` with the reason for what cannot be done. */
    move: request(moveDiskInput).returns<TaskId>(),
    flatten: request(flattenDiskInput).returns<TaskId>(),
    merge: request(mergeDiskInput).returns<TaskId>(),
    setLimit: request(diskJobLimitInput).returns<void>(),
    /** Of a job that nobody here waits for: switches the VM, or takes the job back. */
    end: request(endDiskJobInput).returns<TaskId>(),
  },
  /** Backups in pools of the host, made by the hypervisor while the VM runs. */
  backups: {
    /** What there is, and what stands against another. Reads all pools that keep files. */
    view: request(vmRef).returns<BackupsView>(),
    /** Of all VMs, also of those that are gone. */
    all: request(z.object({ host: hostId })).returns<HostBackups>(),
    /** Tasks. A backup that is cancelled or fails leaves nothing. */
    make: request(backUpInput).returns<TaskId>(),
    /** As a new VM, which is off. */
    restore: request(restoreBackupInput).returns<TaskId>(),
    /** With all that are built on it, and their checkpoints. */
    delete: request(deleteBackupInput).returns<TaskId>(),
    deleteCheckpoint: request(deleteCheckpointInput).returns<TaskId>(),
  },
  /** Pools and volumes. What changes them is a task; what was changed elsewhere is told by hosts.resourceChanged. */
  storage: {
    pools: request(z.object({ host: hostId })).returns<Listed<Pool>>(),
    pool: request(poolRef).returns<PoolView>(),
    /** What the host finds to make a pool of; `unsupported` for types whose sources it cannot look for. */
    discover: request(discoverInput).returns<readonly FoundSource[]>(),
    previewPool: request(previewPoolInput).returns<PoolPreview>(),
    createPool: request(createPoolInput).returns<TaskId>(),
    editPool: request(editPoolInput).returns<TaskId>(),
    poolAction: request(poolActionInput).returns<TaskId>(),
    poolDeletePlan: request(poolRef).returns<PoolDeletePlan>(),
    deletePool: request(deletePoolInput).returns<TaskId>(),
    /** Defines the same pool on other hosts, a task for each. */
    copyPool: request(copyPoolInput).returns<readonly TaskId[]>(),
    /** All names at once; details are asked for those that are shown. */
    volumeNames: request(poolRef).returns<VolumeNames>(),
    volumeDetails: request(volumeDetailsInput).returns<VolumeDetails>(),
    /** Who uses what; reads every definition of the host. */
    usage: request(z.object({ host: hostId })).returns<StorageUsage>(),
    previewVolume: request(createVolumeInput).returns<VolumePreview>(),
    createVolume: request(createVolumeInput).returns<TaskId>(),
    createVolumeFromXml: request(createVolumeFromXmlInput).returns<TaskId>(),
    cloneVolume: request(cloneVolumeInput).returns<TaskId>(),
    resizeVolume: request(resizeVolumeInput).returns<TaskId>(),
    wipeVolume: request(wipeVolumeInput).returns<TaskId>(),
    /** One task for all; what could not be deleted is told at its end. */
    deleteVolumes: request(deleteVolumesInput).returns<TaskId>(),
    upload: request(uploadInput).returns<TaskId>(),
    download: request(downloadInput).returns<TaskId>(),
    unfinishedUploads: request(z.object({ host: hostId })).returns<readonly UnfinishedUpload[]>(),
    image: request(imageRef).returns<ImageReport>(),
    imageMap: request(imageRef).returns<ImageMap>(),
    imageCommand: request(imageActionInput).returns<string>(),
    /** Ends when it is done; shown as a task meanwhile. */
    imageAction: request(imageActionInput).returns<ImageResult>(),
    orphans: request(z.object({ host: hostId })).returns<Orphans>(),
  },
  files: {
    /** The system's file dialog, to read one or (`save`) to write one; undefined when the user cancels. */
    chooseLocal: request(
      z.object({
        kind: z.enum(['open', 'save']),
        title: z.string().max(200),
        name: z.string().max(255).optional(),
      }),
    ).returns<LocalFile | undefined>(),
    /** All of the chosen file becomes this. */
    write: request(z.object({ file: z.string().max(64), content: z.instanceof(Uint8Array) })).returns<void>(),
    /** Of the user on this computer: what is in files of ~/.ssh that end in ".pub". */
    publicKeys: request().returns<readonly PublicKey[]>(),
    /** Of the host, through its link; `unsupported` where no command can be run there. */
    folder: request(imageRef).returns<HostFolder>(),
    access: request(imageRef).returns<PathAccess>(),
    grantAccess: request(imageRef).returns<void>(),
  },
  networks: {
    list: request(z.object({ host: hostId })).returns<Listed<Network>>(),
    view: request(networkRef).returns<NetworkView>(),
    preview: request(previewNetworkInput).returns<NetworkPreview>(),
    create: request(createNetworkInput).returns<TaskId>(),
    /** Ends when it is done; shown as a task meanwhile. */
    edit: request(editNetworkInput).returns<EditNetworkOutcome>(),
    action: request(networkActionInput).returns<TaskId>(),
    delete: request(networkRef).returns<TaskId>(),
    users: request(networkRef).returns<readonly NetworkUser[]>(),
    leases: request(networkRef).returns<readonly Lease[]>(),
    map: request(z.object({ host: hostId })).returns<NetworkMap>(),
    filters: request(z.object({ host: hostId })).returns<Listed<NetworkFilter>>(),
    defineFilter: request(defineFilterInput).returns<TaskId>(),
    deleteFilter: request(filterRef).returns<TaskId>(),
  },
  /** Of one VM. What changes them is a task; what was changed elsewhere is told by hosts.resourceChanged, named by the VM. */
  snapshots: {
    list: request(vmRef).returns<SnapshotView>(),
    /** What the VM was at the time, and what it is. */
    definition: request(snapshotRef).returns<SnapshotDefinition>(),
    /** What was on the screen when it was taken, as a data URL; null where nobody kept it on this computer. */
    picture: request(snapshotPictureRef).returns<string | null>(),
    create: request(createSnapshotInput).returns<TaskId>(),
    /** The equal virsh command; absent where virsh has no part in it. */
    createCommand: request(createSnapshotInput).returns<string | undefined>(),
    /** What is lost. Changes nothing; refused with the reason that the list tells. */
    revertPlan: request(snapshotRef).returns<RevertPlan>(),
    revert: request(revertSnapshotInput).returns<TaskId>(),
    /** What is merged where, and what goes, in the order in which it can be done. Changes nothing. */
    deletePlan: request(deleteSnapshotsPlanInput).returns<SnapshotDeletePlan>(),
    delete: request(deleteSnapshotsInput).returns<TaskId>(),
    /** Ends when it is done; shown as a task meanwhile. */
    edit: request(editSnapshotInput).returns<void>(),
  },
  /** Snapshots that are taken by the clock while Innkeeper runs. */
  schedules: {
    /** Null: the VM has none. */
    get: request(vmRef).returns<ScheduleView | null>(),
    /** Ends when it is kept on this computer. */
    set: request(setScheduleInput).returns<void>(),
    /** The snapshots that it made stay. */
    remove: request(vmRef).returns<void>(),
    changed: event<VmRef>(),
  },
  secrets: {
    list: request(z.object({ host: hostId })).returns<Listed<Secret>>(),
    /** Returns its UUID. No task: what is secret is in no list of what was done. */
    create: request(createSecretInput).returns<string>(),
    setValue: request(setSecretValueInput).returns<void>(),
    delete: request(secretRef).returns<void>(),
  },
  /** Guests whose memory is on the host's disks: what the host keeps for a VM itself, and files of the user's choice. */
  saves: {
    /** What saving to a file would come to, and what stands against it. Changes nothing. */
    plan: request(savePlanInput).returns<SavePlan>(),
    save: request(saveToFileInput).returns<TaskId>(),
    /** The memory for debuggers; what the plan of a save says of the path holds here, too. */
    dump: request(dumpMemoryInput).returns<TaskId>(),
    /** Of a folder, or of the one that is proposed. */
    files: request(savedFilesInput).returns<SavedFiles>(),
    /** One file, and what restoring it would come to now. */
    file: request(savedFileRef).returns<SavedFileReport>(),
    restore: request(restoreFileInput).returns<TaskId>(),
    delete: request(savedFileRef).returns<TaskId>(),
    /** What is lost when it is discarded. */
    managed: request(vmRef).returns<ManagedSave>(),
    definition: request(savedDefinitionInput).returns<DefinitionText>(),
    /** Ends when it is stored; shown as a task meanwhile. */
    edit: request(editSavedInput).returns<void>(),
    /** Files that VMs were saved to through this Innkeeper and that they were not on since. */
    known: request().returns<readonly KnownSave[]>(),
    knownChanged: event<{ saves: readonly KnownSave[] }>(),
  },
  newVm: {
    /** Definition, files, command, and what stands against it. Changes nothing. */
    plan: request(newVmInput).returns<NewVmPlan>(),
    /** `invalid` with the field for what stands against it; then a task that has the id of the VM it makes. */
    create: request(newVmInput).returns<TaskId>(),
    /** Of several VMs: a task for each, in the order of their names, two at a time. */
    createSeries: request(newVmInput).returns<readonly TaskId[]>(),
    /** A tiny guest that tries the host; `unsupported` or `invalid` at once where it cannot be. */
    createTest: request(z.object({ host: hostId })).returns<TaskId>(),
    /** The same for a definition somebody has. */
    planDefinition: request(fromDefinitionInput).returns<FromDefinitionPlan>(),
    createFromDefinition: request(fromDefinitionInput).returns<TaskId>(),
    /** One that was made for Xen, rewritten for the host: a text, of which nothing is stored. */
    convertDefinition: request(convertDefinitionInput).returns<DefinitionConversion>(),
    /** A command of QEMU's, a script around one or a file of -readconfig, as a definition; `invalid` with its place. */
    readQemuCommand: request(qemuCommandInput).returns<ReadQemuCommand>(),
    /** What a file of another hypervisor (xl, VMX, OVF, OVA) says; `invalid` with what is wrong. */
    readForeign: request(chosenForeign).returns<ForeignVm>(),
    /** A bundle that Innkeeper wrote; null for what is none. */
    readBundle: request(chosenBundle).returns<BundleSummary | null>(),
    planBundle: request(bundleInput).returns<BundlePlan>(),
    /** As `create`. */
    createFromBundle: request(bundleInput).returns<TaskId>(),
    /** Of a connected host: creations that were cut off, and what is left of them. */
    unfinished: request(z.object({ host: hostId })).returns<readonly UnfinishedCreation[]>(),
    /** A task that removes what the user saw, unless somebody uses it by now. */
    cleanUp: request(cleanUpInput).returns<TaskId>(),
    /** It stays, and is told of no more. */
    keepUnfinished: request(unfinishedRef).returns<void>(),
    unfinishedChanged: event<{ host: HostId }>(),
    /** Discs of an installation that has ended and that are still in the VM; null: none, or not to be told of. */
    installMedia: request(vmRef).returns<InstallMedia | null>(),
    /** Ends when it is done; shown as tasks meanwhile. */
    takeOutMedia: request(takeOutInput).returns<TakenOut>(),
    /** They stay, and are told of no more. */
    keepMedia: request(vmRef).returns<void>(),
    /** The disc that cloud-init reads in a VM that is there; null: it has none. */
    seed: request(vmRef).returns<CloudSeed | null>(),
    /** What a new one would say. Changes nothing. */
    previewSeed: request(seedInput).returns<readonly SeedFile[]>(),
    /** Ends when the new disc is in its drive, with what could not be done; shown as tasks meanwhile. */
    writeSeed: request(writeSeedInput).returns<readonly string[]>(),
  },
  /** The catalogue of operating systems, which knows what libosinfo does. */
  os: {
    /** Best first; nothing typed: the usual ones first. */
    search: request(osQuery).returns<readonly OsEntry[]>(),
    get: request(osRef).returns<OsKnowledge | undefined>(),
  },
  media: {
    /** Reads the header of a disc on a host. Null: it is none. */
    detect: request(mediumRef).returns<DetectedMedium | null>(),
    /** Looks at a folder on a web server, from this computer. `not-found` where nothing can be installed from. */
    detectTree: request(treeRef).returns<DetectedTree>(),
  },
  /** Sizes of new VMs that the user kept under a name; changes answer with all of them. */
  sizePresets: {
    list: request().returns<readonly SizePreset[]>(),
    save: request(saveSizePresetInput).returns<readonly SizePreset[]>(),
    remove: request(z.object({ id: sizePreset.shape.id })).returns<readonly SizePreset[]>(),
  },
  stats: {
    tick: event<PackedTick>(),
    /** Every few ticks, and at each while a window watches the host. */
    hostTick: event<HostTick>(),
    /** The load of one VM in detail, while the asking window watches it. */
    watchVm: request(vmRef).returns<void>(),
    unwatchVm: request(vmRef).returns<void>(),
    vmLoad: event<VmLoadMessage>(),
    watchHost: request(z.object({ host: hostId })).returns<void>(),
    unwatchHost: request(z.object({ host: hostId })).returns<void>(),
    setMemoryReports: request(memoryReportsInput).returns<void>(),
    /** What loads were, as finely as can be drawn. */
    history: request(historyInput).returns<HistoryAnswer>(),
    thresholds: request().returns<readonly Threshold[]>(),
    setThresholds: request(thresholdsInput).returns<void>(),
    alarms: request().returns<readonly Alarm[]>(),
    /** All that are raised now. */
    alarmsChanged: event<{ readonly alarms: readonly Alarm[] }>(),
  },
  /** How often hosts are asked for loads, and for which; counts for all hosts and windows at once. */
  polling: {
    get: request().returns<Polling>(),
    set: request(polling).returns<void>(),
    changed: event<Polling>(),
  },
  /** What hosts themselves count for their guests; asked for by whoever looks. */
  monitor: {
    xen: request(z.object({ host: hostId })).returns<readonly XenDomain[]>(),
    /** Counters of the devices of all running VMs. */
    devices: request(devicesInput).returns<DeviceReading>(),
    kvm: request(z.object({ host: hostId })).returns<KvmReading>(),
    /** A task that writes a line for each reading, until it is cancelled. */
    logKvm: request(kvmLogInput).returns<TaskId>(),
  },
  console: {
    offer: request(vmRef).returns<ConsoleOffer>(),
    /**
     * Opens the guest's display and signs in, or answers with what the user has to say first; the byte stream arrives as a
     * MessagePort under the console's id (see preload).
     */
    open: request(openConsoleInput).returns<ConsoleOpening>(),
    close: request(z.object({ console: consoleId })).returns<void>(),
    /**
     * What is on the screen now as a PNG in a data URL, taken by the hypervisor: no console has to be open. Bitmaps are made
     * no wider than asked; a PNG comes as the host made it. Null: it has no picture.
     */
    picture: request(vmRef.extend({ maxWidthPx: z.number().int().min(32).max(16_384) })).returns<
      string | null
    >(),
    /** Shows a screen or text console in a window of its own, or brings that to the front. */
    detach: request(consolePlace).returns<void>(),
    /** Closes that window. */
    attach: request(consolePlace).returns<void>(),
    detached: request().returns<readonly ConsolePlace[]>(),
    /** Makes the window of a console so large inside, as far as the display has room. Ignored from the main window. */
    fitWindow: request(
      z.object({
        widthPx: z.number().int().min(1).max(16_384),
        heightPx: z.number().int().min(1).max(16_384),
      }),
    ).returns<void>(),
    detachedChanged: event<{ readonly places: readonly ConsolePlace[] }>(),
  },
  /** A person's shell on a host, by the link that is there. Closed by `console.close`, logged as a text console. */
  hostShell: {
    offer: request(z.object({ host: hostId })).returns<ShellOffer>(),
    open: request(openShellInput).returns<ConsoleId>(),
    resize: request(resizeShellInput).returns<void>(),
  },
  /** The console of the emulator that runs a VM. */
  qemuMonitor: {
    offer: request(vmRef).returns<MonitorOffer>(),
    /** Ends when the emulator has answered; `invalid` for what is no command. */
    run: request(monitorCommandInput).returns<MonitorReply>(),
  },
  /** Serial lines, consoles and channels. A stream arrives as that of the screen does, and is closed by `console.close`. */
  textConsole: {
    devices: request(vmRef).returns<readonly TextDevice[]>(),
    open: request(openTextInput).returns<ConsoleId>(),
    /** From now on, byte for byte. A file that was begun is gone on with. */
    startLog: request(logInput).returns<void>(),
    /** Ends when all that was shown is in the file. */
    stopLog: request(z.object({ console: consoleId })).returns<void>(),
    /** Its file cannot be written any more; the console goes on. */
    logFailed: event<{ console: ConsoleId; error: ErrorData }>(),
  },
  tasks: {
    list: request().returns<Snapshot<Task>>(),
    cancel: request(z.object({ task: taskId })).returns<void>(),
    /** Asks for the same once more, held against the rules and the host as they are now. */
    retry: request(z.object({ task: taskId })).returns<TaskId>(),
    /** Removes ended tasks from the list. */
    clearEnded: request().returns<void>(),
    changed: event<Change<Task, TaskId>>(),
  },
}

export type AppContract = typeof contract
export type AppHandlers = Handlers<AppContract>
export type Api = Client<AppContract>
export type AppEmitters = Emitters<AppContract>

export interface Snapshot<T> {
  readonly revision: number
  readonly items: readonly T[]
}

export type Change<T, Id> =
  | { readonly kind: 'put'; readonly revision: number; readonly item: T }
  | { readonly kind: 'removed'; readonly revision: number; readonly id: Id }

export type VmChange =
  | { readonly kind: 'put'; readonly vm: Vm }
  | { readonly kind: 'removed'; readonly ref: VmRef }

/** Those of a snapshot are named by their VM. */
export type ResourceKind = 'pool' | 'network' | 'filter' | 'secret' | 'device' | 'snapshot'

export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly platform: string
  /** True when the runtime is the substitute for closed networks: shown, because it is unpatched. */
  readonly isSubstituteRuntime: boolean
  readonly theme: 'system' | 'light' | 'dark'
}

export const vmTabs = [
  'overview',
  'performance',
  'hardware',
  'snapshots',
  'backups',
  'command',
  'console',
] as const
export type VmTab = (typeof vmTabs)[number]

export interface LaunchWish {
  readonly showVm?: { readonly name: string; readonly tab: VmTab }
  /** A URI from the command line could not be used. */
  readonly error?: ErrorData
}

export interface HostLogLine {
  readonly atMs: number
  readonly text: string
}

export const menuCommands = [
  'newVm',
  'addHost',
  'importHosts',
  'focusFilter',
  'showTasks',
  'showTop',
  'recipes',
  'about',
  'preferences',
  'deleteVm',
  'exportVm',
  'openConsole',
  'showScreens',
] as const
export type MenuCommand = (typeof menuCommands)[number]
