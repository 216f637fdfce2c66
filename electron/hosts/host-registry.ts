import { randomUUID } from 'node:crypto'
import { AppError, errorData, type ErrorData } from '../../shared/errors'
import type { AppEmitters, HostLogLine, Snapshot, VmChange } from '../../shared/ipc/contract'
import type { AddHostInput, Host, LocalDaemon, MoveHostInput, UpdateHostInput } from '../../shared/model/host'
import type { AddedHosts } from '../../shared/model/host-import'
import type { HostId, VmRef } from '../../shared/model/ids'
import type { StatsTick } from '../../shared/model/stats'
import type { Vm } from '../../shared/model/vm'
import type { Backend, HypervisorSession } from '../backends/backend'
import { storedHostId, type StoredHost } from '../settings/schema'
import type { Settings } from '../settings/settings'
import { GentleStart } from './gentle-start'
import { HostConnection } from './host-connection'
import { driverOf, hostIdentity, labelOf } from './host-names'
import { InventoryStore } from './inventory-store'
import { findLocalDaemons } from './local-daemons'
import type { PollingPace } from './polling-pace'
import type { Prompts } from './prompts'
import type { Revisions } from './revisions'
import { changedHost, isOtherWay, movedHosts, newStoredHost, renamedGroup } from './stored-hosts'
import { defaultTiming, type HostTiming } from './timing'
import { VmChangeBatch } from './vm-change-batch'

export interface HostRegistryOptions {
  readonly backends: readonly Backend[]
  readonly settings: Settings
  readonly prompts: Prompts
  readonly emit: Pick<AppEmitters, 'vms'> & {
    readonly stats: Pick<AppEmitters['stats'], 'hostTick'> & { tick(tick: StatsTick): void }
    readonly hosts: Pick<AppEmitters['hosts'], 'changed' | 'reordered' | 'resourceChanged'>
  }
  readonly revisions: Revisions
  /** What `addDemo` adds; its driver marks demo hosts. */
  readonly demoUri?: string
  readonly timing?: Partial<HostTiming>
  /** How often loads are asked for, and which; absent: as `timing` says, and all. */
  readonly pace?: PollingPace
  readonly now?: () => number
  readonly random?: () => number
}

type Entry = { stored: StoredHost; readonly connection: HostConnection }

/** All hosts: the list the user keeps, and behind each its connection and last known VMs. */
export class HostRegistry {
  readonly #options: HostRegistryOptions
  readonly #timing: HostTiming
  readonly #now: () => number
  readonly #demoUri: string
  readonly #entries = new Map<HostId, Entry>()
  readonly #changes: VmChangeBatch
  readonly #store: InventoryStore
  readonly #gentle: GentleStart

  constructor(options: HostRegistryOptions) {
    this.#options = options
    this.#timing = { ...defaultTiming, ...options.timing }
    this.#gentle = new GentleStart(this.#timing)
    this.#now = options.now ?? Date.now
    this.#demoUri = options.demoUri ?? 'demo://local/'
    this.#changes = new VmChangeBatch(options.emit, options.revisions, this.#timing.batchMs)
    this.#store = new InventoryStore({
      settings: options.settings,
      delayMs: this.#timing.saveDelayMs,
      read: (host) => {
        const connection = this.#entries.get(host)?.connection
        if (!connection) return undefined
        const info = connection.lastInfo
        return {
          savedAtMs: connection.lastHeardMs ?? this.#now(),
          ...(info ? { info } : {}),
          vms: connection.inventory.records(),
        }
      },
      onError: (host, error) => this.#entries.get(host)?.connection.log.add(errorData(error).message),
    })
  }

  /** Brings back the kept hosts with their last known VMs, then connects those that are to connect by themselves. */
  async start(): Promise<void> {
    for (const stored of this.#options.settings.data.hosts) {
      const { connection } = this.#enter(stored)
      const known = await this.#store.load(stored.id)
      if (known) {
        connection.restore(known.info, known.savedAtMs)
        this.#changes.add(connection.inventory.replaceAll(known.vms))
      }
      this.#tell(stored.id)
    }
    this.#startGently([...this.#entries.values()])
  }

  list(): Snapshot<Host> {
    const items = [...this.#entries.values()].map((entry) => this.#host(entry))
    return { revision: this.#options.revisions.current, items }
  }

  listVms(): Snapshot<Vm> {
    const items = [...this.#entries.values()].flatMap(({ connection }) => connection.inventory.list())
    return { revision: this.#options.revisions.current, items }
  }

  /** Adds the host and begins to connect. Bad input is `invalid` with the field, or `already-exists`. */
  async add(input: AddHostInput): Promise<HostId> {
    const uri = input.uri.trim()
    this.checkUri(uri)
    const stored = newStoredHost(storedHostId.parse(randomUUID()), { ...input, uri })
    const { connection } = this.#enter(stored)
    this.#tell(stored.id)
    connection.connect()
    await this.#save()
    return stored.id
  }

  /** Adds several; those with autoconnect are connected. What is refused is answered with its reason. */
  async addMany(inputs: readonly AddHostInput[]): Promise<AddedHosts> {
    const added: Entry[] = []
    const skipped: { uri: string; error: ErrorData }[] = []
    for (const input of inputs) {
      const uri = input.uri.trim()
      try {
        this.checkUri(uri)
        added.push(this.#enter(newStoredHost(storedHostId.parse(randomUUID()), { ...input, uri })))
      } catch (error) {
        skipped.push({ uri, error: errorData(error) })
      }
    }
    for (const { stored } of added) this.#tell(stored.id)
    this.#startGently(added)
    await this.#save()
    return { added: added.map(({ stored }) => stored.id), skipped }
  }

  /** Adds the demo host, or connects to the one that is there. */
  async addDemo(): Promise<HostId> {
    const wanted = hostIdentity(this.#demoUri)
    const demo = [...this.#entries.values()].find(({ stored }) => hostIdentity(stored.uri) === wanted)
    if (!demo) return this.add({ uri: this.#demoUri, label: 'Demo host', autoconnect: true })
    demo.connection.connect()
    return demo.stored.id
  }

  /** Changes what is kept; a host that is connected, or trying to be, is reached anew if the way to it changed. */
  async update(input: UpdateHostInput): Promise<void> {
    const entry = this.#entry(input.host)
    const uri = input.uri?.trim()
    if (uri !== undefined && uri !== entry.stored.uri) this.checkUri(uri, input.host)
    const before = entry.stored
    entry.stored = changedHost(before, { ...input, ...(uri === undefined ? {} : { uri }) })
    this.#tell(input.host)
    if (isOtherWay(before, entry.stored) && entry.connection.status.kind !== 'disconnected') {
      void entry.connection.disconnect()
      entry.connection.connect()
    }
    await this.#save()
  }

  async move(input: MoveHostInput): Promise<void> {
    await this.#rearrange(movedHosts(this.#stored(), input))
  }

  async renameGroup(input: { readonly group: string; readonly name: string }): Promise<void> {
    await this.#rearrange(renamedGroup(this.#stored(), input.group, input.name))
  }

  /** Forgets passwords and passphrases, in memory and in the system's keychain. */
  forgetSecrets(host: HostId): void {
    this.#options.prompts.forget(host)
    this.#tell(host)
  }

  async remove(host: HostId): Promise<void> {
    const { connection } = this.#entry(host)
    this.#entries.delete(host)
    this.#changes.add(connection.inventory.replaceAll([]))
    this.#changes.flush()
    this.#options.emit.hosts.changed({ kind: 'removed', revision: this.#options.revisions.next(), id: host })
    this.#options.prompts.forget(host)
    await connection.close()
    await this.#store.remove(host)
    await this.#save()
  }

  /** Begins to connect; how it goes is told by the host's status. */
  connect(host: HostId): void {
    this.#entry(host).connection.connect()
  }

  disconnect(host: HostId): Promise<void> {
    return this.#entry(host).connection.disconnect()
  }

  /**
   * The computer woke up or is on another network: hosts that wait for their next try make it now, and connected ones
   * are asked for a sign of life.
   */
  retryNow(): void {
    for (const { connection } of this.#entries.values()) connection.retryNow()
  }

  /** The open session of a host; `unreachable` while it is not connected, `not-found` when it is not in the list. */
  get(host: HostId): HypervisorSession {
    return this.#entry(host).connection.session()
  }

  /** As the user's list names it. */
  labelOf(host: HostId): string {
    return this.#host(this.#entry(host)).label
  }

  /** A VM as last heard. */
  vm(ref: VmRef): Vm {
    const vm = this.#entry(ref.host).connection.inventory.get(ref.vm)
    if (vm) return vm
    throw new AppError('not-found', 'This VM no longer exists on the host')
  }

  log(host: HostId): readonly HostLogLine[] {
    return this.#entry(host).connection.log.lines()
  }

  async findLocal(): Promise<readonly LocalDaemon[]> {
    const known = new Set([...this.#entries.values()].map(({ stored }) => hostIdentity(stored.uri)))
    const found = await findLocalDaemons()
    return found.map((daemon) => ({ ...daemon, isAdded: known.has(hostIdentity(daemon.uri)) }))
  }

  /** Ends all connections and writes what is not yet on disk. */
  async close(): Promise<void> {
    this.#gentle.stop()
    await Promise.all([...this.#entries.values()].map(({ connection }) => connection.close()))
    this.#changes.flush()
    await this.#store.flush()
  }

  #enter(stored: StoredHost): Entry {
    const { id } = stored
    const { prompts, emit, random = Math.random } = this.#options
    const connection = new HostConnection({
      id,
      way: () => {
        const { uri, keyFile, sshEngine, readOnly } = this.#entry(id).stored
        return { uri, keyFile, sshEngine, readOnly, backend: this.#backendFor(uri) ?? missingBackend }
      },
      timing: this.#timing,
      pace: this.#options.pace,
      now: this.#now,
      random,
      ask: (prompt, signal) => prompts.ask(id, this.#host(this.#entry(id)).label, prompt, signal),
      onStatus: () => {
        // a host that let us in has proved the secrets right
        if (connection.status.kind === 'connected') prompts.keepProved(id)
        this.#tell(id)
      },
      onVms: (changes: readonly VmChange[]) => {
        if (!this.#entries.has(id) || changes.length === 0) return
        this.#changes.add(changes)
        this.#store.changed(id)
      },
      onResource: (resource, name) =>
        emit.hosts.resourceChanged({ host: id, resource, ...(name === undefined ? {} : { name }) }),
      onStats: (samples) => emit.stats.tick({ host: id, atMs: this.#now(), samples }),
      onHostStats: (sample) => emit.stats.hostTick({ host: id, atMs: this.#now(), sample }),
    })
    const entry = { stored, connection }
    this.#entries.set(id, entry)
    return entry
  }

  /** Those that connect by themselves. */
  #startGently(entries: readonly Entry[]): void {
    const wanted = entries.filter(({ stored }) => stored.autoconnect)
    this.#gentle.add(
      wanted.map((entry) => () => {
        // not if it was removed or edited meanwhile
        if (this.#entries.has(entry.stored.id) && entry.stored.autoconnect) entry.connection.connect()
      }),
    )
  }

  #entry(host: HostId): Entry {
    const entry = this.#entries.get(host)
    if (entry) return entry
    throw new AppError('not-found', 'This host is no longer in the list')
  }

  #backendFor(uri: string): Backend | undefined {
    return this.#options.backends.find((backend) => backend.accepts(uri))
  }

  #host({ stored, connection }: Entry): Host {
    return {
      id: stored.id,
      uri: stored.uri,
      label: stored.label ?? labelOf(stored.uri),
      autoconnect: stored.autoconnect,
      ...(stored.group === undefined ? {} : { group: stored.group }),
      ...(stored.keyFile === undefined ? {} : { keyFile: stored.keyFile }),
      sshEngine: stored.sshEngine ?? 'builtin',
      readOnly: stored.readOnly ?? false,
      ...(stored.usualPool === undefined ? {} : { usualPool: stored.usualPool }),
      ...(stored.usualNetwork === undefined ? {} : { usualNetwork: stored.usualNetwork }),
      hasKeptSecrets: this.#options.prompts.hasKept(stored.id),
      isDemo: driverOf(stored.uri) === driverOf(this.#demoUri),
      status: connection.status,
      ...(connection.lastInfo === undefined ? {} : { lastInfo: connection.lastInfo }),
      ...(connection.lastHeardMs === undefined ? {} : { lastHeardMs: connection.lastHeardMs }),
    }
  }

  #tell(host: HostId): void {
    const entry = this.#entries.get(host)
    if (!entry) return
    this.#options.emit.hosts.changed({
      kind: 'put',
      revision: this.#options.revisions.next(),
      item: this.#host(entry),
    })
  }

  /** Refuses what is no URI, is for no backend, or is the way to another host of the list. */
  checkUri(uri: string, own?: HostId): void {
    const wanted = hostIdentity(uri)
    if (!this.#backendFor(uri)) {
      throw new AppError('unsupported', `Innkeeper cannot manage "${driverOf(uri) ?? uri}" hosts`, {
        field: 'uri',
        cure: 'Use a URI that begins with qemu, xen, lxc or test',
      })
    }
    for (const entry of this.#entries.values()) {
      if (entry.stored.id === own || hostIdentity(entry.stored.uri) !== wanted) continue
      throw new AppError(
        'already-exists',
        `This host is already in the list as "${this.#host(entry).label}"`,
        {
          field: 'uri',
          cure: 'Connect to the one in the list',
        },
      )
    }
  }

  /** Takes the list in its new order with its new groups, and tells what differs. */
  async #rearrange(hosts: readonly StoredHost[]): Promise<void> {
    const entries = new Map(this.#entries)
    this.#entries.clear()
    for (const stored of hosts) {
      const entry = entries.get(stored.id)
      if (!entry) continue
      const isChanged = entry.stored.group !== stored.group
      entry.stored = stored
      this.#entries.set(stored.id, entry)
      if (isChanged) this.#tell(stored.id)
    }
    const order = [...this.#entries.keys()]
    this.#options.emit.hosts.reordered({ revision: this.#options.revisions.next(), order })
    await this.#save()
  }

  #stored(): StoredHost[] {
    return [...this.#entries.values()].map((entry) => entry.stored)
  }

  #save(): Promise<void> {
    const hosts = this.#stored()
    return this.#options.settings.update((data) => ({ ...data, hosts }))
  }
}

/** A kept host whose driver this version does not know: it stays in the list and says so. */
const missingBackend: Backend = {
  name: 'none',
  accepts: () => false,
  connect: async ({ uri }) => {
    throw new AppError('unsupported', `Innkeeper cannot manage "${driverOf(uri) ?? uri}" hosts`)
  },
}
