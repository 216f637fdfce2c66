/** An opened libvirt host as the rest of the app sees it: each verb guarded, its errors translated. */
import { AppError } from '../../../shared/errors'
import { runsXen, type HostInfo } from '../../../shared/model/host'
import type { HypervisorSession } from '../backend'
import { backupsOf } from './backups/backups'
import { virshCommand, virshLine } from './command'
import { consoleOffer, consolePassword, openConsole } from './console'
import { displayTrust } from './display-trust'
import { readConsoleSecurity } from './console-security'
import { readCounters } from './counters'
import { creationOf } from './creation'
import { deleteVm } from './delete'
import { workOutDeletePlan } from './delete-plan'
import { DeleteReadings } from './delete-readings'
import { diskJobsOf } from './disk-jobs/disk-jobs'
import { closedError, toAppError } from './errors'
import { readFirewall } from '../host/firewall'
import { domainDocument, domainXml, type LibvirtHost } from './host'
import { readGuestAddresses } from './guest-addresses'
import { readHostChoices } from './host-choices'
import { readVolumes } from './host-choices-volumes'
import { connectionFacts, HostFacts } from './host-details'
import { rename, setAutostart } from './identity'
import { migrationOf } from './migration/migration'
import { monitorOf } from './monitor/monitor'
import { networksOf } from './networks/networks'
import { bindDevice, readNodeDevices } from './node-devices'
import { power } from './power'
import { HardwareEditor } from '../hardware/hardware-editor'
import { hardwareOf } from './hardware/hardware'
import { hostCommands } from './images/host-commands'
import { imagesOf } from './images/images'
import { vmUser } from './images/vm-user'
import { qemuMonitorOf } from './qemu-monitor/qemu-monitor'
import { screenshot } from './screenshot'
import { savesOf } from './saves/saves'
import { secretsOf } from './secrets/secrets'
import { shellOf } from '../shell-by-link'
import { snapshotsOf } from './snapshots/snapshots'
import { listening, listenOnce } from './resource-events'
import type { SessionEvents } from '../session-events'
import { SessionLife } from '../session-life'
import { storageOf } from './storage/storage'
import { FreshUsage } from './storage/usage'
import { FreshMemory } from './stats/fresh-memory'
import { statsOf } from './stats/stats'
import { stoppedPools } from './storage/usage-images'
import { readTemplateMark, setTemplate } from './template'
import { textConsolesOf } from './text-console/text-consoles'
import { readOverview } from '../../domain-xml/overview'

const farewellMs = 800

export function openedSession(
  host: LibvirtHost,
  info: HostInfo,
  events: SessionEvents,
  uri: string,
): HypervisorSession {
  const { rpc, link, inventory } = host
  const facts = new HostFacts(host, info, uri)
  const usage = new FreshUsage(host)
  const storage = storageOf(
    host,
    {
      hostname: info.hostname,
      virsh: (words) => virshLine(uri, words),
      changed: (name) => events.emit({ kind: 'resource-changed', resource: 'pool', name }),
    },
    usage,
  )
  const snapshots = snapshotsOf(host, {
    commands: hostCommands(link, info.hostname),
    usage,
    virsh: (words) => virshLine(uri, words),
    changed: (vm) => events.emit({ kind: 'resource-changed', resource: 'snapshot', name: vm }),
  })
  const hardware = new HardwareEditor(hardwareOf(host, uri, info.hostname))
  const creation = creationOf(host, uri)
  const backups = backupsOf(host, (words) => virshLine(uri, words))
  const diskJobs = diskJobsOf(host, () => usage.drop())
  const deletions = new DeleteReadings(host, hostCommands(link, info.hostname))
  const migration = migrationOf(host, info.hostname, uri || info.connectedUri)
  const fresh = new FreshMemory()
  const stats = statsOf(host, fresh)
  const monitor = monitorOf(host, hostCommands(link, info.hostname), runsXen(info))
  const { libVersion } = rpc.control.facts
  const textConsoles = textConsolesOf(host)
  const qemuMonitor = qemuMonitorOf(host)
  const shell = shellOf(link, info.connectedUri)
  const life = new SessionLife({
    isReadOnly: info.isReadOnly,
    events,
    toAppError,
    onOver: () => inventory.close(),
  })
  const { guarded, changing, keep } = life
  const end = (error?: AppError): void => {
    if (!life.end(error)) return
    void rpc.close()
    void link.close()
  }
  // a link that breaks takes its channels with it, and knows better why
  link.onClosed((error) => end(error))
  void rpc.closed.then((reason) => {
    // lets the link speak first when both ended together
    setImmediate(() => end(closedError(reason)))
  })

  const listen = listenOnce(rpc, (resource, name) =>
    events.emit({ kind: 'resource-changed', resource, name }),
  )

  return {
    info,
    features: host.features,
    onEvent: (listener) => events.listen(listener),
    listVms: () => guarded(() => inventory.readAll()),
    power: (vm, action, context) => changing(() => power(host, vm, action, context)),
    rename: (vm, name) => changing(() => rename(host, vm, name)),
    setAutostart: (vm, autostart) => changing(() => setAutostart(host, vm, autostart)),
    isTemplate: (vm) => guarded(() => readTemplateMark(rpc, vm)),
    setTemplate: (vm, isTemplate) => changing(() => setTemplate(host, vm, isTemplate)),
    overview: (vm) => guarded(async () => readOverview(await domainDocument(host, vm))),
    guestAddresses: (vm) => guarded(() => readGuestAddresses(host, vm)),
    xml: (vm) => guarded(() => domainXml(host, vm)),
    commands: () => guarded(() => Promise.reject(new AppError('unsupported', noCommands))),
    hardware: (vm) => guarded(() => hardware.view(vm)),
    previewHardware: (vm, change) => guarded(() => hardware.preview(vm, change)),
    changeHardware: (vm, change, context) => changing(() => hardware.change(vm, change, context)),
    definition: (vm, which) => guarded(() => hardware.definition(vm, which)),
    deviceXml: (vm, item) => guarded(() => hardware.deviceXml(vm, item)),
    deletePlan: (vm, alongWith = []) =>
      guarded(async () => {
        const readUses = deletions.forPlans([...new Set([vm, ...alongWith])])
        const { plan } = await workOutDeletePlan(host, { readUses, libVersion }, vm, alongWith)
        const stopped = await stoppedPools(host)
        return stopped.length === 0 ? plan : { ...plan, stoppedPools: stopped }
      }),
    delete: (vm, request, context) =>
      changing(() =>
        deleteVm(host, { readUses: deletions.fresh, libVersion }, vm, request, context).finally(() =>
          usage.drop(),
        ),
      ),
    readCounters: (wish) => guarded(() => readCounters(host, fresh, wish)),
    consoleOffer: (vm) => guarded(() => consoleOffer(host, vm)),
    openConsole: (vm, signal) =>
      guarded(async () => {
        const stream = await openConsole(host, vm, signal)
        return keep(stream)
      }),
    consolePassword: (vm) => guarded(() => consolePassword(host, vm)),
    displayTrust: () => guarded(() => displayTrust(uri, link, info.hostname)),
    screenshot: (vm) => guarded(() => screenshot(host, vm)),
    hostDetails: () => guarded(() => facts.details()),
    firewall: () => guarded(() => readFirewall(hostCommands(link, info.hostname))),
    capabilities: () => guarded(() => facts.capabilities()),
    guestCapabilities: (query) => guarded(() => facts.guestCapabilities(query)),
    consoleSecurity: (vm) =>
      guarded(() =>
        readConsoleSecurity({
          host,
          hostname: info.hostname,
          connectedUri: info.connectedUri,
          reach: connectionFacts(uri, link.isLocal, true).reach,
          ...(vm === undefined ? {} : { vm }),
        }),
      ),
    hostChoices: () => guarded(() => readHostChoices(host, info.hostname)),
    volumes: (pool) => guarded(() => readVolumes(host, pool)),
    nodeDevices: () => guarded(() => readNodeDevices(host, info.hostname)),
    bindDevice: (name, action) => changing(() => bindDevice(host, name, action)),
    creation: {
      define: (xml) => changing(() => creation.define(xml)),
      install: (firstStart, stored) => changing(() => creation.install(firstStart, stored)),
      takeOver: (vm) => creation.takeOver(vm),
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
    monitor: {
      devices: (kind) => guarded(() => monitor.devices(kind)),
      xen: () => guarded(() => monitor.xen()),
      kvm: () => guarded(() => monitor.kvm()),
    },
    storage: listening(storage, listen),
    images: imagesOf({
      link,
      hostname: info.hostname,
      storage,
      isReadOnly: info.isReadOnly,
      vmUser: () => vmUser(host),
      changed: () => usage.drop(),
    }),
    backups: {
      checkpoints: (vm) => guarded(() => backups.checkpoints(vm)),
      begin: (vm, request) => changing(() => backups.begin(vm, request)),
      beginCommand: (vm, request) => guarded(() => backups.beginCommand(vm, request)),
      progress: (vm) => guarded(() => backups.progress(vm)),
      isHeldUp: (vm) => guarded(() => backups.isHeldUp(vm)),
      cancel: (vm) => changing(() => backups.cancel(vm)),
      deleteCheckpoint: (vm, name) => changing(() => backups.deleteCheckpoint(vm, name)),
    },
    diskJobs: {
      jobs: (vm) => guarded(() => diskJobs.jobs(vm)),
      disk: (vm, target) => guarded(() => diskJobs.disk(vm, target)),
      copy: (vm, target, to, limit) => changing(() => diskJobs.copy(vm, target, to, limit)),
      flatten: (vm, target, limit) => changing(() => diskJobs.flatten(vm, target, limit)),
      merge: (vm, target, layers, limit) => changing(() => diskJobs.merge(vm, target, layers, limit)),
      setLimit: (vm, target, limit) => changing(() => diskJobs.setLimit(vm, target, limit)),
      end: (vm, target, how) => changing(() => diskJobs.end(vm, target, how)),
    },
    networks: listening(
      networksOf(host, {
        hostname: info.hostname,
        virsh: (words) => virshLine(uri, words),
        changed: (resource, name) => events.emit({ kind: 'resource-changed', resource, name }),
      }),
      listen,
    ),
    secrets: listening(
      secretsOf(host, (name) => events.emit({ kind: 'resource-changed', resource: 'secret', name })),
      listen,
    ),
    snapshots: {
      ...snapshots,
      // these also work on files, which the daemon does not keep anybody from
      revertSnapshot: (...input) => changing(() => snapshots.revertSnapshot(...input)),
      deleteSnapshots: (...input) => changing(() => snapshots.deleteSnapshots(...input)),
    },
    saves: savesOf({
      host,
      commands: hostCommands(link, info.hostname),
      storage,
      isSystem: info.connectedUri.split('?')[0]?.endsWith('/system') === true,
      virsh: (words) => virshLine(uri, words),
    }),
    stats: {
      vmCounters: (vm) => guarded(() => stats.vmCounters(vm)),
      hostCounters: () => guarded(() => stats.hostCounters()),
      setMemoryReports: (vm, seconds) => changing(() => stats.setMemoryReports(vm, seconds)),
    },
    qemuMonitor: {
      monitorOffer: (vm) => guarded(() => qemuMonitor.monitorOffer(vm)),
      monitorCommand: (vm, language, command) =>
        changing(() => qemuMonitor.monitorCommand(vm, language, command)),
    },
    shell: {
      shellOffer: () => guarded(() => shell.shellOffer()),
      // nobody there keeps a shell from changing anything
      openShell: (size, signal) =>
        changing(async () => {
          const opened = await shell.openShell(size, signal)
          keep(opened.stream)
          return opened
        }),
    },
    textConsoles: {
      textDevices: (vm) => guarded(() => textConsoles.textDevices(vm)),
      // what is typed there changes the guest, and libvirt lets no read-only connection do it
      openText: (vm, request, signal) =>
        changing(async () => keep(await textConsoles.openText(vm, request, signal))),
    },
    virsh: (words) => virshLine(uri, words),
    command: (_, action, name) => virshCommand(uri, action, name),
    checkAlive: (timeoutMs) => rpc.checkAlive(timeoutMs),
    async close() {
      if (!life.end()) return
      // the daemon is told goodbye before the link goes, unless it does not listen
      await Promise.race([rpc.close(), new Promise((resolve) => setTimeout(resolve, farewellMs))])
      await link.close()
    },
  }
}

const noCommands = 'Which command runs a VM is libvirt’s own to decide: it stands in its log on the host'
