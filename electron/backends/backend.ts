import type { Duplex } from 'node:stream'
import type { ErrorData } from '../../shared/errors'
import type { ResourceKind } from '../../shared/ipc/contract'
import type { ConsoleOffer } from '../../shared/model/console'
import type { DeleteOutcome, DeletePlan, PartKind } from '../../shared/model/delete-plan'
import type { ConsoleSecurity } from '../../shared/model/console-security'
import type { FirewallRules } from '../../shared/model/firewall'
import type { CardAddresses } from '../../shared/model/guest-addresses'
import type { ConnectStage, HostFeatures, HostInfo, SshEngine } from '../../shared/model/host'
import type { HostChoices, VolumeList } from '../../shared/model/host-choices'
import type {
  GuestCapabilities,
  GuestCapabilitiesQuery,
  HostCapabilities,
  HostDetails,
} from '../../shared/model/host-details'
import type { ChangeHardwareInput } from '../../shared/model/hardware/change'
import type {
  ApplyOutcome,
  ChangePreview,
  DefinitionText,
  HardwareView,
  ItemRef,
} from '../../shared/model/hardware/view'
import type { VmId } from '../../shared/model/ids'
import type { BindAction, NodeDevice } from '../../shared/model/node-device'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import type { PolledFigure } from '../../shared/model/polling'
import type { VmCounters } from '../../shared/model/stats'
import type { Amount } from '../../shared/model/task'
import type { PowerAction, VmRecord } from '../../shared/model/vm'
import type { VmCommands } from '../../shared/model/vm-command'
import type { VmOverview } from '../../shared/model/vm-overview'
import type { CreationSession } from './creation-session'
import type { BackupSession } from './backup-session'
import type { DiskJobSession } from './disk-job-session'
import type { DisplayTrust } from './display-trust'
import type { MigrationSession } from './migration-session'
import type { MonitorSession } from './monitor-session'
import type { NetworkSession } from './network-session'
import type { QemuMonitorSession } from './qemu-monitor-session'
import type { SaveSession } from './save-session'
import type { SecretSession } from './secret-session'
import type { ShellSession } from './shell-session'
import type { SnapshotSession } from './snapshot-session'
import type { StatsSession } from './stats-session'
import type { ImageSession, StorageSession } from './storage-session'
import type { TextConsoleSession } from './text-console-session'

export interface Screenshot {
  readonly mime: string
  readonly bytes: Buffer
}

/** A way to talk to one kind of hypervisor: libvirt, the in-memory demo host, later bare QEMU and xl. */
export interface Backend {
  readonly name: string
  /** Whether this backend speaks for the URI's scheme. */
  accepts(uri: string): boolean
  /**
   * Reaches the host and opens the hypervisor. Ends with an AppError (unreachable, auth-failed, denied, unsupported,
   * invalid, timed-out, cancelled). Aborting `signal` gives up at once and leaves nothing open.
   */
  connect(request: ConnectRequest): Promise<HypervisorSession>
}

export interface ConnectRequest {
  readonly uri: string
  /** Private key chosen by the user, a path on this computer. */
  readonly keyFile?: string
  /** Who speaks ssh, for ssh transports; builtin unless told. */
  readonly sshEngine?: SshEngine
  /** Look, do not touch: every change is refused by the daemon itself. */
  readonly readOnly?: boolean
  readonly signal: AbortSignal
  onStage(stage: ConnectStage): void
  /** A line for the host's connection log; never contains secrets. */
  log(text: string): void
  /** Asks the user; null = cancelled. Hosts remember answered secrets for the life of the app. */
  ask(prompt: Prompt): Promise<PromptAnswer>
}

/** What changed, told as it happens. A session reports whole VMs, so listeners never merge. */
export type SessionEvent =
  | { readonly kind: 'vm-changed'; readonly vm: VmRecord }
  | { readonly kind: 'vm-removed'; readonly id: VmId }
  /** A hint that something else of the host is not what it was; whoever shows it reads it again. */
  | { readonly kind: 'resource-changed'; readonly resource: ResourceKind; readonly name?: string }
  /** The session is over; nothing follows. Without error: closed by us. */
  | { readonly kind: 'closed'; readonly error?: ErrorData }

export type HardwareRequest = Omit<ChangeHardwareInput, 'host' | 'vm'>

export interface ActionContext {
  readonly signal: AbortSignal
  /** 0 to 1. `amount`: for what is counted in bytes, so that speed and time left can be told. */
  onProgress(fraction: number, amount?: Amount): void
}

/**
 * One open hypervisor. Methods end with an AppError: not-found when the VM is gone, busy or invalid in a wrong state,
 * unsupported when the driver cannot, timed-out when the host did not answer.
 */
export interface DeleteRequest {
  /** Paths of the plan. */
  readonly files: readonly string[]
  /** State that stays; all else goes. */
  readonly keepParts?: readonly PartKind[]
  /** Of the plan that the user saw. */
  readonly stamp?: string
}

export interface CounterWish {
  /** Also how long vCPUs waited, which costs more to read. */
  readonly vcpuTimes?: boolean
  /** Absent: all. */
  readonly figures?: readonly PolledFigure[]
}

export interface HypervisorSession {
  readonly info: HostInfo
  readonly features: HostFeatures

  /** Subscribe before listing, so that nothing falls between. Returns unsubscribe. */
  onEvent(listener: (event: SessionEvent) => void): () => void
  listVms(): Promise<VmRecord[]>

  /**
   * Does it and ends when the host accepted it; the new state arrives as an event. `shutdown` and `reboot` only ask
   * the guest. `save` ends when the image is written and can be cancelled while it runs.
   */
  power(vm: VmId, action: PowerAction, context: ActionContext): Promise<void>
  rename(vm: VmId, name: string): Promise<void>
  setAutostart(vm: VmId, autostart: boolean): Promise<void>
  /** Asks the host anew: what is listed may be older, and is told late. */
  isTemplate(vm: VmId): Promise<boolean>
  /** Puts the mark of a template into the stored definition, or takes it out; nothing else is changed. */
  setTemplate(vm: VmId, isTemplate: boolean): Promise<void>

  overview(vm: VmId): Promise<VmOverview>
  /** Of a running guest, by card; empty when nobody knows any. */
  guestAddresses(vm: VmId): Promise<readonly CardAddresses[]>
  /** The definition, live while it runs, without secrets. */
  xml(vm: VmId): Promise<string>

  /** The command that runs the VM; `unsupported` where the features do not tell of it. */
  commands(vm: VmId): Promise<VmCommands>

  hardware(vm: VmId): Promise<HardwareView>
  /** `invalid` with the field for what cannot be; `not-found` for what is gone. Changes nothing. */
  previewHardware(vm: VmId, change: HardwareRequest): Promise<ChangePreview>
  /**
   * Stores the changes in one step, so that what is refused changes nothing, then does under the running guest what can
   * be done there. What the guest or host then refuses stays stored for the next start and is told in the result.
   */
  changeHardware(vm: VmId, change: HardwareRequest, context: ActionContext): Promise<ApplyOutcome>
  /** Secrets are marks (see domain-xml/secrets). */
  definition(vm: VmId, which: 'stored' | 'running'): Promise<DefinitionText>
  deviceXml(vm: VmId, item: ItemRef): Promise<string>

  /** `alongWith` are deleted as well: what only they share with the VM is told apart from what others use. */
  deletePlan(vm: VmId, alongWith?: readonly VmId[]): Promise<DeletePlan>
  /**
   * Removes the definition (with what the plan lists as going along), then the chosen files. Held against a fresh plan:
   * with paths that are not in it, files that somebody uses, or another stamp nothing is done (invalid, busy). Once the
   * definition is gone it does not throw: the outcome tells each file that is still there and why.
   */
  delete(vm: VmId, request: DeleteRequest, context: ActionContext): Promise<DeleteOutcome>

  /** Counters of active VMs; one cheap call per tick. */
  readCounters(wish?: CounterWish): Promise<VmCounters[]>

  consoleOffer(vm: VmId): Promise<ConsoleOffer>
  /** A raw RFB byte stream to the VM's VNC server, the server speaking first. The caller destroys it. */
  openConsole(vm: VmId, signal: AbortSignal): Promise<Duplex>
  /** The password of the VM's own definition, when it has one and the connection may read it. */
  consolePassword(vm: VmId): Promise<string | undefined>
  displayTrust(): Promise<DisplayTrust>
  /** What is on the first screen of a running guest; as untrusted as all that a host sends. */
  screenshot(vm: VmId): Promise<Screenshot>

  /** What the host is made of and how it is reached; quick, and not needed for anything else. */
  hostDetails(): Promise<HostDetails>
  /** `unsupported` where no command can be run, `denied` where the account may not look. */
  firewall(): Promise<FirewallRules>
  capabilities(): Promise<HostCapabilities>
  /** Slow the first time, as the hypervisor's program is asked. */
  guestCapabilities(query: GuestCapabilitiesQuery): Promise<GuestCapabilities>
  /** Who can get at the consoles, of one VM or of all: reads every definition. Never tells a password. */
  consoleSecurity(vm?: VmId): Promise<ConsoleSecurity>

  /** Networks, interfaces, pools and more that VMs can use; each list tells its own failure. */
  hostChoices(): Promise<HostChoices>
  /** Of one pool; `not-found` without it, `invalid` while it is not active. */
  volumes(pool: string): Promise<VolumeList>
  /** Hardware of the host, with what is known of who uses it. */
  nodeDevices(): Promise<NodeDevice[]>
  /** Moves a device between the host's driver and VMs; ends when it is done. */
  bindDevice(name: string, action: BindAction): Promise<void>

  readonly creation: CreationSession
  readonly migration: MigrationSession
  readonly monitor: MonitorSession
  readonly storage: StorageSession
  readonly images: ImageSession
  readonly backups: BackupSession
  readonly diskJobs: DiskJobSession
  readonly networks: NetworkSession
  readonly secrets: SecretSession
  readonly snapshots: SnapshotSession
  readonly saves: SaveSession
  readonly stats: StatsSession
  readonly textConsoles: TextConsoleSession
  readonly qemuMonitor: QemuMonitorSession
  readonly shell: ShellSession

  /** A virsh command with its connection, each word quoted for a shell; absent where virsh has no part in it. */
  virsh(words: readonly string[]): string | undefined
  /** The equal virsh command of an action, for the task list. */
  command(vm: VmId, action: PowerAction | 'delete', name: string): string | undefined

  /** Asks for a sign of life: the session ends (`closed`) when none comes in time. Absent where nothing can go silent. */
  checkAlive?(timeoutMs: number): void

  /** Ends everything the session opened; never throws, answers within a second. */
  close(): Promise<void>
}
