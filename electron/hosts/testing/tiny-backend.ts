import { PassThrough } from 'node:stream'
import { AppError, type ErrorData } from '../../../shared/errors'
import type { HostFeatures, HostInfo } from '../../../shared/model/host'
import { vmId, type VmId } from '../../../shared/model/ids'
import type { VmCounters } from '../../../shared/model/stats'
import type { VmRecord } from '../../../shared/model/vm'
import { missingPart } from '../../backends/missing-part'
import type { Backend, ConnectRequest, HypervisorSession, SessionEvent } from '../../backends/backend'

export function idOf(number: number): VmId {
  return vmId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
}

export function vm(number: number, more: Partial<VmRecord> = {}): VmRecord {
  return {
    id: idOf(number),
    name: `vm-${number}`,
    state: 'shut-off',
    isPersistent: true,
    hasSavedState: false,
    autostart: false,
    vcpuCount: 1,
    memoryBytes: 1024,
    maxMemoryBytes: 1024,
    ...more,
  }
}

export const info: HostInfo = {
  hostname: 'tiny',
  hypervisor: 'TINY',
  connectedUri: 'tiny:///',
  architecture: 'x86_64',
  cpuModel: 'x86_64',
  cpuCount: 4,
  memoryBytes: 1 << 30,
  isReadOnly: false,
}

export const features: HostFeatures = {
  canSave: true,
  canPause: true,
  canStartPaused: true,
  canReset: true,
  canAskAgent: true,
  canRename: true,
  canAutostart: true,
  canDelete: true,
  hasGraphicalConsole: true,
  updates: 'events',
}

/** A session whose every answer the test can set. */
export class TinySession implements HypervisorSession {
  info = info
  features: HostFeatures = features
  vms: VmRecord[]
  counters: () => Promise<VmCounters[]> = async () => []
  list: () => Promise<VmRecord[]> = async () => this.vms
  doPower: HypervisorSession['power'] = async () => undefined
  isClosed = false
  readonly calls: string[] = []
  creation: HypervisorSession['creation'] = missingPart('No new VMs here')
  migration: HypervisorSession['migration'] = missingPart('Nothing moves here')
  monitor: HypervisorSession['monitor'] = missingPart('Nothing is counted here')
  storage: HypervisorSession['storage'] = missingPart('No storage here')
  images: HypervisorSession['images'] = missingPart('No images here')
  backups: HypervisorSession['backups'] = missingPart('No backups here')
  diskJobs: HypervisorSession['diskJobs'] = missingPart('No disk jobs here')
  networks: HypervisorSession['networks'] = missingPart('No networks here')
  snapshots: HypervisorSession['snapshots'] = missingPart('No snapshots here')
  secrets: HypervisorSession['secrets'] = missingPart('No secrets here')
  saves: HypervisorSession['saves'] = missingPart('No saved states here')
  stats: HypervisorSession['stats'] = missingPart('No statistics in detail here')
  textConsoles: HypervisorSession['textConsoles'] = missingPart('No text consoles here')
  qemuMonitor: HypervisorSession['qemuMonitor'] = missingPart('No monitor here')
  shell: HypervisorSession['shell'] = missingPart('No shell here')
  readonly #listeners = new Set<(event: SessionEvent) => void>()

  virsh(words: readonly string[]): string {
    return ['virsh', ...words].join(' ')
  }

  constructor(vms: VmRecord[]) {
    this.vms = vms
  }

  tell(event: SessionEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  drop(error: ErrorData): void {
    this.tell({ kind: 'closed', error })
  }

  onEvent(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  listVms(): Promise<VmRecord[]> {
    this.calls.push('list')
    return this.list()
  }

  readCounters(): Promise<VmCounters[]> {
    this.calls.push('counters')
    return this.counters()
  }

  power: HypervisorSession['power'] = (id, action, context) => {
    this.calls.push(`power ${action}`)
    return this.doPower(id, action, context)
  }

  async rename(_vm: VmId, name: string): Promise<void> {
    this.calls.push(`rename ${name}`)
  }

  async setAutostart(_vm: VmId, autostart: boolean): Promise<void> {
    this.calls.push(`autostart ${autostart}`)
  }

  templates = new Set<VmId>()

  async isTemplate(id: VmId): Promise<boolean> {
    return this.templates.has(id)
  }

  async setTemplate(_vm: VmId, isTemplate: boolean): Promise<void> {
    this.calls.push(`template ${isTemplate}`)
  }

  async overview(): Promise<never> {
    throw new AppError('unsupported', 'No overview here')
  }

  async screenshot(): Promise<never> {
    throw new AppError('unsupported', 'No screen here')
  }

  async guestAddresses(): Promise<never> {
    throw new AppError('unsupported', 'No addresses here')
  }

  async xml(): Promise<string> {
    return '<domain/>'
  }

  async hardware(): Promise<never> {
    throw new AppError('unsupported', 'No hardware here')
  }

  async previewHardware(): Promise<never> {
    throw new AppError('unsupported', 'No hardware here')
  }

  async changeHardware(): Promise<never> {
    throw new AppError('unsupported', 'No hardware here')
  }

  async definition(): Promise<never> {
    throw new AppError('unsupported', 'No definition here')
  }

  async deviceXml(): Promise<never> {
    throw new AppError('unsupported', 'No devices here')
  }

  async commands(): Promise<never> {
    throw new AppError('unsupported', 'No commands here')
  }

  async deletePlan(id: VmId): ReturnType<HypervisorSession['deletePlan']> {
    return { vm: id, name: 'x', stamp: 's', goesAlong: [], parts: [], files: [], unread: [] }
  }

  doDelete: HypervisorSession['delete'] = async (id, { files }) => ({
    vm: id,
    name: 'x',
    isDeleted: true,
    keptParts: [],
    files: files.map((path) => ({ path, result: 'deleted' })),
  })

  delete(...args: Parameters<HypervisorSession['delete']>): ReturnType<HypervisorSession['delete']> {
    this.calls.push(`delete ${args[1].files.join()}`)
    return this.doDelete(...args)
  }

  async consoleOffer(): ReturnType<HypervisorSession['consoleOffer']> {
    return { kind: 'vnc', needsPassword: false }
  }

  async openConsole(): Promise<PassThrough> {
    return new PassThrough()
  }

  async consolePassword(): Promise<undefined> {
    return undefined
  }

  async displayTrust(): ReturnType<HypervisorSession['displayTrust']> {
    return { reach: 'local', names: ['localhost'], places: [] }
  }

  async firewall(): Promise<never> {
    throw new AppError('unsupported', 'No firewall here')
  }

  async hostDetails(): Promise<never> {
    throw new AppError('unsupported', 'No details here')
  }

  async capabilities(): ReturnType<HypervisorSession['capabilities']> {
    return { guests: [] }
  }

  async guestCapabilities(): Promise<never> {
    throw new AppError('unsupported', 'No capabilities here')
  }

  async consoleSecurity(): ReturnType<HypervisorSession['consoleSecurity']> {
    return {
      reach: 'network',
      isXen: false,
      defaults: { kind: 'unreadable', why: 'There is no host.' },
      vms: [],
    }
  }

  async hostChoices(): ReturnType<HypervisorSession['hostChoices']> {
    const none = { items: [] }
    return { networks: none, interfaces: none, filters: none, pools: none, secrets: none, macs: none }
  }

  async volumes(): Promise<never> {
    throw new AppError('not-found', 'No pools here')
  }

  async nodeDevices(): ReturnType<HypervisorSession['nodeDevices']> {
    return []
  }

  async bindDevice(): Promise<never> {
    throw new AppError('not-found', 'No devices here')
  }

  command(_vm: VmId, action: string, name: string): string {
    return `tiny ${action} ${name}`
  }

  checkAlive(timeoutMs: number): void {
    this.calls.push(`check alive within ${timeoutMs}`)
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.tell({ kind: 'closed' })
  }
}

/** Accepts tiny:// and demo:// hosts; each connect runs the next of the test's plans, then the last of them again. */
export class TinyBackend implements Backend {
  readonly name = 'tiny'
  readonly requests: ConnectRequest[] = []
  readonly #plans: ((request: ConnectRequest) => Promise<HypervisorSession>)[] = []

  accepts(uri: string): boolean {
    return /^(tiny|demo)(\+ssh)?:/.test(uri)
  }

  next(plan: (request: ConnectRequest) => Promise<HypervisorSession>): this {
    this.#plans.push(plan)
    return this
  }

  connect(request: ConnectRequest): Promise<HypervisorSession> {
    this.requests.push(request)
    const plan = this.#plans[Math.min(this.requests.length, this.#plans.length) - 1]
    return plan ? plan(request) : Promise.reject(new AppError('unreachable', 'No plan'))
  }
}
