import type { Duplex } from 'node:stream'
import { AppError, type ErrorData } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type { ConsoleSecurity } from '../../../shared/model/console-security'
import type { DeleteOutcome, DeletePlan } from '../../../shared/model/delete-plan'
import type { FirewallRules } from '../../../shared/model/firewall'
import type { CardAddresses } from '../../../shared/model/guest-addresses'
import type { HostFeatures, HostInfo } from '../../../shared/model/host'
import type { HostChoices, VolumeList } from '../../../shared/model/host-choices'
import type {
  GuestCapabilities,
  GuestCapabilitiesQuery,
  HostCapabilities,
  HostDetails,
} from '../../../shared/model/host-details'
import type { VmId } from '../../../shared/model/ids'
import type { BindAction, NodeDevice } from '../../../shared/model/node-device'
import type { VmCounters } from '../../../shared/model/stats'
import { isActive, type PowerAction, type VmRecord } from '../../../shared/model/vm'
import type { VmOverview } from '../../../shared/model/vm-overview'
import type {
  ApplyOutcome,
  ChangePreview,
  DefinitionText,
  HardwareView,
  ItemRef,
} from '../../../shared/model/hardware/view'
import { EditDocument } from '../../domain-xml/edit/tree'
import { markTemplate } from '../../domain-xml/template-mark'
import type {
  ActionContext,
  CounterWish,
  DeleteRequest,
  HardwareRequest,
  HypervisorSession,
  SessionEvent,
  Screenshot,
} from '../backend'
import type { DisplayTrust } from '../display-trust'
import { fakeBackups } from './backups/backups'
import { cancelled } from './clock'
import { consoleOfferFor, openConsoleOf } from './console'
import { fakeCreation } from './creation'
import { fakeDiskJobs } from './disk-jobs/disk-jobs'
import { deletePlanFor } from './delete-plan'
import { deleteVm } from './delete'
import { demoFirewall } from './firewall'
import type { FakeHost } from './fake-host'
import { hostChoicesOf, volumesOf } from './host-choices'
import { consoleSecurityOf, detailsOf, guestCapabilitiesOf } from './host-details'
import { recordFor, type FakeVm } from './model'
import { bindDeviceOf, nodeDevicesOf } from './node-devices'
import { overviewOf } from './overview'
import { FakeHardware } from './hardware'
import { fakeImages } from './images'
import { guestAddressesOf } from './networks-cards'
import { fakeMigration } from './migration'
import { fakeMonitor } from './monitor'
import { power } from './power'
import { countersOf, onlyFigures } from './stats'
import { fakeStats } from './stats-detail'
import { fakeNetworks } from './networks'
import { fakeQemuMonitor } from './qemu-monitor/qemu-monitor'
import { fakeSaves } from './saves'
import { fakeSecrets } from './secrets'
import { fakeShell } from './shell/shell'
import { fakeSnapshots } from './snapshots/snapshots'
import { fakeStorage } from './storage/storage'
import { fakeTextConsoles } from './text-console/text-consoles'
import { virshCommand, virshLine } from './virsh-command'
import { storedXmlOf, xmlOf } from './xml'

/** One client of a demo host. */
export class FakeSession implements HypervisorSession {
  readonly creation: HypervisorSession['creation']
  readonly migration: HypervisorSession['migration']
  readonly monitor: HypervisorSession['monitor']
  readonly storage: HypervisorSession['storage']
  readonly images: HypervisorSession['images']
  readonly backups: HypervisorSession['backups']
  readonly diskJobs: HypervisorSession['diskJobs']
  readonly networks: HypervisorSession['networks']
  readonly secrets: HypervisorSession['secrets']
  readonly snapshots: HypervisorSession['snapshots']
  readonly saves: HypervisorSession['saves']
  readonly stats: HypervisorSession['stats']
  readonly textConsoles: HypervisorSession['textConsoles']
  readonly qemuMonitor: HypervisorSession['qemuMonitor']
  readonly shell: HypervisorSession['shell']
  readonly #listeners = new Set<(event: SessionEvent) => void>()
  readonly #streams = new Set<Duplex>()
  /** Aborted when the session ends: calls under way end with it. */
  readonly #life = new AbortController()
  readonly #unsubscribe: () => void
  readonly #hardware: FakeHardware

  constructor(
    readonly host: FakeHost,
    readonly info: HostInfo,
    readonly features: HostFeatures,
    private readonly callDelayMs: number,
  ) {
    this.#unsubscribe = host.onEvent((event) => this.#tell(event))
    this.#hardware = new FakeHardware(host)
    this.creation = fakeCreation(host, () => this.#answerTime())
    this.backups = fakeBackups(host, () => this.#answerTime())
    this.diskJobs = fakeDiskJobs(host, () => this.#answerTime())
    this.migration = fakeMigration(host, () => this.#answerTime())
    this.monitor = fakeMonitor(host, info, () => this.#answerTime())
    this.networks = fakeNetworks(host, () => this.#answerTime())
    this.snapshots = fakeSnapshots(host, features, () => this.#answerTime())
    this.secrets = fakeSecrets(host, () => this.#answerTime())
    this.storage = fakeStorage(host, () => this.#answerTime())
    this.saves = fakeSaves({ host, storage: this.storage, features }, () => this.#answerTime())
    this.stats = fakeStats(host, info, () => this.#answerTime())
    this.images = fakeImages(host, this.storage, () => this.#answerTime())
    this.shell = fakeShell(
      host,
      features,
      () => this.#answerTime(),
      (stream) => this.#keep(stream),
    )
    this.qemuMonitor = fakeQemuMonitor(host, features, () => this.#answerTime())
    this.textConsoles = fakeTextConsoles(
      host,
      () => this.#answerTime(),
      (stream) => this.#keep(stream),
    )
  }

  virsh(words: readonly string[]): string {
    return virshLine(words)
  }

  onEvent(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async listVms(): Promise<VmRecord[]> {
    await this.#answerTime()
    return [...this.host.vms.values()].map(recordFor)
  }

  async power(id: VmId, action: PowerAction, context: ActionContext): Promise<void> {
    const vm = await this.#find(id)
    await power(this.host, vm, action, this.features, context)
  }

  async rename(id: VmId, name: string): Promise<void> {
    const vm = await this.#find(id)
    this.#need('canRename')
    if (vm.job !== undefined || isActive(vm.state)) {
      throw new AppError('invalid', 'Only a VM that is shut off can be renamed', {
        detail: 'Requested operation is not valid: cannot rename active domain',
      })
    }
    if (name === vm.definition.name) return
    if (name === '' || /[/\n]/.test(name)) {
      throw new AppError('invalid', 'This is not a name for a VM', { field: 'name' })
    }
    if (this.host.byName(name)) {
      throw new AppError('already-exists', `There is already a VM called "${name}"`, {
        cure: 'Choose another name',
        detail: `operation failed: domain '${name}' already exists`,
        field: 'name',
      })
    }
    const document = vm.storedXml === undefined ? undefined : EditDocument.parse(vm.storedXml)
    document?.root.find('name')?.setText(name)
    this.host.change(vm, {
      definition: { ...vm.definition, name },
      ...(document ? { storedXml: document.toString() } : {}),
    })
  }

  async setAutostart(id: VmId, autostart: boolean): Promise<void> {
    const vm = await this.#find(id)
    this.#need('canAutostart')
    if (!vm.isPersistent) throw new AppError('invalid', 'Not possible for a transient VM')
    if (vm.autostart !== autostart) this.host.change(vm, { autostart })
  }

  async isTemplate(id: VmId): Promise<boolean> {
    return (await this.#find(id)).definition.isTemplate === true
  }

  async setTemplate(id: VmId, isTemplate: boolean): Promise<void> {
    const vm = await this.#find(id)
    if (!vm.isPersistent) throw new AppError('invalid', 'A transient VM cannot be a template')
    const document = EditDocument.parse(storedXmlOf(vm))
    markTemplate(document.root, isTemplate)
    const { isTemplate: _, ...rest } = vm.definition
    this.host.change(vm, {
      storedXml: document.toString(),
      definition: isTemplate ? { ...rest, isTemplate } : rest,
    })
  }

  async overview(id: VmId): Promise<VmOverview> {
    const vm = await this.#find(id)
    return overviewOf(vm, this.host.displayPort(vm))
  }

  async guestAddresses(id: VmId): Promise<readonly CardAddresses[]> {
    await this.#find(id)
    return guestAddressesOf(this.host, id)
  }

  async xml(id: VmId): Promise<string> {
    const vm = await this.#find(id)
    return xmlOf(vm, this.host.displayPort(vm))
  }

  async hardware(id: VmId): Promise<HardwareView> {
    return this.#hardware.view(await this.#find(id))
  }

  async previewHardware(id: VmId, request: HardwareRequest): Promise<ChangePreview> {
    return this.#hardware.preview(await this.#find(id), request)
  }

  async changeHardware(id: VmId, request: HardwareRequest): Promise<ApplyOutcome> {
    return this.#hardware.change(await this.#find(id), request)
  }

  async definition(id: VmId, which: 'stored' | 'running'): Promise<DefinitionText> {
    return this.#hardware.definition(await this.#find(id), which)
  }

  async deviceXml(id: VmId, item: ItemRef): Promise<string> {
    return this.#hardware.deviceXml(await this.#find(id), item)
  }

  async commands(id: VmId): Promise<never> {
    await this.#find(id)
    throw new AppError('unsupported', 'This host does not tell the command that runs a VM')
  }

  async deletePlan(id: VmId, alongWith: readonly VmId[] = []): Promise<DeletePlan> {
    const vm = await this.#find(id)
    this.#need('canDelete')
    return deletePlanFor(this.host, vm, alongWith)
  }

  async delete(id: VmId, request: DeleteRequest, context: ActionContext): Promise<DeleteOutcome> {
    const vm = await this.#find(id)
    this.#need('canDelete')
    return deleteVm(this.host, vm, request, context)
  }

  async readCounters({ figures }: CounterWish = {}): Promise<VmCounters[]> {
    await this.#answerTime()
    const all = [...this.host.vms.values()].flatMap((vm) => countersOf(vm) ?? [])
    return figures === undefined ? all : all.map((counters) => onlyFigures(counters, figures))
  }

  async consoleOffer(id: VmId): Promise<ConsoleOffer> {
    const vm = await this.#find(id)
    return consoleOfferFor(vm, this.features)
  }

  async openConsole(id: VmId, signal: AbortSignal): Promise<Duplex> {
    const vm = await this.#find(id)
    if (signal.aborted) throw cancelled()
    const stream = openConsoleOf(vm, this.features)
    this.#keep(stream)
    return stream
  }

  async consolePassword(id: VmId): Promise<string | undefined> {
    const { definition } = await this.#find(id)
    return definition.display.kind === 'vnc' ? definition.display.password : undefined
  }

  async displayTrust(): Promise<DisplayTrust> {
    return { reach: 'local', names: ['localhost'], places: [] }
  }

  async screenshot(id: VmId): Promise<Screenshot> {
    const { run } = await this.#find(id)
    if (!run) throw new AppError('invalid', 'The VM is shut off')
    return { mime: 'image/x-portable-pixmap', bytes: run.display.capture() }
  }

  async firewall(): Promise<FirewallRules> {
    await this.#answerTime()
    return demoFirewall
  }

  async hostDetails(): Promise<HostDetails> {
    await this.#answerTime()
    return detailsOf(this.host, this.info)
  }

  async capabilities(): Promise<HostCapabilities> {
    await this.#answerTime()
    return { guests: this.host.guestKinds }
  }

  async guestCapabilities(query: GuestCapabilitiesQuery): Promise<GuestCapabilities> {
    await this.#answerTime()
    return guestCapabilitiesOf(this.host.guestKinds, query)
  }

  async consoleSecurity(id?: VmId): Promise<ConsoleSecurity> {
    await this.#answerTime()
    return consoleSecurityOf(this.host, id)
  }

  async hostChoices(): Promise<HostChoices> {
    await this.#answerTime()
    return hostChoicesOf(this.host)
  }

  async volumes(pool: string): Promise<VolumeList> {
    await this.#answerTime()
    return volumesOf(this.host, pool)
  }

  async nodeDevices(): Promise<NodeDevice[]> {
    await this.#answerTime()
    return nodeDevicesOf(this.host)
  }

  async bindDevice(name: string, action: BindAction): Promise<void> {
    await this.#answerTime()
    bindDeviceOf(this.host, name, action)
  }

  command(_: VmId, action: PowerAction | 'delete', name: string): string {
    return virshCommand(action, name)
  }

  async close(): Promise<void> {
    this.end()
  }

  /** Ends the session, with an error when it was lost rather than closed. */
  end(error?: ErrorData): void {
    if (this.#life.signal.aborted) return
    this.#unsubscribe()
    this.#life.abort()
    for (const stream of this.#streams) stream.destroy()
    this.#tell({ kind: 'closed', ...(error === undefined ? {} : { error }) })
    this.#listeners.clear()
  }

  /** It ends with the session. */
  #keep(stream: Duplex): void {
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
  }

  async #find(id: VmId): Promise<FakeVm> {
    await this.#answerTime()
    return this.host.get(id)
  }

  async #answerTime(): Promise<void> {
    if (this.callDelayMs > 0 && !this.#life.signal.aborted) {
      // a session that ends meanwhile ends the wait; the check below says why
      await this.host.clock.delay(this.callDelayMs, this.#life.signal).catch(() => {})
    }
    if (this.#life.signal.aborted) {
      throw new AppError('unreachable', 'The connection to the host is closed', { cure: 'Connect again' })
    }
  }

  #need(feature: 'canRename' | 'canAutostart' | 'canDelete'): void {
    if (!this.features[feature]) throw new AppError('unsupported', 'This hypervisor cannot do this')
  }

  #tell(event: SessionEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }
}
