import { join } from 'node:path'
import {
  app,
  dialog,
  ipcMain,
  nativeTheme,
  powerMonitor,
  session,
  type BrowserWindow,
  type IpcMainInvokeEvent,
} from 'electron'
import { AppError, errorData, isKind, type ErrorData } from '../../shared/errors'
import { contract, type LaunchWish } from '../../shared/ipc/contract'
import type { SenderId } from '../../shared/ipc/define'
import { usualPolling } from '../../shared/model/polling'
import { fakeBackend } from '../backends/fake/fake-backend'
import { libvirtBackend } from '../backends/libvirt/libvirt-backend'
import { qemuBackend } from '../backends/qemu/qemu-backend'
import { readLibvirtConf, type ConfPlaces } from '../client-config/libvirt-conf'
import { chooseUri, defaultUri } from '../client-config/uri-choice'
import { Consoles } from '../console/consoles'
import { TextConsoles } from '../console/text-consoles'
import { Diagnoses } from '../diagnosis/diagnoses'
import { serveDroppedFiles } from '../files/dropped-files'
import { LocalFiles } from '../files/local-files'
import { CloudSeeds } from '../hosts/cloud-seed'
import { CloneActions } from '../hosts/clone-actions'
import { BackupActions } from '../hosts/backup-actions'
import { DiskJobActions } from '../hosts/disk-job-actions'
import { ExportActions } from '../hosts/export-actions'
import { HardwareChanges } from '../hosts/hardware-changes'
import { HostRegistry } from '../hosts/host-registry'
import { InstallMediaActions } from '../hosts/install-media'
import { MigrationActions } from '../hosts/migration-actions'
import { NetworkActions } from '../hosts/network-actions'
import { SnapshotActions } from '../hosts/snapshot-actions'
import { ScheduledSnapshots } from '../hosts/snapshot-schedules'
import { NewVmActions } from '../hosts/new-vm-actions'
import { Bundles } from '../new-vm/bundle/bundles'
import { InstalledVms } from '../new-vm/install-media/remembered'
import { CreationJournal } from '../new-vm/journal/creation-journal'
import { ForeignPackages } from '../new-vm/foreign/package/packages'
import { definitionWriter } from '../new-vm/writer'
import { NetworkWatch } from '../hosts/network-watch'
import { PollingPace } from '../hosts/polling-pace'
import { Prompts } from '../hosts/prompts'
import { Revisions } from '../hosts/revisions'
import { SaveActions } from '../hosts/save-actions'
import { StorageActions } from '../hosts/storage-actions'
import { UnfinishedCreations } from '../hosts/unfinished-creations'
import { VmActions } from '../hosts/vm-actions'
import { dumpVirtManagerSettings } from '../imports/dconf'
import { HostImports } from '../imports/host-imports'
import { emitters } from '../ipc/emit'
import { KvmLogs } from '../monitor/kvm-log'
import { handlers } from '../ipc/handlers'
import { serve } from '../ipc/serve'
import { OperatingSystems } from '../os-catalogue/operating-systems'
import { DefinitionHistory } from '../settings/definition-history'
import { KnownCertificates } from '../settings/known-certificates'
import { KnownSaves } from '../settings/known-saves'
import { PollingSettings } from '../settings/polling'
import { SizePresets } from '../settings/size-presets'
import { SecretStore } from '../settings/secret-store'
import { openSettings, type Settings } from '../settings/settings'
import { SnapshotSchedules } from '../settings/snapshot-schedules'
import { loadFacts } from '../stats/load-facts'
import { Loads } from '../stats/loads'
import { StatsWatches } from '../stats/stats-watches'
import { SnapshotPictures } from '../snapshots/pictures'
import { TaskHistory } from '../tasks/task-history'
import { TaskList } from '../tasks/task-list'
import { Transfers } from '../transfers/transfers'
import type { CommandLine } from './command-line'
import { ConsoleWindows } from './console-windows'
import { withState } from './console-window-states'
import { desktop } from './desktop'
import { firstHost } from './first-run'
import { setApplicationMenu } from './menu'
import { notify } from './notify'
import { denyPermissions, uiOrigin } from './security'
import { systemCipher } from './system-cipher'
import { serveUi } from './ui-protocol'
import { watchVisibility } from './visibility'
import { openWindow } from './window'

/** The running app: its parts, its one window, and what the command line wants of them. */
export class Innkeeper {
  readonly #wanted: CommandLine
  #window: BrowserWindow | undefined
  #settings: Settings | undefined
  #hosts: HostRegistry | undefined
  #tasks: TaskList | undefined
  #taskHistory: TaskHistory | undefined
  #secrets: SecretStore | undefined
  #schedules: ScheduledSnapshots | undefined
  #wish: LaunchWish | undefined
  #consoles: Consoles | undefined
  #watches: StatsWatches | undefined
  #consoleWindows: ConsoleWindows | undefined
  #loads: Loads | undefined
  #tellWish: (wish: LaunchWish) => void = () => {}
  #uriOf: (text: string) => Promise<string> = async (text) => text
  #rememberWindow: () => void = () => {}
  #mayEndNow = false
  #isEnding = false

  constructor(wanted: CommandLine) {
    this.#wanted = wanted
  }

  async start(): Promise<void> {
    denyPermissions(session.defaultSession)
    serveUi(join(__dirname, '../renderer'))
    const settings = await openSettings(app.getPath('userData'))
    this.#settings = settings
    for (const warning of settings.warnings) log(warning.message, warning.detail)
    nativeTheme.themeSource = settings.data.theme

    const emit = emitters(contract, (channel, payload) => {
      if (this.#window && !this.#window.isDestroyed()) this.#window.webContents.send(channel, payload)
      this.#consoleWindows?.send(channel, payload)
    })
    const revisions = new Revisions()
    const history = await TaskHistory.open(app.getPath('userData'))
    this.#taskHistory = history
    const tasks = new TaskList({ emit, revisions, history })
    const secrets = await SecretStore.open(app.getPath('userData'), systemCipher(), (error) => {
      log('Keeping a secret', error)
    })
    const prompts = new Prompts({ emit, store: secrets })
    const backends = [fakeBackend(), libvirtBackend(), qemuBackend()]
    const loads = await Loads.open({
      directory: app.getPath('userData'),
      emit: emit.stats,
      facts: (ref) => loadFacts(hosts, ref),
      notify: (note) => notify(note, () => this.showWindow()),
      onError: (error) => log('Statistics', error),
    })
    this.#loads = loads
    const pace = new PollingPace(settings.data.polling ?? usualPolling)
    watchVisibility((isVisible) => pace.setVisible(isVisible))
    const hosts = new HostRegistry({
      backends,
      settings,
      pace,
      prompts,
      emit: {
        ...emit,
        hosts: {
          ...emit.hosts,
          changed: (change) => {
            emit.hosts.changed(change)
            if (change.kind === 'put' && change.item.status.kind !== 'connected')
              loads.hostAway(change.item.id)
            // what became due while it was away
            if (change.kind === 'put' && change.item.status.kind === 'connected') void schedules.look()
          },
        },
        stats: loads.emit,
        vms: {
          changed: (change) => {
            emit.vms.changed(change)
            void installMedia.saw(change.changes)
            loads.saw(change.changes)
            void saves.saw(change.changes)
            void snapshots.saw(change.changes)
          },
        },
      },
      revisions,
    })
    const hardware = new HardwareChanges({
      hosts,
      tasks,
      history: new DefinitionHistory(app.getPath('userData')),
    })
    const installMedia = new InstallMediaActions({
      hosts,
      tasks,
      hardware,
      installed: new InstalledVms(app.getPath('userData')),
    })
    const saves = new SaveActions({
      hosts,
      tasks,
      known: await KnownSaves.open(app.getPath('userData'), (all) => emit.saves.knownChanged({ saves: all })),
    })
    const files = new LocalFiles()
    const journal = new CreationJournal(app.getPath('userData'), {
      onChange: (host) => emit.newVm.unfinishedChanged({ host }),
    })
    const systems = new OperatingSystems({ hosts })
    const diagnoses = new Diagnoses({
      backends,
      emit,
      host: (id) => hosts.list().items.find((host) => host.id === id),
      ask: (host, prompt, signal) => prompts.ask(host.id, host.label, prompt, signal),
    })
    const places = { home: app.getPath('home'), isRoot: process.getuid?.() === 0, env: process.env }
    const uriOf = (text: string): Promise<string> => chooseUri(text, places)
    const imports = new HostImports({
      home: places.home,
      aliases: async () => (await readLibvirtConf(places)).aliases,
      dumpSettings: dumpVirtManagerSettings,
      check: (uri) => hosts.checkUri(uri),
    })
    const pictures = new SnapshotPictures(app.getPath('userData'))
    const snapshots = new SnapshotActions({ hosts, tasks, pictures })
    const schedules = new ScheduledSnapshots({
      hosts,
      tasks,
      snapshots,
      kept: await SnapshotSchedules.open(app.getPath('userData')),
      changed: (ref) => emit.schedules.changed(ref),
    })
    this.#uriOf = uriOf
    const certificates = await KnownCertificates.open(app.getPath('userData'))
    const consoles = new Consoles((host) => hosts.get(host), certificates)
    this.#consoles = consoles
    const watches = new StatsWatches({ hosts, emit: { stats: loads.emit } })
    this.#watches = watches
    const textConsoles = new TextConsoles({
      consoles,
      session: (host) => hosts.get(host),
      filePath: (file) => files.path(file, 'save'),
      onLogFailed: (failure) => emit.textConsole.logFailed(failure),
    })
    const consoleWindows = new ConsoleWindows({
      stateOf: (key) => settings.data.consoleWindows?.[key],
      save: (key, state) => {
        void settings
          .update((data) => ({ ...data, consoleWindows: withState(data.consoleWindows, key, state) }))
          .catch((error: unknown) => log('Settings', error))
      },
      onChange: (open) => emit.console.detachedChanged({ places: open }),
      onLeft: (sender) => {
        consoles.closeAllFor(sender)
        watches.forgetSender(sender)
      },
    })
    this.#consoleWindows = consoleWindows
    this.#tellWish = (wish) => emit.app.launchWish(wish)
    this.#hosts = hosts
    this.#secrets = secrets
    this.#schedules = schedules
    this.#tasks = tasks
    serve(
      contract,
      handlers({
        hosts,
        diagnoses,
        imports,
        uriOf,
        vmActions: new VmActions({ hosts, tasks }),
        backups: new BackupActions({ hosts, tasks }),
        diskJobs: new DiskJobActions({ hosts, tasks }),
        exports: new ExportActions({ hosts, tasks, files }),
        migrations: new MigrationActions({ hosts, tasks }),
        kvmLogs: new KvmLogs({ hosts, tasks, files }),
        clones: new CloneActions({ hosts, tasks, journal }),
        hardware,
        storage: new StorageActions({ hosts, tasks }),
        saves,
        networks: new NetworkActions({ hosts, tasks }),
        snapshots,
        pictures,
        schedules,
        newVm: new NewVmActions({
          hosts,
          tasks,
          writer: definitionWriter(
            (id) => systems.get(id),
            (url) => systems.detectTree(url),
          ),
          packages: new ForeignPackages(files),
          bundles: new Bundles(files),
          journal,
          installMedia,
        }),
        installMedia,
        seeds: new CloudSeeds({ hosts, tasks, hardware, systems }),
        unfinished: new UnfinishedCreations({ hosts, tasks, journal }),
        transfers: new Transfers({ hosts, tasks, files, directory: app.getPath('userData') }),
        files,
        systems,
        sizePresets: new SizePresets(settings),
        polling: new PollingSettings(settings, pace, emit.polling.changed),
        prompts,
        tasks,
        consoles,
        watches,
        textConsoles,
        consoleWindows,
        loads,
        certificates,
        desktop: desktop({ settings, takeWish: () => this.#takeWish(), window: () => this.#window }),
      }),
      ipcMain,
      { trust: (event: IpcMainInvokeEvent) => this.#trust(event), log },
    )
    serveDroppedFiles(files, ipcMain, { trust: (event: IpcMainInvokeEvent) => this.#trust(event), log })
    setApplicationMenu((command) => emit.app.menuCommand({ command }), !app.isPackaged)
    // Timers slept with the laptop and sockets may have died: waiting hosts are tried, connected ones asked.
    powerMonitor.on('resume', () => hosts.retryNow())
    new NetworkWatch({ onChange: () => hosts.retryNow() }).start()
    app.on('before-quit', (event) => this.#quit(event))

    loads.start()
    await hosts.start()
    schedules.start()
    this.#wish = await this.#obey(this.#wanted)
    const isBare = this.#wanted.connect.length === 0 && !this.#wanted.demo
    if (settings.isFirstRun && isBare) {
      const error = await this.#beginWithFirstHost(hosts, places)
      if (error) this.#wish ??= { error }
    }
    if (settings.warnings[0] && !this.#wish) this.#wish = { error: settings.warnings[0] }
    this.showWindow()
  }

  /** Opens the window, or brings the open one to the front. */
  showWindow(): void {
    if (!this.#settings) return
    if (this.#window && !this.#window.isDestroyed()) {
      if (this.#window.isMinimized()) this.#window.restore()
      this.#window.focus()
      return
    }
    const settings = this.#settings
    const { window, remember } = openWindow(settings.data.window, (state) => {
      void settings
        .update((data) => ({ ...data, window: state }))
        .catch((error: unknown) => log('Settings', error))
    })
    const id = window.webContents.id
    // A reload leaves without an owner what the page had asked for.
    window.webContents.on('did-start-navigation', (_, _url, isInPlace, isMainFrame) => {
      if (!isMainFrame || isInPlace) return
      this.#consoles?.closeAllFor(id)
      this.#watches?.forgetSender(id)
    })
    window.on('close', (event) => {
      if (!this.#mayEnd()) event.preventDefault()
    })
    window.on('closed', () => {
      this.#consoles?.closeAllFor(id)
      this.#watches?.forgetSender(id)
      this.#consoleWindows?.closeAll()
      this.#window = undefined
    })
    this.#window = window
    this.#rememberWindow = remember
  }

  /** A second start of the app hands its wishes to this one. */
  obeySecondStart(wanted: CommandLine | undefined): void {
    this.showWindow()
    if (!wanted) return
    void this.#obey(wanted).then((wish) => {
      if (wish) this.#tellWish(wish)
    })
  }

  async #obey(wanted: CommandLine): Promise<LaunchWish | undefined> {
    let error: ErrorData | undefined
    for (const uri of wanted.connect) error = (await this.#addAndConnect(uri)) ?? error
    if (wanted.demo) await this.#hosts?.addDemo()
    if (!wanted.showVm && !error) return undefined
    return { ...(wanted.showVm ? { showVm: wanted.showVm } : {}), ...(error ? { error } : {}) }
  }

  /** A start that finds nothing to do asks nothing of the user either. */
  async #beginWithFirstHost(hosts: HostRegistry, places: ConfPlaces): Promise<ErrorData | undefined> {
    try {
      const uri = await firstHost({
        defaultUri: () => defaultUri(places),
        findLocal: () => hosts.findLocal(),
      })
      if (uri !== undefined) await hosts.add({ uri, autoconnect: true })
      return undefined
    } catch (error) {
      return errorData(error)
    }
  }

  async #addAndConnect(text: string): Promise<ErrorData | undefined> {
    try {
      const uri = await this.#uriOf(text)
      const known = this.#hosts?.list().items.find((host) => host.uri === uri)
      if (known) this.#hosts?.connect(known.id)
      // adding connects
      else await this.#hosts?.add({ uri, autoconnect: false })
      return undefined
    } catch (error) {
      const data = errorData(error)
      process.stderr.write(`innkeeper: ${text}: ${data.message}\n`)
      return data
    }
  }

  #takeWish(): LaunchWish | undefined {
    const wish = this.#wish
    this.#wish = undefined
    return wish
  }

  /** Only the top frame of a window of ours, showing our own page, may ask. */
  #trust(event: IpcMainInvokeEvent): SenderId | undefined {
    const frame = event.senderFrame
    if (!frame || frame !== event.sender.mainFrame) return undefined
    if (event.sender !== this.#window?.webContents && this.#consoleWindows?.has(event.sender) !== true)
      return undefined
    return frame.url.startsWith(`${uiOrigin}/`) ? event.sender.id : undefined
  }

  #quit(event: { preventDefault(): void }): void {
    if (this.#isEnding) return
    event.preventDefault()
    if (!this.#mayEnd()) return
    this.#isEnding = true
    this.#schedules?.stop()
    this.#rememberWindow()
    this.#consoleWindows?.remember()
    const ending = Promise.allSettled([
      this.#hosts?.close(),
      this.#settings?.flush(),
      this.#secrets?.flush(),
      this.#taskHistory?.flush(),
      this.#loads?.close(),
    ])
    const deadline = new Promise((resolve) => setTimeout(resolve, 2000))
    void Promise.race([ending, deadline]).then(() => {
      app.quit()
      // a page that does not answer keeps its window from closing, and would keep the program
      setTimeout(() => app.exit(0), 3000)
    })
  }

  /** Work in progress is not dropped without a word. */
  #mayEnd(): boolean {
    if (this.#mayEndNow) return true
    const running = this.#tasks?.list().items.filter((task) => task.state === 'running') ?? []
    this.#mayEndNow = running.length === 0 || this.#confirmQuit(running.map((task) => task.title))
    return this.#mayEndNow
  }

  #confirmQuit(titles: readonly string[]): boolean {
    const options = {
      type: 'warning' as const,
      message: titles.length === 1 ? 'One task is still running' : `${titles.length} tasks are still running`,
      detail: `${titles.slice(0, 5).join('\n')}\n\nQuitting ends what Innkeeper itself is doing. Hosts may finish what they began.`,
      buttons: ['Keep running', 'Quit anyway'],
      defaultId: 0,
      cancelId: 0,
    }
    const answer = this.#window
      ? dialog.showMessageBoxSync(this.#window, options)
      : dialog.showMessageBoxSync(options)
    return answer === 1
  }
}

/** Bugs go to stderr; expected failures are shown in the window instead. */
function log(message: string, error: unknown): void {
  if (error instanceof AppError && !isKind(error, 'internal')) return
  process.stderr.write(`innkeeper: ${message}${error === undefined ? '' : `: ${describe(error)}`}\n`)
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
