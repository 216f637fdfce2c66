import type { AppHandlers, AppInfo, LaunchWish } from '../../shared/ipc/contract'
import type { SenderId } from '../../shared/ipc/define'
import type { ConsolePlace } from '../../shared/model/console-place'
import type { ConsoleId } from '../../shared/model/ids'
import { builtOn } from '../clone/built-on'
import type { Consoles } from '../console/consoles'
import type { TextConsoles } from '../console/text-consoles'
import type { PumpPort } from '../console/pump'
import type { Diagnoses } from '../diagnosis/diagnoses'
import type { LocalFiles } from '../files/local-files'
import { publicKeys } from '../files/public-keys'
import { writeChosen } from '../files/write-chosen'
import type { CloudSeeds } from '../hosts/cloud-seed'
import type { CloneActions } from '../hosts/clone-actions'
import type { BackupActions } from '../hosts/backup-actions'
import type { DiskJobActions } from '../hosts/disk-job-actions'
import type { ExportActions } from '../hosts/export-actions'
import type { HardwareChanges } from '../hosts/hardware-changes'
import type { HostRegistry } from '../hosts/host-registry'
import type { InstallMediaActions } from '../hosts/install-media'
import type { HostImports } from '../imports/host-imports'
import type { Prompts } from '../hosts/prompts'
import type { MigrationActions } from '../hosts/migration-actions'
import type { KvmLogs } from '../monitor/kvm-log'
import type { NetworkActions } from '../hosts/network-actions'
import { readQemuCommand } from '../new-vm/qemu-command'
import type { NewVmActions } from '../hosts/new-vm-actions'
import type { OperatingSystems } from '../os-catalogue/operating-systems'
import { writable } from '../hosts/session-tasks'
import type { SnapshotActions } from '../hosts/snapshot-actions'
import type { ScheduledSnapshots } from '../hosts/snapshot-schedules'
import type { SnapshotPictures } from '../snapshots/pictures'
import { pngUrl, screenPng } from '../snapshots/screen-png'
import type { SaveActions } from '../hosts/save-actions'
import type { StorageActions } from '../hosts/storage-actions'
import type { UnfinishedCreations } from '../hosts/unfinished-creations'
import type { VmActions } from '../hosts/vm-actions'
import type { Loads } from '../stats/loads'
import type { StatsWatches } from '../stats/stats-watches'
import type { PollingSettings } from '../settings/polling'
import type { KnownCertificates } from '../settings/known-certificates'
import type { SizePresets } from '../settings/size-presets'
import { repeating } from './repeat'
import type { TaskList } from '../tasks/task-list'
import type { Transfers } from '../transfers/transfers'

export interface HandlerParts {
  readonly hosts: HostRegistry
  readonly diagnoses: Diagnoses
  readonly imports: HostImports
  /** The URI for what the user typed: an alias of libvirt.conf, nothing at all, or a URI already. */
  uriOf(text: string): Promise<string>
  readonly vmActions: VmActions
  readonly clones: CloneActions
  readonly backups: BackupActions
  readonly diskJobs: DiskJobActions
  readonly exports: ExportActions
  readonly migrations: MigrationActions
  readonly kvmLogs: KvmLogs
  readonly hardware: HardwareChanges
  readonly storage: StorageActions
  readonly saves: SaveActions
  readonly networks: NetworkActions
  readonly snapshots: SnapshotActions
  readonly pictures: SnapshotPictures
  readonly schedules: ScheduledSnapshots
  readonly newVm: NewVmActions
  readonly unfinished: UnfinishedCreations
  readonly installMedia: InstallMediaActions
  readonly seeds: CloudSeeds
  readonly transfers: Transfers
  readonly files: LocalFiles
  readonly systems: OperatingSystems
  readonly sizePresets: SizePresets
  readonly polling: PollingSettings
  readonly prompts: Prompts
  readonly tasks: TaskList
  readonly consoles: Consoles
  readonly watches: StatsWatches
  readonly textConsoles: TextConsoles
  readonly consoleWindows: {
    show(place: ConsolePlace): void
    close(place: ConsolePlace): void
    list(): readonly ConsolePlace[]
    fit(sender: SenderId, size: { readonly widthPx: number; readonly heightPx: number }): void
  }
  readonly loads: Loads
  readonly certificates: KnownCertificates
  readonly desktop: Desktop
}

/** What only Electron can do, handed in so that the handlers run in plain Node. */
export interface Desktop {
  info(): AppInfo
  takeLaunchWish(): LaunchWish | undefined
  copyText(text: string): void
  clipboardText(): string | Promise<string>
  setTheme(theme: AppInfo['theme']): void
  /** Lets the user choose a file and reads it; undefined when they cancel. `invalid` for what is no text. */
  chooseTextFile(title: string): Promise<string | undefined>
  /** The system's file dialog; undefined when the user cancels. */
  choosePath(wanted: { kind: 'file' | 'folder'; title: string }): Promise<string | undefined>
  /** Asks for a file to read or to write; undefined when the user cancels. */
  chooseLocal(wanted: {
    kind: 'open' | 'save'
    title: string
    name?: string | undefined
  }): Promise<string | undefined>
  /** Makes a message channel, hands one end to the asking window and returns the other. */
  makeConsolePort(id: ConsoleId, sender: SenderId): PumpPort
}

/** The contract's requests, each one line into the part that does the work. */
export function handlers({
  hosts,
  diagnoses,
  imports,
  uriOf,
  vmActions,
  clones,
  backups,
  diskJobs,
  exports,
  migrations,
  kvmLogs,
  hardware,
  storage,
  saves,
  networks,
  snapshots,
  pictures,
  schedules,
  newVm,
  unfinished,
  installMedia,
  seeds,
  transfers,
  files,
  systems,
  sizePresets,
  polling,
  prompts,
  tasks,
  consoles,
  watches,
  textConsoles,
  consoleWindows,
  loads,
  certificates,
  desktop,
}: HandlerParts): AppHandlers {
  const all: AppHandlers = {
    app: {
      info: () => desktop.info(),
      takeLaunchWish: () => desktop.takeLaunchWish(),
      copyText: ({ text }) => desktop.copyText(text),
      clipboardText: () => desktop.clipboardText(),
      choosePath: (wanted) => desktop.choosePath(wanted),
      setTheme: ({ theme }) => desktop.setTheme(theme),
    },
    hosts: {
      list: () => hosts.list(),
      add: async (input) => hosts.add({ ...input, uri: await uriOf(input.uri) }),
      addMany: ({ hosts: inputs }) => hosts.addMany(inputs),
      addDemo: () => hosts.addDemo(),
      update: async ({ uri, ...input }) =>
        hosts.update(uri === undefined ? input : { ...input, uri: await uriOf(uri) }),
      move: (input) => hosts.move(input),
      renameGroup: (input) => hosts.renameGroup(input),
      forgetSecrets: ({ host }) => hosts.forgetSecrets(host),
      remove: async ({ host }) => {
        consoles.closeAllForHost(host)
        diagnoses.forget(host)
        loads.forgetHost(host)
        await hosts.remove(host)
        await unfinished.forgetHost(host)
        await installMedia.forgetHost(host)
        await saves.forgetHost(host)
        await schedules.forgetHost(host)
        await certificates.forgetHost(host)
      },
      connect: ({ host }) => hosts.connect(host),
      disconnect: async ({ host }) => {
        consoles.closeAllForHost(host)
        await hosts.disconnect(host)
      },
      log: ({ host }) => hosts.log(host),
      findImports: () => imports.find(),
      importFromText: ({ text }) => imports.fromText(text),
      chooseImportFile: async () => {
        const text = await desktop.chooseTextFile("virt-manager's exported settings")
        return text === undefined ? undefined : imports.fromText(text)
      },
      findLocal: () => hosts.findLocal(),
      diagnose: ({ host }) => diagnoses.start(host),
      diagnosis: ({ host }) => diagnoses.get(host),
      cancelDiagnosis: ({ host }) => diagnoses.cancel(host),
      details: ({ host }) => hosts.get(host).hostDetails(),
      firewall: ({ host }) => hosts.get(host).firewall(),
      capabilities: ({ host }) => hosts.get(host).capabilities(),
      guestCapabilities: ({ host, ...query }) => hosts.get(host).guestCapabilities(query),
      consoleSecurity: ({ host }) => hosts.get(host).consoleSecurity(),
      choices: ({ host }) => hosts.get(host).hostChoices(),
      volumes: ({ host, pool }) => hosts.get(host).volumes(pool),
      nodeDevices: ({ host }) => hosts.get(host).nodeDevices(),
      bindDevice: ({ host, name, action }) => hosts.get(host).bindDevice(name, action),
    },
    prompts: {
      list: () => prompts.list(),
      answer: ({ prompt, answer }) => prompts.answer(prompt, answer),
    },
    vms: {
      list: () => hosts.listVms(),
      power: (input) => vmActions.power(input),
      rename: (input) => vmActions.rename(input),
      setAutostart: (input) => vmActions.setAutostart(input),
      setTemplate: (input) => vmActions.setTemplate(input),
      takeOver: (ref) => vmActions.takeOver(ref),
      builtOn: ({ host, vm }) => builtOn(hosts.get(host), vm),
      overview: async ({ host, vm }) => systems.named(await hosts.get(host).overview(vm)),
      addresses: ({ host, vm }) => hosts.get(host).guestAddresses(vm),
      xml: ({ host, vm }) => hosts.get(host).xml(vm),
      commands: ({ host, vm }) => hosts.get(host).commands(vm),
      consoleSecurity: ({ host, vm }) => hosts.get(host).consoleSecurity(vm),
      deletePlan: ({ host, vm, alongWith }) => hosts.get(host).deletePlan(vm, alongWith),
      delete: (input) => vmActions.delete(input),
      clonePlan: (input) => clones.plan(input),
      clone: (input) => clones.clone(input),
      exportPlan: (input) => exports.plan(input),
      export: (input) => exports.export(input),
    },
    migration: {
      plan: (input) => migrations.plan(input),
      start: (input) => migrations.start(input),
      startMany: (input) => migrations.startMany(input),
      tune: (input) => migrations.tune(input),
      switchToPostCopy: (ref) => migrations.switchToPostCopy(ref),
    },
    hardware: {
      view: ({ host, vm }) => hosts.get(host).hardware(vm),
      preview: ({ host, vm, ...request }) => hosts.get(host).previewHardware(vm, request),
      apply: (input) => hardware.apply(input),
      definition: ({ host, vm, which }) => hosts.get(host).definition(vm, which),
      deviceXml: ({ host, vm, item }) => hosts.get(host).deviceXml(vm, item),
      history: (ref) => hardware.history(ref),
    },
    diskJobs: {
      list: (ref) => diskJobs.list(ref),
      plan: (input) => diskJobs.plan(input),
      move: (input) => diskJobs.move(input),
      flatten: (input) => diskJobs.flatten(input),
      merge: (input) => diskJobs.merge(input),
      setLimit: ({ host, vm, target, limitBytesPerSecond }) =>
        writable(hosts, host).diskJobs.setLimit(vm, target, limitBytesPerSecond),
      end: (input) => diskJobs.end(input),
    },
    backups: {
      view: (ref) => backups.view(ref),
      all: ({ host }) => backups.all(host),
      make: (input) => backups.backUp(input),
      restore: (input) => backups.restore(input),
      delete: (input) => backups.delete(input),
      deleteCheckpoint: (input) => backups.deleteCheckpoint(input),
    },
    storage: {
      pools: ({ host }) => hosts.get(host).storage.pools(),
      pool: ({ host, pool }) => hosts.get(host).storage.pool(pool),
      discover: ({ host, type, server, initiator }) =>
        hosts.get(host).storage.discover(type, server, initiator),
      previewPool: ({ host, values }) => hosts.get(host).storage.previewPool(values),
      createPool: (input) => storage.createPool(input),
      editPool: (input) => storage.editPool(input),
      poolAction: (input) => storage.poolAction(input),
      poolDeletePlan: ({ host, pool }) => hosts.get(host).storage.poolDeletePlan(pool),
      deletePool: (input) => storage.deletePool(input),
      copyPool: (input) => storage.copyPool(input),
      volumeNames: ({ host, pool }) => hosts.get(host).storage.volumeNames(pool),
      volumeDetails: ({ host, pool, names }) => hosts.get(host).storage.volumeDetails(pool, names),
      usage: ({ host }) => hosts.get(host).storage.usage(),
      previewVolume: ({ host, pool, values }) => hosts.get(host).storage.previewVolume(pool, values),
      createVolume: (input) => storage.createVolume(input),
      createVolumeFromXml: (input) => storage.createVolumeFromXml(input),
      cloneVolume: (input) => storage.cloneVolume(input),
      resizeVolume: (input) => storage.resizeVolume(input),
      wipeVolume: (input) => storage.wipeVolume(input),
      deleteVolumes: (input) => storage.deleteVolumes(input),
      upload: (input) => transfers.upload(input),
      download: (input) => transfers.download(input),
      unfinishedUploads: ({ host }) => transfers.unfinished(host),
      image: ({ host, path }) => hosts.get(host).images.image(path),
      imageMap: ({ host, path }) => hosts.get(host).images.imageMap(path),
      imageCommand: ({ host, path, action }) => hosts.get(host).images.imageCommand(path, action),
      imageAction: (input) => storage.imageAction(input),
      orphans: ({ host }) => hosts.get(host).images.orphans(),
    },
    files: {
      chooseLocal: async (wanted) => {
        const path = await desktop.chooseLocal(wanted)
        if (path === undefined) return undefined
        return wanted.kind === 'open' ? files.toRead(path) : files.toWrite(path)
      },
      write: (input) => writeChosen(files, input),
      publicKeys: () => publicKeys(),
      folder: ({ host, path }) => hosts.get(host).images.folder(path),
      access: ({ host, path }) => hosts.get(host).images.pathAccess(path),
      grantAccess: ({ host, path }) => writable(hosts, host).images.grantAccess(path),
    },
    networks: {
      list: ({ host }) => hosts.get(host).networks.networks(),
      view: ({ host, network }) => hosts.get(host).networks.network(network),
      preview: ({ host, network, ...definition }) =>
        hosts.get(host).networks.previewNetwork(network, definition),
      create: (input) => networks.create(input),
      edit: (input) => networks.edit(input),
      action: (input) => networks.action(input),
      delete: (input) => networks.delete(input),
      users: ({ host, network }) => hosts.get(host).networks.networkUsers(network),
      leases: ({ host, network }) => hosts.get(host).networks.leases(network),
      map: ({ host }) => hosts.get(host).networks.networkMap(),
      filters: ({ host }) => hosts.get(host).networks.filters(),
      defineFilter: (input) => networks.defineFilter(input),
      deleteFilter: (input) => networks.deleteFilter(input),
    },
    snapshots: {
      list: (ref) => snapshots.list(ref),
      picture: ({ host, vm, name, createdAtMs }) => pictures.get({ host, vm }, name, createdAtMs),
      definition: ({ host, vm, name }) => hosts.get(host).snapshots.snapshotDefinition(vm, name),
      create: (input) => (input.replace === true ? snapshots.replace(input) : snapshots.create(input)),
      createCommand: (input) => snapshots.createCommand(input),
      revertPlan: ({ host, vm, name }) => hosts.get(host).snapshots.revertPlan(vm, name),
      revert: (input) => snapshots.revert(input),
      deletePlan: ({ host, vm, ...wish }) => hosts.get(host).snapshots.snapshotDeletePlan(vm, wish),
      delete: (input) => snapshots.delete(input),
      edit: (input) => snapshots.edit(input),
    },
    schedules: {
      get: (ref) => schedules.get(ref),
      set: (input) => schedules.set(input),
      remove: (ref) => schedules.remove(ref),
    },
    secrets: {
      list: ({ host }) => hosts.get(host).secrets.secrets(),
      create: ({ host, ...input }) => writable(hosts, host).secrets.createSecret(input),
      setValue: ({ host, uuid, value }) => writable(hosts, host).secrets.setSecretValue(uuid, value),
      delete: ({ host, uuid }) => writable(hosts, host).secrets.deleteSecret(uuid),
    },
    saves: {
      plan: ({ host, vm, ...request }) => hosts.get(host).saves.savePlan(vm, request),
      save: (input) => saves.save(input),
      dump: (input) => saves.dump(input),
      files: ({ host, folder }) => hosts.get(host).saves.savedFiles(folder),
      file: ({ host, path }) => hosts.get(host).saves.savedFile(path),
      restore: (input) => saves.restore(input),
      delete: (input) => saves.delete(input),
      managed: ({ host, vm }) => hosts.get(host).saves.managedSave(vm),
      definition: ({ host, of }) => hosts.get(host).saves.savedDefinition(of),
      edit: (input) => saves.edit(input),
      known: () => saves.known(),
    },
    newVm: {
      plan: (input) => newVm.plan(input),
      create: (input) => newVm.create(input),
      createSeries: (input) => newVm.createSeries(input),
      createTest: ({ host }) => newVm.createTest(host),
      planDefinition: (input) => newVm.planDefinition(input),
      createFromDefinition: (input) => newVm.createFromDefinition(input),
      convertDefinition: (input) => newVm.convertDefinition(input),
      readQemuCommand: ({ host, text }) => readQemuCommand(hosts.get(host), text),
      readForeign: ({ file }) => newVm.readForeign(file),
      readBundle: ({ file }) => newVm.readBundle(file),
      planBundle: (input) => newVm.planBundle(input),
      createFromBundle: (input) => newVm.createFromBundle(input),
      unfinished: ({ host }) => unfinished.of(host),
      cleanUp: (input) => unfinished.cleanUp(input),
      keepUnfinished: ({ host, id }) => unfinished.keep(host, id),
      installMedia: (ref) => installMedia.of(ref),
      takeOutMedia: (input) => installMedia.takeOut(input),
      keepMedia: (ref) => installMedia.keep(ref),
      seed: (ref) => seeds.of(ref),
      previewSeed: (input) => seeds.preview(input),
      writeSeed: (input) => seeds.write(input),
    },
    os: {
      search: (query) => systems.search(query),
      get: ({ id }) => systems.get(id),
    },
    media: {
      detect: (medium) => systems.detect(medium),
      detectTree: ({ url }) => systems.detectTree(url),
    },
    sizePresets: {
      list: () => sizePresets.list(),
      save: (input) => sizePresets.save(input),
      remove: ({ id }) => sizePresets.remove(id),
    },
    stats: {
      watchVm: (ref, sender) => watches.watchVm(ref, sender),
      unwatchVm: (ref, sender) => watches.unwatchVm(ref, sender),
      watchHost: ({ host }, sender) => watches.watchHost(host, sender),
      unwatchHost: ({ host }, sender) => watches.unwatchHost(host, sender),
      setMemoryReports: ({ host, vm, periodSeconds }) =>
        writable(hosts, host).stats.setMemoryReports(vm, periodSeconds),
      history: (input) => loads.history(input),
      thresholds: () => loads.thresholds(),
      setThresholds: ({ thresholds }) => loads.setThresholds(thresholds),
      alarms: () => loads.alarms(),
    },
    polling: {
      get: () => polling.get(),
      set: (wanted) => polling.set(wanted),
    },
    monitor: {
      devices: async ({ host, kind }) => ({
        vms: await hosts.get(host).monitor.devices(kind),
        // of a clock that is never set back
        atMs: performance.now(),
      }),
      kvm: ({ host }) => hosts.get(host).monitor.kvm(),
      xen: ({ host }) => hosts.get(host).monitor.xen(),
      logKvm: (input) => kvmLogs.start(input),
    },
    console: {
      offer: ({ host, vm }) => hosts.get(host).consoleOffer(vm),
      open: (input, sender) => consoles.open(input, sender, (id) => desktop.makeConsolePort(id, sender)),
      close: ({ console: id }, sender) => consoles.close(id, sender),
      picture: async ({ host, vm, maxWidthPx }) => {
        const screen = await hosts.get(host).screenshot(vm)
        const png = await screenPng(screen, { maxWidthPx, maxPngBytes: 20_000_000 })
        return png ? pngUrl(png) : null
      },
      detach: (place) => consoleWindows.show(place),
      attach: (place) => consoleWindows.close(place),
      detached: () => consoleWindows.list(),
      fitWindow: (size, sender) => consoleWindows.fit(sender, size),
    },
    hostShell: {
      offer: ({ host }) => hosts.get(host).shell.shellOffer(),
      open: (input, sender) =>
        textConsoles.openShell(input, sender, (id) => desktop.makeConsolePort(id, sender)),
      resize: ({ console, size }, sender) => textConsoles.resizeShell(console, size, sender),
    },
    qemuMonitor: {
      offer: ({ host, vm }) => hosts.get(host).qemuMonitor.monitorOffer(vm),
      run: ({ host, vm, language, command }) =>
        writable(hosts, host).qemuMonitor.monitorCommand(vm, language, command),
    },
    textConsole: {
      devices: ({ host, vm }) => hosts.get(host).textConsoles.textDevices(vm),
      open: (input, sender) => textConsoles.open(input, sender, (id) => desktop.makeConsolePort(id, sender)),
      startLog: ({ console, file }, sender) => textConsoles.startLog(console, file, sender),
      stopLog: ({ console }, sender) => textConsoles.stopLog(console, sender),
    },
    tasks: {
      list: () => tasks.list(),
      cancel: ({ task }) => tasks.cancel(task),
      retry: async ({ task }, sender) => {
        const id = await repeat(tasks.requestOf(task), sender)
        tasks.wasRetried(task)
        return id
      },
      clearEnded: () => tasks.clearEnded(),
    },
  }
  const repeat = repeating(all, tasks)
  return all
}
