import { FakeFiles } from './files'
import { AppError } from '../../../shared/errors'
import type { ResourceKind } from '../../../shared/ipc/contract'
import type { VmId } from '../../../shared/model/ids'
import { isActive, type VmState } from '../../../shared/model/vm'
import type { SessionEvent } from '../backend'
import { gib } from './build'
import { RunClock, type Clock } from './clock'
import { guestKinds } from './host-details-catalogue'
import { SavedMemory } from './saved-memory'
import { recordFor, type FakeDefinition, type FakeVm, type Run } from './model'
import { GuestDisplay } from './screen/guest-display'
import { powerOffGuest, rebootGuest } from './power'

/** In which condition a VM is put on the host; running and persistent unless said otherwise. */
export interface Placement {
  readonly state?: VmState
  readonly stateReason?: string
  readonly isPersistent?: boolean
  readonly autostart?: boolean
  readonly isSaved?: boolean
  readonly uptimeMs?: number
}

type HostEvent = Exclude<SessionEvent, { kind: 'closed' }>

/**
 * The truth of one demo host: its VMs and files. Sessions are clients of it, so several of them, and a reconnect,
 * see the same VMs, as with a real hypervisor.
 */
export class FakeHost {
  readonly vms = new Map<VmId, FakeVm>()
  readonly files = new FakeFiles()
  readonly savedMemory = new SavedMemory()
  /** What it can run. */
  guestKinds = guestKinds
  readonly #listeners = new Set<(event: HostEvent) => void>()
  /** Like libvirt's autoport: a number per VM that stays while the host lives. */
  readonly #ports = new Map<VmId, number>()

  #runs = 0

  constructor(
    readonly name: string,
    readonly clock: Clock,
  ) {}

  onEvent(listener: (event: HostEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Puts a VM there with its files, as if another client had defined it. */
  place(definition: FakeDefinition, placement: Placement = {}): FakeVm {
    const state = placement.isSaved ? 'shut-off' : (placement.state ?? 'running')
    const vm: FakeVm = {
      definition,
      state,
      stateReason: placement.stateReason,
      isPersistent: placement.isPersistent ?? true,
      autostart: placement.autostart ?? false,
      run: undefined,
      saved: undefined,
      job: undefined,
    }
    const uptimeMs = placement.uptimeMs ?? 600_000
    if (isActive(state)) vm.run = this.newRun(vm, uptimeMs, state === 'running')
    this.#number(vm, undefined)
    if (placement.isSaved) vm.saved = this.newRun(vm, uptimeMs, false)
    for (const [index, disk] of definition.disks.entries()) {
      if (disk.source === undefined || disk.sourceType !== 'file' || this.files.has(disk.source)) continue
      const sizeBytes = disk.device === 'cdrom' ? 700_000_000 : (20 + 20 * index) * gib
      const format = disk.format ?? 'raw'
      const share = format === 'qcow2' ? 0.31 : 1
      this.files.set(disk.source, { sizeBytes, allocationBytes: Math.floor(sizeBytes * share), format })
    }
    this.vms.set(definition.id, vm)
    this.#tell({ kind: 'vm-changed', vm: recordFor(vm) })
    return vm
  }

  /** A VM that a client brought, off; what its disks name is not made for it. */
  define(definition: FakeDefinition, storedXml: string): FakeVm {
    const vm: FakeVm = {
      definition,
      storedXml,
      state: 'shut-off',
      stateReason: undefined,
      isPersistent: true,
      autostart: false,
      run: undefined,
      saved: undefined,
      job: undefined,
    }
    this.vms.set(definition.id, vm)
    this.#tell({ kind: 'vm-changed', vm: recordFor(vm) })
    return vm
  }

  newRun(vm: FakeVm, uptimeMs: number, isRunning: boolean): Run {
    const clock = new RunClock(this.clock, uptimeMs, isRunning)
    const display = new GuestDisplay(vm, clock, this.clock, {
      reboot: () => rebootGuest(this, vm),
      powerOff: () => powerOffGuest(this, vm),
    })
    return { clock, display }
  }

  get(id: VmId): FakeVm {
    const vm = this.vms.get(id)
    if (!vm) {
      throw new AppError('not-found', 'The VM does not exist any more', {
        detail: `Domain not found: no domain with matching uuid '${id}'`,
      })
    }
    return vm
  }

  byName(name: string): FakeVm | undefined {
    return [...this.vms.values()].find((vm) => vm.definition.name === name)
  }

  has(vm: FakeVm): boolean {
    return this.vms.get(vm.definition.id) === vm
  }

  /** Changes a VM and tells everybody, unless it has gone meanwhile. */
  change(vm: FakeVm, patch: Partial<FakeVm>): void {
    const before = vm.run
    Object.assign(vm, patch)
    this.#number(vm, before)
    if (this.has(vm)) this.#tell({ kind: 'vm-changed', vm: recordFor(vm) })
  }

  /** Each run has a number of its own, also one that goes on from saved memory. */
  #number(vm: FakeVm, before: Run | undefined): void {
    if (vm.run === before) return
    this.#runs += 1
    vm.runId = vm.run === undefined ? undefined : this.#runs
  }

  /** Ends the run, whatever ended it. Transient VMs go with it. */
  stop(vm: FakeVm, stateReason: string): void {
    vm.run?.display.end()
    if (!vm.isPersistent) {
      vm.run = undefined
      vm.state = 'shut-off'
      this.remove(vm)
      return
    }
    this.change(vm, { state: 'shut-off', stateReason, run: undefined, runningXml: undefined })
  }

  remove(vm: FakeVm): void {
    if (!this.has(vm)) return
    vm.run?.display.end()
    this.vms.delete(vm.definition.id)
    this.#tell({ kind: 'vm-removed', id: vm.definition.id })
  }

  /** A hint that something beside its VMs is not what it was. */
  resourceChanged(resource: ResourceKind, name: string): void {
    this.#tell({ kind: 'resource-changed', resource, name })
  }

  displayPort(vm: FakeVm): number {
    const known = this.#ports.get(vm.definition.id)
    if (known !== undefined) return known
    const port = 5900 + this.#ports.size
    this.#ports.set(vm.definition.id, port)
    return port
  }

  #tell(event: HostEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }
}
