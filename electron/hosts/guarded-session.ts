import { AppError } from '../../shared/errors'
import type { VmRecord } from '../../shared/model/vm'
import type { HypervisorSession, SessionEvent } from '../backends/backend'
import { within, type Afterwards } from './deadline'
import {
  backupModes,
  creationModes,
  diskJobModes,
  guardPart,
  imageModes,
  migrationModes,
  monitorModes,
  networkModes,
  qemuMonitorModes,
  saveModes,
  secretModes,
  shellModes,
  snapshotModes,
  statsModes,
  storageModes,
  textConsoleModes,
} from './guarded-parts'
import { guardedPower, slowTimeoutMs } from './guarded-power'

/** All pools and VMs of the host are looked at, some of them after they were read anew. */
const planTimeoutMs = 60_000

/**
 * A session whose every call has a deadline and whose calls fail at once when the session ends, whatever the backend
 * does. What hangs on one host stays there.
 */
export function guardSession(session: HypervisorSession, callTimeoutMs: number): HypervisorSession {
  const ended = new Promise<never>((_, reject) => {
    session.onEvent((event: SessionEvent) => {
      if (event.kind !== 'closed') return
      reject(
        event.error
          ? AppError.from(event.error)
          : new AppError('cancelled', 'The connection to the host was closed'),
      )
    })
  })
  // only the calls that race against it need to know
  ended.catch(() => undefined)
  const unlessEnded = <T>(work: () => Promise<T>): Promise<T> => Promise.race([(async () => work())(), ended])
  const call = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    within(callTimeoutMs, what, unlessEnded(work))
  const change = <T>(what: string, work: () => Promise<T>, timeoutMs = callTimeoutMs): Promise<T> =>
    within(timeoutMs, what, unlessEnded(work), 'may-still-happen' satisfies Afterwards)

  const guards = { read: call, change, long: unlessEnded }

  return {
    info: session.info,
    features: session.features,
    onEvent: (listener) => session.onEvent(listener),
    listVms: (): Promise<VmRecord[]> => call('Reading virtual machines', () => session.listVms()),
    power: (vm, action, context) =>
      guardedPower(action, context, (own) => unlessEnded(() => session.power(vm, action, own))),
    rename: (vm, name) => change('Renaming', () => session.rename(vm, name)),
    setAutostart: (vm, autostart) => change('Setting autostart', () => session.setAutostart(vm, autostart)),
    isTemplate: (vm) => call('Reading the VM', () => session.isTemplate(vm)),
    setTemplate: (vm, isTemplate) => change('Marking the VM', () => session.setTemplate(vm, isTemplate)),
    overview: (vm) => call('Reading the VM', () => session.overview(vm)),
    guestAddresses: (vm) => call('Asking for addresses', () => session.guestAddresses(vm)),
    xml: (vm) => call('Reading the definition', () => session.xml(vm)),
    commands: (vm) => call('Working out the command', () => session.commands(vm)),
    hardware: (vm) => call('Reading the hardware', () => session.hardware(vm)),
    previewHardware: (vm, wanted) =>
      call('Working out the change', () => session.previewHardware(vm, wanted)),
    changeHardware: (vm, wanted, context) =>
      change('Changing the hardware', () => session.changeHardware(vm, wanted, context), slowTimeoutMs),
    definition: (vm, which) => call('Reading the definition', () => session.definition(vm, which)),
    deviceXml: (vm, item) => call('Reading the device', () => session.deviceXml(vm, item)),
    deletePlan: (vm, alongWith) =>
      within(
        planTimeoutMs,
        'Working out what deleting touches',
        unlessEnded(() => session.deletePlan(vm, alongWith)),
      ),
    delete: (vm, request, context) =>
      change('Deleting', () => session.delete(vm, request, context), slowTimeoutMs),
    readCounters: (wish) => call('Reading statistics', () => session.readCounters(wish)),
    consoleOffer: (vm) => call('Asking for the display', () => session.consoleOffer(vm)),
    openConsole: async (vm, signal) => {
      let isLate = false
      const opening = session.openConsole(vm, signal)
      // a stream that arrives after the deadline has no owner any more
      opening.then((stream) => isLate && stream.destroy()).catch(() => undefined)
      return call('Opening the console', () => opening).catch((error: unknown) => {
        isLate = true
        throw error
      })
    },
    consolePassword: (vm) => call('Reading the display password', () => session.consolePassword(vm)),
    displayTrust: () => call('Looking for certificates', () => session.displayTrust()),
    screenshot: (vm) => call('Taking a picture of the screen', () => session.screenshot(vm)),
    hostDetails: () => call('Reading the host', () => session.hostDetails()),
    firewall: () => call('Reading the firewall', () => session.firewall()),
    capabilities: () => call('Reading the capabilities', () => session.capabilities()),
    guestCapabilities: (query) => call('Asking the hypervisor', () => session.guestCapabilities(query)),
    consoleSecurity: (vm) => call('Looking at the consoles', () => session.consoleSecurity(vm)),
    hostChoices: () => call('Reading what the host offers', () => session.hostChoices()),
    volumes: (pool) => call('Reading the pool', () => session.volumes(pool)),
    nodeDevices: () => call("Reading the host's devices", () => session.nodeDevices()),
    bindDevice: (name, action) => change('Moving the device', () => session.bindDevice(name, action)),
    creation: guardPart(session.creation, creationModes, guards),
    migration: guardPart(session.migration, migrationModes, guards),
    monitor: guardPart(session.monitor, monitorModes, guards),
    storage: guardPart(session.storage, storageModes, guards),
    images: guardPart(session.images, imageModes, guards),
    backups: guardPart(session.backups, backupModes, guards),
    diskJobs: guardPart(session.diskJobs, diskJobModes, guards),
    networks: guardPart(session.networks, networkModes, guards),
    secrets: guardPart(session.secrets, secretModes, guards),
    snapshots: guardPart(session.snapshots, snapshotModes, guards),
    saves: guardPart(session.saves, saveModes, guards),
    stats: guardPart(session.stats, statsModes, guards),
    qemuMonitor: guardPart(session.qemuMonitor, qemuMonitorModes, guards),
    shell: guardPart(session.shell, shellModes, guards),
    textConsoles: guardPart(session.textConsoles, textConsoleModes, guards),
    virsh: (words) => session.virsh(words),
    command: (vm, action, name) => session.command(vm, action, name),
    checkAlive: (timeoutMs) => session.checkAlive?.(timeoutMs),
    close: async () => {
      await within(2_000, 'Closing', session.close()).catch(() => undefined)
    },
  }
}
