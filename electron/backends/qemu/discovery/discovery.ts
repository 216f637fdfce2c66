/** Looks for what others run. Reading all processes costs more than the store, so it is done seldom while there are none. */
import type { VmId } from '../../../../shared/model/ids'
import type { Link } from '../../../link/link'
import { foreignVm, ownerOf, type ForeignVm } from './foreign-vm'
import { findProcesses, type FoundProcess } from './processes'

const everyMs = 10_000

export class Discovery {
  #last = new Map<VmId, ForeignVm>()
  #lastAtMs = Number.NEGATIVE_INFINITY
  /** By process: a command does not change, and a long one takes time to read. */
  #read = new Map<string, ForeignVm | { readonly why: string }>()
  #libvirtCount = 0

  constructor(
    private readonly link: Link,
    private readonly log: (text: string) => void,
  ) {}

  /** How many VMs of libvirt's run beside ours. */
  get libvirtCount(): number {
    return this.#libvirtCount
  }

  /** By id; of two with one UUID the older is it. */
  async look(): Promise<ReadonlyMap<VmId, ForeignVm>> {
    const isDue = performance.now() - this.#lastAtMs >= everyMs
    if (!isDue && this.#last.size === 0) return this.#last
    const processes = await findProcesses(this.link)
    this.#lastAtMs = performance.now()
    const owners = processes.map((process) => [process, ownerOf(process)] as const)
    this.#libvirtCount = owners.filter(([, owner]) => owner === 'libvirt').length
    const read = new Map<string, ForeignVm | { readonly why: string }>()
    const found = new Map<VmId, ForeignVm>()
    for (const [process, owner] of owners.toSorted(([a], [b]) => a.startedTicks - b.startedTicks)) {
      if (owner !== 'other') continue
      const key = `${process.pid} ${process.startedTicks}`
      const vm = this.#read.get(key) ?? this.#readNew(process)
      read.set(key, vm)
      if ('id' in vm && !found.has(vm.id)) found.set(vm.id, vm)
    }
    this.#read = read
    this.#last = found
    return found
  }

  #readNew(process: FoundProcess): ForeignVm | { readonly why: string } {
    const vm = foreignVm(process)
    this.log(
      'why' in vm
        ? `Process ${process.pid} runs QEMU with a command that cannot be shown: ${vm.why}`
        : `Process ${process.pid} runs QEMU and was started by another program: ${vm.facts.name}`,
    )
    return vm
  }
}
