/** An opened host as the rest of the app sees it: each verb guarded, its errors translated. */
import type { NetworkFilter } from '../../../shared/model/networks/network'
import type { Secret } from '../../../shared/model/secret'
import type { HostUri } from '../../../shared/model/host-uri'
import { maskSecrets } from '../../domain-xml/secrets'
import { EditDocument } from '../../domain-xml/edit/tree'
import type { HypervisorSession } from '../backend'
import { readFirewall } from '../host/firewall'
import { missingPart } from '../missing-part'
import type { NetworkSession } from '../network-session'
import type { SecretSession } from '../secret-session'
import type { SessionEvents } from '../session-events'
import { wrapped } from '../wrapped'
import { backupsOf } from './backups/backups'
import { noFilters, noNetworks, noSecrets, readChoices, refused } from './choices'
import { readGuestAddresses } from './agent/addresses'
import { overviewOf } from './agent/overview'
import { consoleOffer, consolePassword, openConsole, screenshot } from './console'
import { readConsoleSecurity } from './console-security'
import { readCounters, statsOf } from './counters'
import { creationOf } from './creation'
import { deletePlanOf, deleteVm } from './delete'
import { diskJobsOf } from './disk-jobs/disk-jobs'
import { toAppError } from './errors'
import { readCapabilities, readGuestCapabilities } from './guests'
import { refusingForeign } from './discovery/refuse-foreign'
import { HardwareEditor } from '../hardware/hardware-editor'
import { hardwareOf } from './hardware'
import type { QemuHost } from './host'
import { connectionOf, readDetails } from './host-details'
import { readTemplateMark, rename, setAutostart, setTemplate } from './identity'
import { imagesOf } from './images'
import { migrationOf } from './migration/migration'
import { bindDevice, readNodeDevices } from './node-devices/node-devices'
import { notConnected, SessionLife } from '../session-life'
import { power } from './power'
import { qemuMonitorOf } from './qemu-monitor'
import { savesOf } from './saves/saves'
import { shellOf } from '../shell-by-link'
import { snapshotsOf } from './snapshots/snapshots'
import { storageOf } from './storage/storage'
import { vmCommands } from './command/vm-commands'
import { textConsolesOf } from './text-consoles'

export function openedSession(host: QemuHost, uri: HostUri, events: SessionEvents): HypervisorSession {
  const { link, inventory, info } = host
  const life = new SessionLife({
    isReadOnly: info.isReadOnly,
    events,
    toAppError: (error, whyOver) => (whyOver ? notConnected(whyOver) : toAppError(error)),
    onOver: () => inventory.close(),
  })
  const { guarded, changing, keep } = life
  link.onClosed((error) => life.end(error))
  const part = <Part extends object>(one: Part): Part => wrapped(one, guarded)

  const hardware = new HardwareEditor(hardwareOf(host))
  const storage = storageOf(host, (name) => events.emit({ kind: 'resource-changed', resource: 'pool', name }))
  const images = imagesOf(host, storage)
  const textConsoles = textConsolesOf(host)
  const shell = shellOf(link)
  const creation = creationOf(host)
  const qemuMonitor = qemuMonitorOf(host)
  const backups = backupsOf(host)
  const migration = migrationOf(host)
  const saves = savesOf({ host, storage })
  const diskJobs = diskJobsOf(host)
  const snapshots = snapshotsOf(host, storage, (vm) =>
    events.emit({ kind: 'resource-changed', resource: 'snapshot', name: vm }),
  )

  const session: HypervisorSession = {
    info,
    features: host.features,
    onEvent: (listener) => events.listen(listener),
    listVms: () => guarded(async () => (await inventory.list()).map(({ record }) => record)),
    power: (vm, action, context) => changing(() => power(host, vm, action, context)),
    rename: (vm, name) => changing(() => rename(host, vm, name)),
    setAutostart: (vm) => changing(() => setAutostart(host, vm)),
    isTemplate: (vm) => guarded(() => readTemplateMark(host, vm)),
    setTemplate: (vm, isTemplate) => changing(() => setTemplate(host, vm, isTemplate)),
    overview: (vm) => guarded(async () => overviewOf(host, await inventory.find(vm))),
    guestAddresses: (vm) => guarded(() => readGuestAddresses(host, vm)),
    xml: (vm) =>
      guarded(async () => {
        const { running, stored } = await inventory.find(vm)
        return maskSecrets(EditDocument.parse(running ?? stored ?? ''))
      }),
    commands: (vm) => guarded(() => vmCommands(host, vm)),
    hardware: (vm) => guarded(() => hardware.view(vm)),
    previewHardware: (vm, change) => guarded(() => hardware.preview(vm, change)),
    changeHardware: (vm, change, context) => changing(() => hardware.change(vm, change, context)),
    definition: (vm, which) => guarded(() => hardware.definition(vm, which)),
    deviceXml: (vm, item) => guarded(() => hardware.deviceXml(vm, item)),
    deletePlan: (vm, alongWith = []) =>
      guarded(async () => (await deletePlanOf(host, storage, vm, alongWith)).plan),
    delete: (vm, request, context) => changing(() => deleteVm(host, storage, vm, request, context)),
    readCounters: (wish) => guarded(() => readCounters(host, wish)),
    consoleOffer: (vm) => guarded(() => consoleOffer(host, vm)),
    openConsole: (vm, signal) => guarded(async () => keep(await openConsole(host, vm, signal))),
    consolePassword: (vm) => guarded(() => consolePassword(host, vm)),
    displayTrust: () =>
      guarded(async () => ({
        reach: connectionOf(uri).reach,
        names: [...new Set([uri.host ?? 'localhost', info.hostname])],
        places: [],
      })),
    screenshot: (vm) => guarded(() => screenshot(host, vm)),
    hostDetails: () => guarded(() => readDetails(host, uri)),
    firewall: () => guarded(() => readFirewall(host.commands)),
    capabilities: () => guarded(() => readCapabilities(host.emulators)),
    guestCapabilities: (query) => guarded(() => readGuestCapabilities(host, query)),
    consoleSecurity: (vm) => guarded(() => readConsoleSecurity(host, connectionOf(uri).reach, vm)),
    hostChoices: () => guarded(() => readChoices(host, storage)),
    volumes: (pool) => guarded(() => storage.choices(pool)),
    nodeDevices: () => guarded(() => readNodeDevices(host)),
    bindDevice: (name) => changing(() => bindDevice(host, name)),
    creation: {
      define: (xml) => changing(() => creation.define(xml)),
      install: (firstStart, stored) => changing(() => creation.install(firstStart, stored)),
      takeOver: (vm) => changing(() => creation.takeOver(vm)),
      source: (vm) => guarded(() => creation.source(vm)),
      virtInstall: (words) => creation.virtInstall(words),
      virtClone: (words) => creation.virtClone(words),
    },
    migration: {
      kind: () => migration.kind(),
      uri: () => migration.uri(),
      definitions: (vm) => guarded(() => migration.definitions(vm)),
      facts: (of) => guarded(() => migration.facts(of)),
      compareCpu: (cpu, of) => guarded(() => migration.compareCpu(cpu, of)),
      commonCpu: (cpus, of) => guarded(() => migration.commonCpu(cpus, of)),
      reaches: (address) => guarded(() => migration.reaches(address)),
      move: (vm, to, request, context) => changing(() => migration.move(vm, to, request, context)),
      receive: (offer) => changing(() => migration.receive(offer)),
      tune: (vm, options) => changing(() => migration.tune(vm, options)),
      switchToPostCopy: (vm) => changing(() => migration.switchToPostCopy(vm)),
    },
    monitor: missingPart('What the host counts for its guests is not told without libvirt yet'),
    storage: part(storage),
    images: { ...part(images), imageCommand: (path, action) => images.imageCommand(path, action) },
    backups: {
      ...part(backups),
      begin: (...input) => changing(() => backups.begin(...input)),
      cancel: (...input) => changing(() => backups.cancel(...input)),
      deleteCheckpoint: (...input) => changing(() => backups.deleteCheckpoint(...input)),
    },
    diskJobs: {
      ...part(diskJobs),
      copy: (...input) => changing(() => diskJobs.copy(...input)),
      flatten: (...input) => changing(() => diskJobs.flatten(...input)),
      merge: (...input) => changing(() => diskJobs.merge(...input)),
      setLimit: (...input) => changing(() => diskJobs.setLimit(...input)),
      end: (...input) => changing(() => diskJobs.end(...input)),
    },
    networks: Object.assign(Object.create(missingPart(noNetworks)) as NetworkSession, {
      filters: async () => refused<NetworkFilter>(noFilters),
    }),
    secrets: Object.assign(Object.create(missingPart(noSecrets)) as SecretSession, {
      secrets: async () => refused<Secret>(noSecrets),
    }),
    snapshots: {
      ...part(snapshots),
      createSnapshot: (...input) => changing(() => snapshots.createSnapshot(...input)),
      revertSnapshot: (...input) => changing(() => snapshots.revertSnapshot(...input)),
      deleteSnapshots: (...input) => changing(() => snapshots.deleteSnapshots(...input)),
      editSnapshot: (...input) => changing(() => snapshots.editSnapshot(...input)),
    },
    saves: {
      ...part(saves),
      saveToFile: (...input) => changing(() => saves.saveToFile(...input)),
      dumpMemory: (...input) => changing(() => saves.dumpMemory(...input)),
      restoreFile: (...input) => changing(() => saves.restoreFile(...input)),
      deleteFile: (...input) => changing(() => saves.deleteFile(...input)),
      editSaved: (...input) => changing(() => saves.editSaved(...input)),
    },
    stats: part(statsOf(host)),
    qemuMonitor: {
      monitorOffer: (vm) => guarded(() => qemuMonitor.monitorOffer(vm)),
      monitorCommand: (vm, language, command) =>
        changing(() => qemuMonitor.monitorCommand(vm, language, command)),
    },
    shell: {
      shellOffer: () => guarded(() => shell.shellOffer()),
      openShell: (size, signal) =>
        changing(async () => {
          const opened = await shell.openShell(size, signal)
          keep(opened.stream)
          return opened
        }),
    },
    textConsoles: {
      textDevices: (vm) => guarded(() => textConsoles.textDevices(vm)),
      openText: (vm, request, signal) =>
        changing(async () => keep(await textConsoles.openText(vm, request, signal))),
    },
    virsh: () => undefined,
    command: () => undefined,
    async close() {
      if (!life.end()) return
      await link.close()
    },
  }
  return refusingForeign(session, (id) => inventory.known().some((one) => one.id === id && one.foreign))
}
